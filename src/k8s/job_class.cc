#include "k8s/job_class.h"

#include <algorithm>

namespace tidewaiter::k8s {
namespace {

constexpr std::string_view kClasses[] = {"general", "critical", "debug", "network",
                                         "idempotent"};
constexpr std::string_view kNamedClasses[] = {"debug", "critical"};

const yaml::Node* find(const yaml::Node* node, std::string_view key) {
  return node == nullptr ? nullptr : node->find(key);
}

/// The class that `metadata` states, empty if none. A value that is no class states nothing.
std::string_view stated_class(const yaml::Node* metadata, std::string_view key) {
  for (const std::string_view map : {"labels", "annotations"}) {
    const yaml::Node* const value = find(find(metadata, map), key);
    if (value == nullptr || !value->is_string()) continue;
    const auto it = std::ranges::find(kClasses, value->as_string());
    if (it != std::end(kClasses)) return *it;
  }
  return {};
}

std::string_view class_in_name(std::string_view name) {
  while (!name.empty()) {
    const auto dash = std::min(name.find('-'), name.size());
    const auto it = std::ranges::find(kNamedClasses, name.substr(0, dash));
    if (it != std::end(kNamedClasses)) return *it;
    name.remove_prefix(std::min(dash + 1, name.size()));
  }
  return {};
}

}  // namespace

std::string_view job_class(const Resource& resource, std::string_view key) {
  const yaml::Node* const object = resource.object;
  const yaml::Node* const job_template =
      resource.kind == "CronJob" ? find(find(object, "spec"), "jobTemplate") : nullptr;
  const yaml::Node* const places[] = {find(object, "metadata"), find(job_template, "metadata"),
                                      resource.pod_meta};
  for (const yaml::Node* const metadata : places) {
    if (const auto stated = stated_class(metadata, key); !stated.empty()) return stated;
  }
  const std::string_view name =
      resource.name.empty() ? generate_name_of(resource) : resource.name;
  if (const auto named = class_in_name(name); !named.empty()) return named;
  return "general";
}

}  // namespace tidewaiter::k8s
