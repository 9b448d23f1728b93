#include "engine/kind_index.h"

#include <algorithm>

#include "k8s/group_kind.h"

namespace tidewaiter::engine {

bool matches(const rules::Match& match, const k8s::Resource& resource) {
  if (match.all) return true;
  if (match.pods) return resource.is_pod_kind;
  if (match.workloads) return resource.is_workload;
  return std::ranges::any_of(match.kinds, [&](std::string_view kind) {
    return k8s::parse_kind_pattern(kind).matches(resource.group, resource.kind);
  });
}

void KindIndex::add(const k8s::Resource& resource) {
  const auto [it, is_new] = by_kind_.try_emplace(key_of(resource));
  if (!is_new) return;
  for (std::uint32_t i = 0; i < rules_.size(); ++i) {
    const rules::Rule& rule = *rules_[i].rule;
    if (rule.builtin || !matches(rule.match, resource)) continue;
    it->second.indexes.push_back(i);
    it->second.own = it->second.own || !rule.match.all;
  }
}

std::span<const std::uint32_t> KindIndex::rules_for(const k8s::Resource& resource) const {
  const auto it = by_kind_.find(key_of(resource));
  return it == by_kind_.end() ? std::span<const std::uint32_t>{} : it->second.indexes;
}

bool KindIndex::has_own_rules(const k8s::Resource& resource) const {
  const auto it = by_kind_.find(key_of(resource));
  return it != by_kind_.end() && it->second.own;
}

std::vector<std::uint32_t> KindIndex::needed() const {
  std::vector<bool> is_needed(rules_.size(), false);
  for (const auto& [kind, rules] : by_kind_) {
    for (const std::uint32_t index : rules.indexes) is_needed[index] = true;
  }
  std::vector<std::uint32_t> indexes;
  for (std::uint32_t i = 0; i < rules_.size(); ++i) {
    if (is_needed[i]) indexes.push_back(i);
  }
  return indexes;
}

}  // namespace tidewaiter::engine
