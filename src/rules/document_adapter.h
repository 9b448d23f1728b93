#ifndef TIDEWAITER_RULES_DOCUMENT_ADAPTER_H_
#define TIDEWAITER_RULES_DOCUMENT_ADAPTER_H_

#include "cel/adapter.h"
#include "cel/value.h"
#include "yaml/node.h"

namespace tidewaiter::rules {

/// Reads manifests for CEL. Entries whose value is null are hidden, as the API server drops
/// them, but `hidden` still gives their place.
const cel::Adapter& document_adapter();
/// As above with null entries visible (policy-conformance).
const cel::Adapter& raw_document_adapter();

/// The node as a CEL value with the node as origin: scalars by value, an integer outside int64
/// as a double, collections as foreign lists and maps read through `adapter`.
cel::Value value_of(const yaml::Node& node, const cel::Adapter& adapter = document_adapter());

/// Stands for a mapping that the manifest leaves out: empty, with the place of `nearest`, the
/// nearest parent that exists (or the null entry).
cel::Value absent_mapping(const yaml::Node& nearest);

/// The node that a value came from, of a reference the mapping that refers; null when an
/// expression made the value.
const yaml::Node* node_of(const cel::Value& value);
const yaml::Node* node_of(cel::Origin origin);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_DOCUMENT_ADAPTER_H_
