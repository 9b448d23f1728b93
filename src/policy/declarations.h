#ifndef TIDEWAITER_POLICY_DECLARATIONS_H_
#define TIDEWAITER_POLICY_DECLARATIONS_H_

#include <cstdint>

#include "cel/environment.h"
#include "cel/type.h"

namespace tidewaiter::policy {

/// The slots of what every expression of a policy may name. One that is not declared keeps its
/// slot, so that all expressions of a policy agree.
enum class Slot : std::uint32_t {
  kObject,
  kOldObject,
  kRequest,
  kNamespaceObject,
  kParams,
  kAuthorizer,
  kRequestResource,  ///< authorizer.requestResource
  kFirstVariable,    ///< variables.x, in the order of the policy.
};

/// What there is besides object, oldObject, request and namespaceObject.
struct Declared {
  bool params = false;
  bool authorizer = false;
};

/// The environment of the API server (k8s.io/apiserver pkg/admission/plugin/cel, shared
/// semantics point 8) without variables, for Kubernetes 1.`kubernetes_minor` (0: the newest).
cel::Environment policy_environment(const Declared& declared, std::uint32_t kubernetes_minor);

/// The type that `variables.x` has for later expressions: scalars, lists and maps keep theirs,
/// anything else is dyn, as the API server's conversion does.
cel::Type variable_type(const cel::Type& type);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_DECLARATIONS_H_
