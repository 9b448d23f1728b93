#ifndef TIDEWAITER_K8S_NODE_DEMAND_H_
#define TIDEWAITER_K8S_NODE_DEMAND_H_

#include <span>
#include <string_view>
#include <vector>

#include "yaml/node.h"

namespace tidewaiter::k8s {

/// What a pod demands of the labels of its node about one thing: its VM size, or its pool.
struct NodeDemand {
  std::vector<std::string_view> values;  ///< Any of them does.
  const yaml::Node* at = nullptr;        ///< The entry of nodeSelector, or the expression.
};

/// The demands of nodeSelector and of required node affinity (operator In) on the labels
/// `keys`; all of them must hold. Terms of affinity are alternatives, so they make one demand
/// together, and none if one of them says nothing of the keys. Preferred affinity demands
/// nothing. Linear.
std::vector<NodeDemand> node_demands(const yaml::Node& pod,
                                     std::span<const std::string_view> keys);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_NODE_DEMAND_H_
