#include "k8s/workload_class.h"

namespace tidewaiter::k8s {

const yaml::Node* stated_workload_class(const Resource& resource, std::string_view key) {
  if (resource.object == nullptr) return nullptr;
  for (const yaml::Node* const metadata :
       {resource.pod_meta, resource.object->find("metadata")}) {
    for (const std::string_view field : {"labels", "annotations"}) {
      const yaml::Node* const map = metadata == nullptr ? nullptr : metadata->find(field);
      const yaml::Node* const value = map == nullptr ? nullptr : map->find(key);
      if (value != nullptr && value->is_string()) return value;
    }
  }
  return nullptr;
}

}  // namespace tidewaiter::k8s
