#ifndef TIDEWAITER_RULES_NODE_FIT_H_
#define TIDEWAITER_RULES_NODE_FIT_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "k8s/effective_resources.h"
#include "rules/cluster_settings.h"
#include "yaml/node.h"

namespace tidewaiter::rules {

/// A pod that fits no node it may go to.
struct NodeMisfit {
  std::string_view resource;           ///< cpu or memory: the first that is too large.
  k8s::Quantity requested;             ///< By the pod.
  k8s::Quantity allocatable;           ///< Of the largest node allowed.
  k8s::Quantity capacity;              ///< Of that node, before AKS takes its part.
  std::string_view size;               ///< The VM size of that node.
  std::int64_t max_pods = 0;           ///< That the reservation was worked out for.
  const yaml::Node* at = nullptr;      ///< The largest request of the resource.
  const yaml::Node* demand = nullptr;  ///< What allows only such nodes.
};

/// Where a pod may go: what it demands itself, else the sizes of its class.
struct NodeChoice {
  const ClusterSettings* cluster = nullptr;  ///< Never null.
  const Constant* workload_class = nullptr;  ///< The pod's; null: none.
  const yaml::Node* class_at = nullptr;      ///< Where the class is stated.
  std::int64_t max_pods = 30;                ///< Of a pool that says nothing else.
};

/// Whether the effective requests of a pod exceed the allocatable of every VM size that it may
/// go to (TW313). Nothing where it fits, where nothing is demanded, or where a size or pool is
/// unknown.
std::optional<NodeMisfit> node_misfit(const yaml::Node& pod,
                                      const k8s::PodSurroundings& surroundings,
                                      const NodeChoice& choice);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_NODE_FIT_H_
