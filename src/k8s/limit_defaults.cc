#include "k8s/limit_defaults.h"

#include <algorithm>

namespace tidewaiter::k8s {
namespace {

/// The first of the fields of a LimitRange's item that has a value for the resource.
const yaml::Node* first_of(const yaml::Node& item, std::string_view resource,
                           std::initializer_list<std::string_view> fields) {
  for (const std::string_view field : fields) {
    const yaml::Node* const values = item.find(field);
    const yaml::Node* const value = values == nullptr ? nullptr : values->find(resource);
    if (value != nullptr && !value->is_null()) return value;
  }
  return nullptr;
}

const yaml::Node* value_for(std::string_view resource,
                            std::span<const yaml::Node* const> values) {
  const auto it = std::ranges::find(LimitDefaults::kResources, resource);
  const auto index = static_cast<std::size_t>(it - LimitDefaults::kResources.begin());
  return index < values.size() ? values[index] : nullptr;
}

}  // namespace

const yaml::Node* LimitDefaults::request(std::string_view resource) const {
  return value_for(resource, requests_);
}

const yaml::Node* LimitDefaults::limit(std::string_view resource) const {
  return value_for(resource, limits_);
}

void LimitDefaults::add(const yaml::Node& item) {
  const yaml::Node* const type = item.find("type");
  if (type == nullptr || type->as_string() != "Container") return;
  for (std::size_t i = 0; i < kResources.size(); ++i) {
    if (limits_[i] == nullptr) limits_[i] = first_of(item, kResources[i], {"default", "max"});
    if (requests_[i] == nullptr) {
      requests_[i] = first_of(item, kResources[i], {"defaultRequest", "default", "max", "min"});
    }
  }
}

LimitDefaultsTable::LimitDefaultsTable(std::span<const Resource* const> limit_ranges) {
  std::vector<const Resource*> sorted(limit_ranges.begin(), limit_ranges.end());
  std::ranges::stable_sort(sorted, {}, &Resource::namespace_);
  for (const Resource* const resource : sorted) {
    if (rows_.empty() || rows_.back().namespace_ != resource->namespace_) {
      rows_.push_back({.namespace_ = resource->namespace_, .defaults = {}});
    }
    const yaml::Node* const spec = resource->object->find("spec");
    const yaml::Node* const items = spec == nullptr ? nullptr : spec->find("limits");
    if (items == nullptr || !items->is_sequence()) continue;
    for (std::uint32_t i = 0; i < items->size(); ++i) rows_.back().defaults.add(items->item(i));
  }
}

const LimitDefaults* LimitDefaultsTable::find(std::string_view namespace_) const {
  const auto it = std::ranges::lower_bound(rows_, namespace_, {}, &Row::namespace_);
  return it != rows_.end() && it->namespace_ == namespace_ ? &it->defaults : nullptr;
}

}  // namespace tidewaiter::k8s
