#ifndef TIDEWAITER_K8S_NODE_DEMAND_H_
#define TIDEWAITER_K8S_NODE_DEMAND_H_

#include <span>
#include <string_view>
#include <vector>

#include "yaml/node.h"

namespace tidewaiter::k8s {

/// What a pod demands of one label of its node.
struct NodeRequirement {
  std::string_view key;
  std::vector<std::string_view> values;
  bool is_excluded = false;        ///< NotIn: none of the values; else one of them.
  const yaml::Node* at = nullptr;  ///< The entry of nodeSelector, or the expression.
};

/// Requirements that must all hold.
using NodeAlternative = std::vector<NodeRequirement>;

/// The alternatives of which the node of a pod must meet one, as far as they are about the
/// labels `keys`: each term of required node affinity (operators In and NotIn) together with
/// nodeSelector. Without affinity there is one, that of nodeSelector; an empty one demands
/// nothing. Preferred affinity demands nothing. O(k·n) for k keys.
std::vector<NodeAlternative> node_alternatives(const yaml::Node& pod,
                                               std::span<const std::string_view> keys);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_NODE_DEMAND_H_
