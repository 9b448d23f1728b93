#include "engine/resource_values.h"

#include <initializer_list>
#include <string>
#include <vector>

#include "cel/value_build.h"
#include "k8s/group_kind.h"
#include "k8s/pod.h"
#include "rules/document_adapter.h"

namespace tidewaiter::engine {
namespace {

using Path = std::initializer_list<std::string_view>;

/// The last node of `path` below `object` that exists; a null entry ends the walk.
const yaml::Node& nearest(const yaml::Node& object, Path path) {
  const yaml::Node* node = &object;
  for (const std::string_view key : path) {
    const yaml::Node* next = node->find(key);
    if (next == nullptr) break;
    node = next;
    if (node->is_null()) break;
  }
  return *node;
}

/// Where a finding about the missing pod spec of a resource is shown.
const yaml::Node& nearest_pod(const k8s::Resource& resource) {
  switch (k8s::pod_place_of(resource.group, resource.kind)) {
    case k8s::PodPlace::kItself: return nearest(*resource.object, {"spec"});
    case k8s::PodPlace::kCronJob:
      return nearest(*resource.object, {"spec", "jobTemplate", "spec", "template", "spec"});
    default: return nearest(*resource.object, {"spec", "template", "spec"});
  }
}

const yaml::Node& nearest_pod_meta(const k8s::Resource& resource) {
  switch (k8s::pod_place_of(resource.group, resource.kind)) {
    case k8s::PodPlace::kItself: return nearest(*resource.object, {"metadata"});
    case k8s::PodPlace::kCronJob:
      return nearest(*resource.object, {"spec", "jobTemplate", "spec", "template", "metadata"});
    default: return nearest(*resource.object, {"spec", "template", "metadata"});
  }
}

const yaml::Node& nearest_job(const k8s::Resource& resource) {
  if (k8s::pod_place_of(resource.group, resource.kind) == k8s::PodPlace::kCronJob) {
    return nearest(*resource.object, {"spec", "jobTemplate", "spec"});
  }
  return nearest(*resource.object, {"spec"});
}

cel::Value mapping(const yaml::Node* node, const yaml::Node& place_if_absent) {
  return node != nullptr && !node->is_null() ? rules::value_of(*node)
                                             : rules::absent_mapping(place_if_absent);
}

/// A list of the nodes whose own place is the list in the manifest, else the pod spec.
cel::Value list(const std::vector<const yaml::Node*>& nodes, const yaml::Node* pod,
                std::string_view field, cel::Arena& arena) {
  std::vector<cel::Value> items;
  items.reserve(nodes.size());
  for (const yaml::Node* node : nodes) items.push_back(rules::value_of(*node));
  const yaml::Node* origin = pod == nullptr ? nullptr : pod->find(field);
  return cel::make_list(arena, items).with_origin(origin != nullptr ? origin : pod);
}

}  // namespace

std::string display_name(const k8s::Resource& resource) {
  if (!resource.name.empty()) return std::string(resource.name);
  if (!resource.generate_name.empty()) return std::string(resource.generate_name) + '*';
  return "(unnamed)";
}

cel::Value ResourceValues::value(rules::Slot slot) {
  const auto index = static_cast<std::size_t>(slot);
  if (!known_[index]) {
    values_[index] = make(slot);
    known_[index] = true;
  }
  return values_[index];
}

cel::Value ResourceValues::make(rules::Slot slot) {
  using rules::Slot;
  const k8s::Resource& r = resource_;
  const auto path_part = [&](bool folder) {
    const std::string_view path = r.source->name()->shown;
    const std::size_t slash = path.rfind('/');
    if (folder) return slash == path.npos ? std::string_view(".") : path.substr(0, slash);
    return slash == path.npos ? path : path.substr(slash + 1);
  };
  switch (slot) {
    case Slot::kObject: return rules::value_of(*r.object);
    case Slot::kPod: return mapping(r.pod, nearest_pod(r));
    case Slot::kPodMeta: return mapping(r.pod_meta, nearest_pod_meta(r));
    case Slot::kJob: return mapping(r.job, nearest_job(r));
    case Slot::kContainers:
      return list(k8s::containers_of(r.pod).main, r.pod, "containers", arena_);
    case Slot::kInitContainers:
      return list(k8s::containers_of(r.pod).init, r.pod, "initContainers", arena_);
    case Slot::kSidecars:
      return list(k8s::containers_of(r.pod).sidecars, r.pod, "initContainers", arena_);
    case Slot::kEphemeralContainers:
      return list(k8s::containers_of(r.pod).ephemeral, r.pod, "ephemeralContainers", arena_);
    case Slot::kAllContainers:
      return list(k8s::containers_of(r.pod).all, r.pod, "containers", arena_);
    case Slot::kName: return cel::make_string(arena_, display_name(r));
    case Slot::kFileName: return cel::Value::string(path_part(/*folder=*/false));
    case Slot::kFileFolder: return cel::Value::string(path_part(/*folder=*/true));
    case Slot::kFileSiblings: {
      std::vector<cel::Value> names;
      for (const std::string& name : folders_.siblings(*r.source)) {
        names.push_back(cel::Value::string(name));
      }
      return cel::make_list(arena_, names);
    }
    case Slot::kCount: break;
  }
  return cel::Value::null();
}

}  // namespace tidewaiter::engine
