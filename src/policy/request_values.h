#ifndef TIDEWAITER_POLICY_REQUEST_VALUES_H_
#define TIDEWAITER_POLICY_REQUEST_VALUES_H_

#include "cel/arena.h"
#include "cel/value.h"
#include "policy/evaluation.h"
#include "policy/manifest_values.h"

namespace tidewaiter::policy {

/// The variable `request`: a map without the fields that are not set (shared semantics, point
/// 8). What the object says of itself points to the object.
cel::Value request_value(const AdmissionRequest& request, cel::Arena& arena);

/// The variable `namespaceObject` for an object that lives in a namespace: metadata, spec and
/// status of its manifest, else what is known of every namespace: its name and the label
/// kubernetes.io/metadata.name. Null when there is neither. Its place is the object's
/// metadata.namespace. `manifests` shows the namespace's manifest.
cel::Value namespace_value(const EvaluationInput& input, const ManifestValues& manifests,
                           cel::Arena& arena);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_REQUEST_VALUES_H_
