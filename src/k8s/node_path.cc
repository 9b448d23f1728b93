#include "k8s/node_path.h"

#include <algorithm>
#include <cstdint>

namespace tidewaiter::k8s {
namespace {

void descend(const yaml::Node& node, std::string_view step,
             std::vector<const yaml::Node*>& out) {
  if (step != "*") {
    if (const yaml::Node* const child = node.find(step)) out.push_back(child);
  } else if (node.is_sequence()) {
    for (std::uint32_t i = 0; i < node.size(); ++i) out.push_back(&node.item(i));
  }
}

}  // namespace

std::vector<const yaml::Node*> nodes_at(const yaml::Node& from, std::string_view path) {
  std::vector<const yaml::Node*> nodes = {&from};
  std::vector<const yaml::Node*> next;
  while (!nodes.empty() && !path.empty()) {
    const std::string_view step = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(step.size() + 1, path.size()));
    next.clear();
    for (const yaml::Node* const node : nodes) descend(*node, step, next);
    nodes.swap(next);
  }
  return nodes;
}

std::string_view text_at(const yaml::Node* mapping, std::string_view key) {
  const yaml::Node* const value = mapping == nullptr ? nullptr : mapping->find(key);
  return value == nullptr ? std::string_view() : value->as_string();
}

}  // namespace tidewaiter::k8s
