#include "rules/cluster_settings.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "k8s/vm_sizes.h"

namespace tidewaiter::rules {
namespace {

using Kind = Constant::Kind;

constexpr int kLevels = 4;  // a class, its fields, their values, and one to spare

constexpr int kHpaLevel = 2;  // where the fields of a class are merged
/// What only an hpa has: its metric, and the target of that.
constexpr std::string_view kMetricKeys[] = {"resource", "utilization", "metric", "value"};

/// A class of workloads as the practices document it.
struct BuiltInClass {
  std::string_view name;
  std::string_view cpu_request;
  std::string_view memory_request;
  std::string_view cpu_limit;
  std::string_view memory_limit;
  bool guaranteed_only;
  std::string_view hpa_resource;  ///< cpu or memory; empty: messages of a queue.
  std::int64_t hpa_target;        ///< Percent, or messages.
  std::int64_t hpa_min;
  std::int64_t hpa_max;
  std::string_view vm_size;
  std::string_view other_vm_size = {};
};
constexpr BuiltInClass kClasses[] = {
    {"web", "500m", "1Gi", "1", "2Gi", false, "cpu", 70, 2, 8, "Standard_D4s_v3"},
    {"batch", "1", "2Gi", "2", "4Gi", false, "cpu", 60, 1, 5, "Standard_E8s_v4"},
    {"interface", "300m", "512Mi", "600m", "1Gi", false, "cpu", 65, 2, 6, "Standard_D2s_v3"},
    {"dbms", "4", "16Gi", "8", "32Gi", true, "memory", 70, 1, 3, "Standard_E16s_v4"},
    {"message-queue", "200m", "256Mi", "400m", "512Mi", false, "", 1000, 1, 5, "Standard_B2s",
     "Standard_D2s_v3"},
};

Constant text(std::string_view value) {
  return {.kind = Kind::kString, .text = value};
}
Constant number(std::int64_t value) {
  return {.kind = Kind::kInt, .integer = value};
}

/// Whether an hpa scales by something else than another, whose target then means nothing.
bool names_other_metric(const Constant& base, const Constant& over) {
  const auto has = [](const Constant& hpa, std::string_view key) {
    const Constant* const value = hpa.find(key);
    return value != nullptr && value->kind != Kind::kNull;
  };
  return (has(base, "resource") && has(over, "metric")) ||
         (has(base, "metric") && has(over, "resource"));
}

std::optional<k8s::Quantity> quantity_of(const Constant* value) {
  if (value == nullptr) return std::nullopt;
  std::string written(value->text);
  if (value->kind == Kind::kInt) written = fmt::format("{}", value->integer);
  if (value->kind == Kind::kDouble) written = fmt::format("{}", value->floating);
  auto quantity = k8s::parse_quantity(written);
  if (!quantity) return std::nullopt;
  return *std::move(quantity);
}

}  // namespace

std::string_view ClusterSettings::keep(std::string text) {
  return texts_.emplace_back(std::move(text));
}

Constant ClusterSettings::map_of(std::vector<std::string_view> keys,
                                 std::vector<Constant> items) {
  keys_.push_back(std::move(keys));
  items_.push_back(std::move(items));
  return {.kind = Kind::kMap, .items = items_.back(), .keys = keys_.back()};
}

ClusterSettings::ClusterSettings() {
  std::vector<std::string_view> names;
  std::vector<Constant> classes;
  const auto list = [&](std::vector<Constant> items) {
    items_.push_back(std::move(items));
    return Constant{.kind = Kind::kList, .items = items_.back()};
  };
  for (const BuiltInClass& c : kClasses) {
    std::vector<Constant> qos = {text("Guaranteed")};
    if (!c.guaranteed_only) qos.insert(qos.begin(), text("Burstable"));
    std::vector<Constant> sizes = {text(c.vm_size)};
    if (!c.other_vm_size.empty()) sizes.push_back(text(c.other_vm_size));
    const bool external = c.hpa_resource.empty();
    Constant hpa = map_of(
        {external ? "metric" : "resource", external ? "value" : "utilization", "min", "max"},
        {text(external ? "external" : c.hpa_resource), number(c.hpa_target), number(c.hpa_min),
         number(c.hpa_max)});
    names.push_back(c.name);
    classes.push_back(
        map_of({"requests", "limits", "qos", "hpa", "vmSizes"},
               {map_of({"cpu", "memory"}, {text(c.cpu_request), text(c.memory_request)}),
                map_of({"cpu", "memory"}, {text(c.cpu_limit), text(c.memory_limit)}),
                list(std::move(qos)), hpa, list(std::move(sizes))}));
  }
  classes_ = map_of(std::move(names), std::move(classes));
}

ClusterSettings::ClusterSettings(const Constant& workload_classes, const Constant& node_pools,
                                 const Constant& node_sizes)
    : ClusterSettings() {
  classes_ = merged(classes_, normalized(workload_classes, "", 0), 0);
  for (std::size_t i = 0; i < node_pools.keys.size(); ++i) {
    const Constant& pool = node_pools.items[i];
    const Constant* const size = pool.kind == Kind::kMap ? pool.find("size") : &pool;
    const Constant* const pods = pool.find("maxPods");
    NodePool& kept = pools_[node_pools.keys[i]];
    if (size != nullptr) kept.size = size->text;
    if (pods != nullptr && pods->kind == Kind::kInt) kept.max_pods = pods->integer;
  }
  for (std::size_t i = 0; i < node_sizes.keys.size(); ++i) {
    const auto cpu = quantity_of(node_sizes.items[i].find("cpu"));
    const auto memory = quantity_of(node_sizes.items[i].find("memory"));
    const auto milli = cpu ? cpu->scaled(-3) : std::nullopt;
    const auto bytes = memory ? memory->scaled(0) : std::nullopt;
    if (!milli || !bytes) continue;
    sizes_[node_sizes.keys[i]] = {.cpu_milli = *milli, .memory = *bytes};
  }
}

/// Quantities as strings, vmSizes as a list.
Constant ClusterSettings::normalized(const Constant& value, std::string_view key, int level) {
  if (key == "vmSizes" && value.kind == Kind::kString) {
    items_.push_back({value});
    return {.kind = Kind::kList, .items = items_.back()};
  }
  const bool holds_quantities = key == "requests" || key == "limits";
  if (value.kind != Kind::kMap || level == kLevels) return value;
  std::vector<Constant> items;
  for (std::size_t i = 0; i < value.keys.size(); ++i) {
    const Constant& item = value.items[i];
    if (holds_quantities && item.kind == Kind::kInt) {
      items.push_back(text(keep(fmt::format("{}", item.integer))));
    } else if (holds_quantities && item.kind == Kind::kDouble) {
      items.push_back(text(keep(fmt::format("{}", item.floating))));
    } else {
      items.push_back(normalized(item, value.keys[i], level + 1));
    }
  }
  return map_of({value.keys.begin(), value.keys.end()}, std::move(items));
}

/// An hpa without what says how its metric is measured.
Constant ClusterSettings::without_metric(const Constant& hpa) {
  std::vector<std::string_view> keys;
  std::vector<Constant> items;
  for (std::size_t i = 0; i < hpa.keys.size(); ++i) {
    if (std::ranges::find(kMetricKeys, hpa.keys[i]) != std::end(kMetricKeys)) continue;
    keys.push_back(hpa.keys[i]);
    items.push_back(hpa.items[i]);
  }
  return map_of(std::move(keys), std::move(items));
}

/// `over` entry by entry over `base`.
Constant ClusterSettings::merged(const Constant& base, const Constant& over, int level) {
  if (over.kind == Kind::kNull) return base;
  if (base.kind != Kind::kMap || over.kind != Kind::kMap || level == kLevels) return over;
  if (level == kHpaLevel && names_other_metric(base, over)) {
    return merged(without_metric(base), over, level);
  }
  std::vector<std::string_view> keys(base.keys.begin(), base.keys.end());
  std::vector<Constant> items(base.items.begin(), base.items.end());
  std::map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i < keys.size(); ++i) index.emplace(keys[i], i);
  for (std::size_t i = 0; i < over.keys.size(); ++i) {
    const auto [at, is_new] = index.emplace(over.keys[i], keys.size());
    if (is_new) {
      keys.push_back(over.keys[i]);
      items.push_back(over.items[i]);
    } else {
      items[at->second] = merged(items[at->second], over.items[i], level + 1);
    }
  }
  return map_of(std::move(keys), std::move(items));
}

const NodePool* ClusterSettings::node_pool(std::string_view name) const {
  const auto it = pools_.find(name);
  return it == pools_.end() ? nullptr : &it->second;
}

std::optional<NodeSize> ClusterSettings::node_size(std::string_view name) const {
  if (const auto it = sizes_.find(name); it != sizes_.end()) return it->second;
  const k8s::VmSize* const size = k8s::find_vm_size(name);
  if (size == nullptr) return std::nullopt;
  return NodeSize{.cpu_milli = std::int64_t{size->cores} * 1000,
                  .memory = std::int64_t{size->memory_gib} << 30};
}

const ClusterSettings& built_in_cluster_settings() {
  static const ClusterSettings kSettings;
  return kSettings;
}

}  // namespace tidewaiter::rules
