#include "k8s/quantity_uses.h"

#include <algorithm>
#include <unordered_set>

#include "k8s/container_resources.h"
#include "k8s/node_path.h"
#include "k8s/pod.h"
#include "k8s/quantity.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

using enum QuantityRole;

/// A place with quantities: a mapping of resources, or one scalar.
struct Place {
  std::string_view path;  ///< As nodes_at.
  QuantityRole role;
  bool is_list = true;
};

struct KindPlace {
  std::string_view group;
  std::string_view kind;
  Place place;
};

constexpr Place kPodPlaces[] = {
    {"initContainers.*.resources.requests", kRequest},
    {"initContainers.*.resources.limits", kLimit},
    {"containers.*.resources.requests", kRequest},
    {"containers.*.resources.limits", kLimit},
    {"resources.requests", kRequest},
    {"resources.limits", kLimit},
    {"overhead", kOverhead},
    {"volumes.*.emptyDir.sizeLimit", kSizeLimit, false},
    {"volumes.*.ephemeral.volumeClaimTemplate.spec.resources.requests", kStorage},
    {"volumes.*.ephemeral.volumeClaimTemplate.spec.resources.limits", kStorage},
    {"initContainers.*.env.*.valueFrom.resourceFieldRef.divisor", kDivisor, false},
    {"containers.*.env.*.valueFrom.resourceFieldRef.divisor", kDivisor, false},
    {"volumes.*.downwardAPI.items.*.resourceFieldRef.divisor", kDivisor, false},
    {"volumes.*.projected.sources.*.downwardAPI.items.*.resourceFieldRef.divisor", kDivisor,
     false},
};

constexpr KindPlace kKindPlaces[] = {
    {"", "LimitRange", {"spec.limits.*.default", kLimitRange}},
    {"", "LimitRange", {"spec.limits.*.defaultRequest", kLimitRange}},
    {"", "LimitRange", {"spec.limits.*.max", kLimitRange}},
    {"", "LimitRange", {"spec.limits.*.maxLimitRequestRatio", kRatio}},
    {"", "LimitRange", {"spec.limits.*.min", kLimitRange}},
    {"", "PersistentVolume", {"spec.capacity", kCapacity}},
    {"", "PersistentVolumeClaim", {"spec.resources.limits", kStorage}},
    {"", "PersistentVolumeClaim", {"spec.resources.requests", kStorage}},
    {"", "ResourceQuota", {"spec.hard", kQuota}},
    {"apps", "StatefulSet", {"spec.volumeClaimTemplates.*.spec.resources.limits", kStorage}},
    {"apps", "StatefulSet", {"spec.volumeClaimTemplates.*.spec.resources.requests", kStorage}},
    {"autoscaling",
     "HorizontalPodAutoscaler",
     {"spec.metrics.*.containerResource.target.averageValue", kMetric, false}},
    {"autoscaling",
     "HorizontalPodAutoscaler",
     {"spec.metrics.*.external.target.averageValue", kMetric, false}},
    {"autoscaling",
     "HorizontalPodAutoscaler",
     {"spec.metrics.*.external.target.value", kMetric, false}},
    {"autoscaling",
     "HorizontalPodAutoscaler",
     {"spec.metrics.*.object.target.averageValue", kMetric, false}},
    {"autoscaling",
     "HorizontalPodAutoscaler",
     {"spec.metrics.*.object.target.value", kMetric, false}},
    {"autoscaling",
     "HorizontalPodAutoscaler",
     {"spec.metrics.*.pods.target.averageValue", kMetric, false}},
    {"autoscaling",
     "HorizontalPodAutoscaler",
     {"spec.metrics.*.resource.target.averageValue", kMetric, false}},
    {"node.k8s.io", "RuntimeClass", {"overhead.podFixed", kOverhead}},
};

constexpr std::string_view kCounts[] = {
    "configmaps",     "persistentvolumeclaims", "pods",
    "resourcequotas", "replicationcontrollers", "secrets",
    "services",       "services.loadbalancers", "services.nodeports",
};

bool is_native(std::string_view resource) {
  return resource.find('/') == resource.npos ||
         resource.find("kubernetes.io/") != resource.npos;
}

bool is_hugepages(std::string_view resource) {
  return resource.starts_with("hugepages-");
}

/// The container that the node lies in; null for none.
const Node* container_around(const Node& node) {
  for (const Node* at = &node; at->parent() != nullptr; at = at->parent()) {
    const Node* const list = at->parent();
    if (!list->is_sequence() || list->key() == nullptr) continue;
    if (!list->key()->as_string().ends_with("ontainers")) continue;  // env, not its container
    return at;
  }
  return nullptr;
}

