#ifndef TIDEWAITER_RULES_FUNCTIONS_GRAPH_VALUES_H_
#define TIDEWAITER_RULES_FUNCTIONS_GRAPH_VALUES_H_

#include <cstdint>
#include <span>

#include "cel/arena.h"
#include "cel/value.h"
#include "k8s/product.h"
#include "k8s/reference.h"
#include "k8s/reference_graph.h"
#include "k8s/resource.h"

// Parts of the reference graph as CEL values. They are read where they lie: nothing is copied
// but what an expression asks for.

namespace tidewaiter::rules {

/// A map: relation, verb, kind, group, name, namespace, key, optional, mounted, node, within,
/// entry, what, from, target, createdBy, dangling, lacksKey. Its place is that of the mapping
/// that refers.
cel::Value reference_value(const k8s::Reference& reference);

/// A map: kind, namespace, name, by, node, keysKnown, keys.
cel::Value product_value(const k8s::Product& product);

/// The list of the references, products or objects with these numbers, which must outlive it.
cel::Value reference_list(cel::Arena& arena, const k8s::ReferenceGraph& graph,
                          std::span<const std::uint32_t> numbers);
cel::Value product_list(cel::Arena& arena, const k8s::ReferenceGraph& graph,
                        std::span<const std::uint32_t> numbers);
cel::Value object_list(cel::Arena& arena, std::span<const k8s::Resource* const> resources,
                       std::span<const std::uint32_t> numbers);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_FUNCTIONS_GRAPH_VALUES_H_
