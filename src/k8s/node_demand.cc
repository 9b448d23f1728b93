#include "k8s/node_demand.h"

#include <algorithm>

#include "k8s/node_path.h"

namespace tidewaiter::k8s {
namespace {

constexpr std::string_view kTerms =
    "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms.*";

/// The expression of a term that is about one of the keys; null when there is none.
const yaml::Node* find_expression(const yaml::Node& term,
                                  std::span<const std::string_view> keys) {
  for (const yaml::Node* const expression : nodes_at(term, "matchExpressions.*")) {
    const yaml::Node* const key = expression->find("key");
    const yaml::Node* const op = expression->find("operator");
    if (key != nullptr && op != nullptr && op->as_string() == "In" &&
        std::ranges::find(keys, key->as_string()) != keys.end()) {
      return expression;
    }
  }
  return nullptr;
}

}  // namespace

std::vector<NodeDemand> node_demands(const yaml::Node& pod,
                                     std::span<const std::string_view> keys) {
  std::vector<NodeDemand> demands;
  const yaml::Node* const selector = pod.find("nodeSelector");
  for (const std::string_view key : keys) {
    const yaml::Node* const value = selector == nullptr ? nullptr : selector->find(key);
    if (value != nullptr && value->is_string()) {
      demands.push_back({.values = {value->as_string()}, .at = value});
    }
  }
  NodeDemand affinity;
  for (const yaml::Node* const term : nodes_at(pod, kTerms)) {
    const yaml::Node* const expression = find_expression(*term, keys);
    if (expression == nullptr) return demands;
    if (affinity.at == nullptr) affinity.at = expression;
    for (const yaml::Node* const value : nodes_at(*expression, "values.*")) {
      affinity.values.push_back(value->as_string());
    }
  }
  if (affinity.at != nullptr) demands.push_back(std::move(affinity));
  return demands;
}

}  // namespace tidewaiter::k8s