class Collector {
 public:
  void add(const Node& from, const Place& place) {
    const bool of_pod = place.path.starts_with("resources.");
    const bool of_container = place.path.find("ontainers.*") != place.path.npos;
    for (const Node* const node : nodes_at(from, place.path)) {
      QuantityUse use{.node = node,
                      .container = of_container ? container_around(*node) : nullptr,
                      .role = place.role,
                      .of_pod = of_pod,
                      .in_list = place.is_list};
      if (!place.is_list) {
        add_scalar(use);
        continue;
      }
      if (!node->is_mapping()) continue;
      for (std::uint32_t i = 0; i < node->size(); ++i) {
        const yaml::Entry entry = node->entry(i);
        use.node = entry.value;
        add_scalar(use);
      }
    }
  }

  std::vector<QuantityUse> take() { return std::move(uses_); }

 private:
  void add_scalar(QuantityUse use) {
    if (!use.node->is_scalar() || use.node->is_null()) return;
    if (!seen_.insert(use.node).second) return;
    const auto quantity = parse_quantity(quantity_text(*use.node));
    if (!quantity) {
      use.fault = QuantityFault::kInvalid;
    } else if (quantity->sign() < 0) {
      use.fault = QuantityFault::kNegative;
    } else if (use.role != kRatio && is_counted(use.resource()) &&
               !quantity->is_multiple_of_ten_to(0)) {
      use.fault = QuantityFault::kFraction;
    }
    use.is_whole = quantity && quantity->is_multiple_of_ten_to(0);
    use.is_whole_milli = quantity && quantity->is_multiple_of_ten_to(-3);
    uses_.push_back(use);
  }

  std::vector<QuantityUse> uses_;
  std::unordered_set<const Node*> seen_;
};

void add_pairs(const Node& owner, bool of_pod, std::vector<ResourcePair>& pairs) {
  const Node* const resources = owner.find("resources");
  const Node* const limits = resources == nullptr ? nullptr : resources->find("limits");
  for (const Amount& request : requests_of(owner, nullptr)) {
    const Node* const limit = limits == nullptr ? nullptr : limits->find(request.resource);
    pairs.push_back(
        {.owner = &owner,
         .request = request.source == AmountSource::kWritten ? request.node : nullptr,
         .limit = limit == nullptr || limit->is_null() ? nullptr : limit,
         .of_pod = of_pod});
  }
}

}  // namespace

std::string_view name_of(QuantityFault fault) {
  static constexpr std::string_view kNames[] = {"", "invalid", "negative", "fraction"};
  return kNames[static_cast<std::size_t>(fault)];
}

std::string_view name_of(QuantityRole role) {
  static constexpr std::string_view kNames[] = {
      "request", "limit", "overhead",    "storage", "capacity", "sizeLimit",
      "divisor", "quota", "limit range", "ratio",   "metric"};
  return kNames[static_cast<std::size_t>(role)];
}

std::string_view QuantityUse::resource() const {
  return in_list && node->key() != nullptr ? node->key()->as_string() : std::string_view();
}

std::string_view ResourcePair::resource() const {
  const Node* const key = (request != nullptr ? request : limit)->key();
  return key == nullptr ? std::string_view() : key->as_string();
}

std::vector<QuantityUse> quantity_uses(const Resource& resource) {
  if (resource.object == nullptr) return {};
  Collector collector;
  for (const KindPlace& row : kKindPlaces) {
    if (row.kind == resource.kind && row.group == resource.group) {
      collector.add(*resource.object, row.place);
    }
  }
  if (resource.pod != nullptr) {
    for (const Place& place : kPodPlaces) collector.add(*resource.pod, place);
  }
  return collector.take();
}

std::vector<ResourcePair> resource_pairs(const Node& pod) {
  std::vector<ResourcePair> pairs;
  if (!pod.is_mapping()) return pairs;
  for (const Node* const container : containers_of(&pod).all) {
    add_pairs(*container, /*of_pod=*/false, pairs);
  }
  add_pairs(pod, /*of_pod=*/true, pairs);
  return pairs;
}

bool is_overcommittable(std::string_view resource) {
  return is_native(resource) && !is_hugepages(resource);
}

bool is_counted(std::string_view resource) {
  if (resource.starts_with("count/") ||
      std::ranges::find(kCounts, resource) != std::end(kCounts) ||
      resource.ends_with(".storageclass.storage.k8s.io/persistentvolumeclaims")) {
    return true;
  }
  if (resource.find(".storageclass.storage.k8s.io/") != resource.npos) return false;
  for (const std::string_view prefix : {"requests.", "limits."}) {
    if (resource.starts_with(prefix)) resource.remove_prefix(prefix.size());
  }
  return !is_overcommittable(resource);
}

}  // namespace tidewaiter::k8s
