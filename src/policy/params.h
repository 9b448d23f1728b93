#ifndef TIDEWAITER_POLICY_PARAMS_H_
#define TIDEWAITER_POLICY_PARAMS_H_

#include <string>
#include <vector>

#include "policy/admission_request.h"
#include "policy/cluster.h"
#include "policy/policy.h"

namespace tidewaiter::policy {

/// The objects that a binding gives to its policy as `params`.
struct ResolvedParams {
  /// The policy is evaluated once with each and all must pass. One null: with `params` null.
  /// None and no error: nothing is evaluated, the request is allowed.
  std::vector<const k8s::Resource*> params = {};
  /// A sentence, when the binding cannot be used for this request: a configuration error, on
  /// which failurePolicy decides.
  std::string error = {};
  /// A sentence, when there are none and parameterNotFoundAction lets the request pass.
  std::string absent = {};
};

/// Looks up the params as the API server does (shared semantics, point 3; CollectParams in
/// k8s.io/apiserver). Without paramKind, binding (null) or paramRef: one null. A kind that is
/// neither built in nor defined in the input is taken for cluster-scoped when neither the
/// paramRef nor any of its objects states a namespace.
ResolvedParams resolve_params(const Policy& policy, const Binding* binding,
                              const AdmissionRequest& request, const Cluster& cluster);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_PARAMS_H_
