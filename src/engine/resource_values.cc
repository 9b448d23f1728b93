#include "engine/resource_values.h"

#include <string>
#include <vector>

#include "cel/value_build.h"
#include "k8s/group_kind.h"
#include "k8s/pod.h"
#include "rules/document_adapter.h"

namespace tidewaiter::engine {
namespace {

using Path = std::span<const std::string_view>;
using k8s::PodPlace;

constexpr std::string_view kPath[] = {"spec", "jobTemplate", "spec", "template", "spec"};
constexpr std::string_view kMetaPath[] = {"spec", "jobTemplate", "spec", "template",
                                          "metadata"};

PodPlace pod_place_of(const k8s::Resource& resource) {
  return k8s::pod_place_of(resource.group, resource.kind);
}

/// The keys from a resource to its pod spec or pod metadata, by convention if it is of a kind
/// we do not know. `whole` is the path in a CronJob.
Path pod_path(const k8s::Resource& resource, Path whole) {
  switch (pod_place_of(resource)) {
    case PodPlace::kItself: return whole.last(1);
    case PodPlace::kCronJob: return whole;
    default: return whole.last(3);
  }
}

Path job_path(const k8s::Resource& resource) {
  return Path(kPath).first(pod_place_of(resource) == PodPlace::kCronJob ? 3 : 1);
}

/// How many keys of `path` lead to a node below `object`, the last node; one that is null ends
/// the walk.
struct Nearest {
  const yaml::Node& node;
  std::size_t found;
};
Nearest nearest(const yaml::Node& object, Path path) {
  const yaml::Node* node = &object;
  std::size_t found = 0;
  while (found < path.size() && !node->is_null()) {
    const yaml::Node* next = node->find(path[found]);
    if (next == nullptr) break;
    node = next;
    ++found;
  }
  return {*node, found};
}

/// The mapping, or what stands for it where `path` is not all there.
cel::Value mapping(const yaml::Node* node, const k8s::Resource& resource, Path path) {
  return node != nullptr && !node->is_null()
             ? rules::value_of(*node)
             : rules::absent_mapping(nearest(*resource.object, path).node);
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
  const std::string_view prefix = k8s::generate_name_of(resource);
  if (!prefix.empty()) return std::string(prefix) + '*';
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

std::span<const std::string_view> ResourceValues::missing_path(rules::Slot slot) const {
  using rules::Slot;
  Path path;
  if (pod_place_of(resource_) == PodPlace::kNone) return path;
  if (slot == Slot::kPod) path = pod_path(resource_, kPath);
  if (slot == Slot::kPodMeta) path = pod_path(resource_, kMetaPath);
  if (slot == Slot::kJob) path = job_path(resource_);
  return path.subspan(nearest(*resource_.object, path).found);
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
  const auto texts = [&](const auto& names) {
    cel::ListBuilder list(arena_, names.size());
    for (const std::string_view name : names) list.add(cel::Value::string(name));
    return list.build();
  };
  switch (slot) {
    case Slot::kObject: return rules::value_of(*r.object);
    case Slot::kPod: return mapping(r.pod, r, pod_path(r, kPath));
    case Slot::kPodMeta: return mapping(r.pod_meta, r, pod_path(r, kMetaPath));
    case Slot::kJob: return mapping(r.job, r, job_path(r));
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
    case Slot::kFileFolders: return texts(folders_.folders(*r.source));
    case Slot::kFileSiblings: return texts(folders_.siblings(*r.source));
    case Slot::kCount: break;
  }
  return cel::Value::null();
}

}  // namespace tidewaiter::engine
