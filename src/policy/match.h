#ifndef TIDEWAITER_POLICY_MATCH_H_
#define TIDEWAITER_POLICY_MATCH_H_

#include <optional>
#include <string>
#include <string_view>

#include "policy/admission_request.h"
#include "policy/cluster.h"
#include "policy/equivalent_resources.h"
#include "policy/policy.h"
#include "yaml/node.h"

namespace tidewaiter::policy {

/// The labels that namespace selectors see: those of the namespace the request goes to, with
/// kubernetes.io/metadata.name.
struct NamespaceLabels {
  const yaml::Node* labels = nullptr;  ///< metadata.labels; null when unknown or none.
  std::string_view name = {};          ///< Of the namespace: the implicit label; "" for none.
  bool known = false;                  ///< The labels were read, not guessed.
};

/// The labels of the namespace that a request goes to, from its manifest in the cluster. Of a
/// Namespace its own: `matches` reads them from the object.
NamespaceLabels namespace_labels(const AdmissionRequest& request, const Cluster& cluster);

/// What matching came to; true when the policy is called. Borrows from the request.
struct Match {
  bool matched = false;
  /// Set when the rules name the resource in another group or version (matchPolicy
  /// Equivalent): the API server would convert the object to this one, we cannot.
  std::optional<ServedResource> converted = {};
  /// Whether it matches hangs on labels of a namespace that no manifest shows: of these, only
  /// kubernetes.io/metadata.name counted.
  bool guessed_namespace = false;
  /// A sentence, when the API server could not tell because a selector is not valid: a
  /// configuration error, on which failurePolicy decides. `matched` is then false.
  std::string error = {};

  explicit operator bool() const { return matched; }
};

/// Whether the API server would call the policy (or apply the binding) for this request:
/// namespaceSelector, objectSelector, excludeResourceRules, resourceRules, in that order
/// (shared semantics, point 1). `is_binding`: no resourceRules at all match everything.
Match matches(const MatchResources& resources, const AdmissionRequest& request,
              const NamespaceLabels& namespace_labels, bool is_binding);

/// Objects that no policy may keep out: policies, bindings and webhook configurations, so that
/// a cluster can always be mended, and reviews, which are not stored
/// (kubernetes/pkg/kubeapiserver/admission/exclusion).
bool is_exempt(const AdmissionRequest& request);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_MATCH_H_
