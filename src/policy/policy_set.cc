#include "policy/policy_set.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tidewaiter::policy {

namespace {

using k8s::Resource;

/// The first resource of each name.
class FirstOfName {
 public:
  /// Null, or the resource that had the name before.
  const Resource* earlier(const Resource& resource) {
    if (resource.name.empty()) return nullptr;
    const auto [found, is_new] = by_name_.try_emplace(resource.name, &resource);
    return is_new ? nullptr : found->second;
  }

 private:
  std::unordered_map<std::string_view, const Resource*> by_name_;
};

/// What a pattern such as "pods/*" says of the resource itself.
std::string_view resource_in(std::string_view pattern) {
  return pattern.substr(0, pattern.find('/'));
}

}  // namespace

PolicySet::PolicySet(std::span<const Resource* const> resources) {
  FirstOfName policies;
  FirstOfName bindings;
  std::vector<const Resource*> found;
  for (const Resource* resource : resources) {
    const bool of_policy = is_policy(*resource);
    if (!of_policy && !is_binding(*resource)) continue;
    if (of_policy && resource->name.empty()) {
      nameless_.push_back(resource);
      continue;
    }
    if (const Resource* first = (of_policy ? policies : bindings).earlier(*resource)) {
      if (first != resource) duplicates_.push_back({.resource = resource, .first = first});
    } else if (of_policy) {
      policies_.push_back({.policy = read_policy(*resource)});
    } else {
      found.push_back(resource);
    }
  }
  bind(found);
  for (std::uint32_t i = 0; i < policies_.size(); ++i) index(i);
}

void PolicySet::bind(std::span<const Resource* const> bindings) {
  std::unordered_map<std::string_view, BoundPolicy*> by_name;
  for (BoundPolicy& bound : policies_) by_name.emplace(bound.policy.name, &bound);
  for (const Resource* resource : bindings) {
    Binding binding = read_binding(*resource);
    const auto policy = by_name.find(binding.policy_name);
    auto& home = policy == by_name.end() ? stray_bindings_ : policy->second->bindings;
    home.push_back(std::move(binding));
  }
}

void PolicySet::index(std::uint32_t policy) {
  const auto add = [policy](std::vector<std::uint32_t>& indices) {
    if (indices.empty() || indices.back() != policy) indices.push_back(policy);
  };
  for (const ResourceRule& rule : policies_[policy].policy.match_constraints.resource_rules) {
    for (const std::string_view pattern : rule.resources) {
      const std::string_view resource = resource_in(pattern);
      add(resource == "*" ? any_resource_ : by_resource_[resource]);
    }
  }
}

void PolicySet::candidates(const AdmissionRequest& request,
                           std::vector<std::uint32_t>& indices) const {
  indices = any_resource_;
  for (const std::string_view name : {request.resource, request.other_resource}) {
    const auto named = by_resource_.find(name);
    if (named == by_resource_.end()) continue;
    std::vector<std::uint32_t> both;
    std::ranges::set_union(named->second, indices, std::back_inserter(both));
    indices = std::move(both);
  }
}

}  // namespace tidewaiter::policy
