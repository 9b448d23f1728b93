#ifndef TIDEWAITER_POLICY_MATCH_H_
#define TIDEWAITER_POLICY_MATCH_H_

#include "policy/admission_request.h"
#include "policy/cluster.h"
#include "policy/policy.h"

namespace tidewaiter::policy {

/// The labels that namespace selectors see: those of the namespace the request goes to, with
/// kubernetes.io/metadata.name.
struct NamespaceLabels {
  const yaml::Node* labels = nullptr;  ///< metadata.labels; null when unknown or none.
  std::string_view name = {};          ///< Of the namespace: the implicit label.
};

/// Whether the API server would call the policy (or apply the binding) for this request:
/// namespaceSelector, objectSelector, excludeResourceRules, resourceRules, in that order
/// (shared semantics, point 1). `is_binding`: no resourceRules at all match everything.
bool matches(const MatchResources& resources, const AdmissionRequest& request,
             const NamespaceLabels& namespace_labels, bool is_binding);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_MATCH_H_
