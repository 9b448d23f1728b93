#ifndef TIDEWAITER_K8S_EFFECTIVE_RESOURCES_H_
#define TIDEWAITER_K8S_EFFECTIVE_RESOURCES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "k8s/limit_defaults.h"
#include "k8s/quantity.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// What is known of the cluster that a pod goes to.
struct PodSurroundings {
  const LimitDefaults* defaults = nullptr;  ///< Of the pod's namespace; null: none.
  std::uint32_t kubernetes_minor = 34;
};

/// What a pod as a whole reserves of one resource, or is limited to.
struct EffectiveAmount {
  std::string_view resource;
  Quantity amount;
  /// The quantity, if one container (or the pod's own `resources`) makes it up; else the pod's
  /// `containers`, else the pod.
  const yaml::Node* at = nullptr;
};

/// What the scheduler reserves for a pod (RULES, Common readings): for each resource the larger
/// of the sum of main containers and native sidecars, and the largest of an init container with
/// the native sidecars before it; a pod-level request replaces it; plus the overhead. Sorted by
/// resource. A resource of which some amount is no valid quantity, or above 1e40, is left out.
/// O(n log n) in the amounts.
std::vector<EffectiveAmount> effective_requests(const yaml::Node& pod,
                                                const PodSurroundings& surroundings);
/// As above, of limits: the sum counts the containers that have one, and the overhead is added
/// where there is a limit.
std::vector<EffectiveAmount> effective_limits(const yaml::Node& pod,
                                              const PodSurroundings& surroundings);

/// What the containers alone request: no overhead, and no `resources` of the pod.
std::vector<EffectiveAmount> container_requests(const yaml::Node& pod,
                                                const LimitDefaults* defaults);

/// The pod's own `resources`, if Kubernetes of that version reads it and it has a request or a
/// limit; else null.
const yaml::Node* pod_level_resources(const yaml::Node& pod, std::uint32_t kubernetes_minor);
/// Resources that a pod's own `resources` may name: cpu, memory, hugepages-*.
bool is_pod_level_resource(std::string_view resource);

/// An init container that alone sets what its pod reserves.
struct DominatingInit {
  struct Excess {
    std::string_view resource;
    Quantity amount;  ///< With the native sidecars before it.
    Quantity sum;     ///< Of main containers and native sidecars.
  };
  const yaml::Node* container = nullptr;
  std::vector<Excess> resources;  ///< Sorted by name.
};

/// The init containers (native sidecars not) that request more of a resource, with the native
/// sidecars before them, than the main containers and native sidecars together (TW316), in the
/// order of the text. Only what is written counts, and limits that imply requests.
std::vector<DominatingInit> dominating_inits(const yaml::Node& pod);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_EFFECTIVE_RESOURCES_H_
