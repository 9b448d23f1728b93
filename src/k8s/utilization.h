#ifndef TIDEWAITER_K8S_UTILIZATION_H_
#define TIDEWAITER_K8S_UTILIZATION_H_

#include <optional>
#include <string_view>
#include <vector>

#include "k8s/effective_resources.h"
#include "k8s/quantity.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// What a HorizontalPodAutoscaler measures the use of a resource against, and how far that can
/// go.
struct UtilizationBase {
  /// The main containers and native sidecars that count: all, or the one that is measured.
  std::vector<const yaml::Node*> containers;
  /// Those without a request that there has to be, without which nothing can be computed.
  std::vector<const yaml::Node*> lacking;
  /// What is 100 %; nothing where something lacks, or the sum is not known.
  std::optional<Quantity> request;
  /// The most that can be used; nothing where there is no limit to it, or it is not known.
  std::optional<Quantity> limit;
  /// The quantities that make up the limit; what a LimitRange supplies stands where the
  /// container would write it.
  std::vector<const yaml::Node*> limits;
};

/// Of a pod, or of its container of that name (a ContainerResource metric). Each container has
/// to request the resource; but where the pod itself requests anything, a request of the
/// resource by the pod or by any container is enough, unless one container is measured. A limit
/// of 0 is none. O(n log n) in the amounts of the pod.
/// Source: k8s.io/kubernetes pkg/controller/podautoscaler, calculatePodRequests.
UtilizationBase utilization_base(const yaml::Node& pod, const PodSurroundings& surroundings,
                                 std::string_view resource,
                                 std::optional<std::string_view> container);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_UTILIZATION_H_
