#ifndef TIDEWAITER_K8S_HIDDEN_PODS_H_
#define TIDEWAITER_K8S_HIDDEN_PODS_H_

#include "k8s/resource.h"

namespace tidewaiter::k8s {

/// Whether a resource makes pods that no manifest shows (RULES, Common readings): it is of a
/// custom kind known for that (KEDA ScaledJob, Knative Service, Argo Rollout and workflows,
/// CloudNativePG, Strimzi, Prometheus operator), or of a kind that nobody knows with a
/// `template` that has labels or a pod spec. Linear in the resource.
bool makes_hidden_pods(const Resource& resource);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_HIDDEN_PODS_H_
