#include "k8s/pod.h"

namespace tidewaiter::k8s {
namespace {

std::vector<const yaml::Node*> mappings_in(const yaml::Node& pod, std::string_view field) {
  std::vector<const yaml::Node*> mappings;
  const yaml::Node* const list = pod.find(field);
  if (list == nullptr || !list->is_sequence()) return mappings;
  mappings.reserve(list->size());
  for (std::uint32_t i = 0; i < list->size(); ++i) {
    if (list->item(i).is_mapping()) mappings.push_back(&list->item(i));
  }
  return mappings;
}

}  // namespace

bool is_native_sidecar(const yaml::Node& init_container) {
  const yaml::Node* const policy = init_container.find("restartPolicy");
  return policy != nullptr && policy->as_string() == "Always";
}

Containers containers_of(const yaml::Node* pod) {
  Containers containers;
  if (pod == nullptr || !pod->is_mapping()) return containers;
  containers.main = mappings_in(*pod, "containers");
  for (const yaml::Node* const container : mappings_in(*pod, "initContainers")) {
    auto& group = is_native_sidecar(*container) ? containers.sidecars : containers.init;
    group.push_back(container);
  }
  containers.ephemeral = mappings_in(*pod, "ephemeralContainers");
  containers.all = containers.main;
  containers.all.insert(containers.all.end(), containers.init.begin(), containers.init.end());
  containers.all.insert(containers.all.end(), containers.sidecars.begin(),
                        containers.sidecars.end());
  return containers;
}

}  // namespace tidewaiter::k8s
