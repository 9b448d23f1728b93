#include "k8s/node_demand.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "k8s/node_path.h"

namespace tidewaiter::k8s {
namespace {

constexpr std::string_view kTerms =
    "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms.*";

NodeAlternative selector_requirements(const yaml::Node& pod,
                                      std::span<const std::string_view> keys) {
  NodeAlternative requirements;
  const yaml::Node* const selector = pod.find("nodeSelector");
  for (const std::string_view key : keys) {
    const yaml::Node* const value = selector == nullptr ? nullptr : selector->find(key);
    if (value == nullptr || !value->is_string()) continue;
    requirements.push_back({.key = key, .values = {value->as_string()}, .at = value});
  }
  return requirements;
}

/// Nothing for an expression about another label, or with another operator.
std::optional<NodeRequirement> requirement_of(const yaml::Node& expression,
                                              std::span<const std::string_view> keys) {
  const yaml::Node* const key = expression.find("key");
  const yaml::Node* const op = expression.find("operator");
  if (key == nullptr || op == nullptr) return std::nullopt;
  const bool is_excluded = op->as_string() == "NotIn";
  if (!is_excluded && op->as_string() != "In") return std::nullopt;
  if (std::ranges::find(keys, key->as_string()) == keys.end()) return std::nullopt;
  NodeRequirement requirement{
      .key = key->as_string(), .values = {}, .is_excluded = is_excluded, .at = &expression};
  for (const yaml::Node* const value : nodes_at(expression, "values.*")) {
    requirement.values.push_back(value->as_string());
  }
  return requirement;
}

}  // namespace

std::vector<NodeAlternative> node_alternatives(const yaml::Node& pod,
                                               std::span<const std::string_view> keys) {
  const NodeAlternative selector = selector_requirements(pod, keys);
  std::vector<NodeAlternative> alternatives;
  for (const yaml::Node* const term : nodes_at(pod, kTerms)) {
    NodeAlternative alternative = selector;
    for (const yaml::Node* const expression : nodes_at(*term, "matchExpressions.*")) {
      auto requirement = requirement_of(*expression, keys);
      if (requirement) alternative.push_back(*std::move(requirement));
    }
    alternatives.push_back(std::move(alternative));
  }
  if (alternatives.empty()) alternatives.push_back(selector);
  return alternatives;
}

}  // namespace tidewaiter::k8s
