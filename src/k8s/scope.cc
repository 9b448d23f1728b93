#include "k8s/scope.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "k8s/builtin_kinds.h"
#include "k8s/scale_target.h"

namespace tidewaiter::k8s {
namespace {

struct Identity {
  std::string_view group;
  std::string_view kind;
  std::string_view namespace_;
  std::string_view name;

  friend auto operator<=>(const Identity&, const Identity&) = default;
};

/// The API server ignores or refuses a namespace on what lives in none.
std::string_view namespace_that_counts(std::string_view group, std::string_view kind,
                                       std::string_view namespace_) {
  return scope_of_kind(group, kind) == KindScope::kCluster ? std::string_view() : namespace_;
}

Identity identity_of(const Resource& resource) {
  return {
      .group = resource.group,
      .kind = resource.kind,
      .namespace_ = namespace_that_counts(resource.group, resource.kind, resource.namespace_),
      .name = resource.name};
}

std::uint64_t hash_of(const Identity& identity) {
  std::uint64_t hash = 0;
  for (const std::string_view part :
       {identity.kind, identity.name, identity.namespace_, identity.group}) {
    hash = hash * 0x9E37'79B9'7F4A'7C15U + std::hash<std::string_view>()(part);
  }
  return hash;
}

auto kind_key(const Resource& resource) {
  return std::tie(resource.kind, resource.group);
}

/// Orders the keys of each hash that several identities share by identity, then index. Keys
/// with one hash have one identity but for names that were chosen to collide.
template <class Key>
void sort_collisions(std::vector<Key>& keys, const std::vector<Identity>& identities) {
  const auto identity = [&](const Key& key) -> const Identity& {
    return identities[key.index];
  };
  for (auto begin = keys.begin(); begin != keys.end();) {
    auto end = begin;
    bool collide = false;
    for (; end != keys.end() && end->hash == begin->hash; ++end) {
      collide = collide || identity(*end) != identity(*begin);
    }
    if (collide) std::ranges::stable_sort(begin, end, {}, identity);
    begin = end;
  }
}

}  // namespace

Scope::Scope(std::vector<const Resource*> resources) : resources_(std::move(resources)) {
  by_kind_ = resources_;
  std::ranges::stable_sort(by_kind_, [](const Resource* left, const Resource* right) {
    return kind_key(*left) < kind_key(*right);
  });
  // In a run of one kind the resources of one file follow each other.
  for (std::size_t i = 0; i < by_kind_.size(); ++i) {
    const bool same = i > 0 && by_kind_[i]->source == by_kind_[i - 1]->source &&
                      kind_key(*by_kind_[i]) == kind_key(*by_kind_[i - 1]);
    if (!same) first_of_kind_.insert(by_kind_[i]);
  }

  limit_defaults_ = LimitDefaultsTable(of_kind({.group = {}, .kind = "LimitRange"}));

  std::vector<Identity> identities;
  identities.reserve(resources_.size());
  keys_.reserve(resources_.size());
  for (const Resource* const resource : resources_) {
    identities.push_back(identity_of(*resource));
    keys_.push_back({.hash = hash_of(identities.back()),
                     .index = static_cast<std::uint32_t>(identities.size() - 1)});
  }
  std::ranges::sort(keys_, {}, [](const Key& key) { return std::pair(key.hash, key.index); });
  sort_collisions(keys_, identities);
  by_identity_.reserve(keys_.size());
  for (const Key& key : keys_) by_identity_.push_back(resources_[key.index]);

  // In a run of one identity the resources of one file follow each other.
  std::size_t first = 0;
  for (std::size_t i = 1; i < keys_.size(); ++i) {
    const bool same = keys_[i].hash == keys_[first].hash &&
                      identities[keys_[i].index] == identities[keys_[first].index] &&
                      by_identity_[i]->source == by_identity_[first]->source;
    if (!same) {
      first = i;
    } else if (!by_identity_[i]->name.empty()) {
      earlier_.emplace(by_identity_[i], by_identity_[first]);
    }
  }

  for (const Resource* const resource : resources_) {
    const auto target = scale_target_of(*resource);
    if (!target) continue;
    const Resource* const found = find({.group = target->group, .kind = target->kind},
                                       resource->namespace_, target->name);
    if (found != nullptr) scaled_.emplace(found, resource);
  }
}

std::span<const Resource* const> Scope::of_kind(const KindPattern& kind) const {
  if (kind.kind == "*") return resources_;
  const auto found =
      kind.any_group
          ? std::ranges::equal_range(by_kind_, kind.kind, {},
                                     [](const Resource* resource) { return resource->kind; })
          : std::ranges::equal_range(
                by_kind_, std::tie(kind.kind, kind.group), {},
                [](const Resource* resource) { return kind_key(*resource); });
  return {found.begin(), found.end()};
}

std::span<const Resource* const> Scope::identity_range(std::string_view group,
                                                       std::string_view kind,
                                                       std::string_view namespace_,
                                                       std::string_view name) const {
  const Identity wanted{group, kind, namespace_, name};
  const std::uint64_t hash = hash_of(wanted);
  auto run = std::ranges::equal_range(keys_, hash, {}, &Key::hash);
  const auto identity = [&](const Key& key) { return identity_of(*resources_[key.index]); };
  const bool all = !run.empty() && identity(run.front()) == wanted &&
                   (run.size() == 1 || identity(run.back()) == wanted);
  if (!all) run = std::ranges::equal_range(run, wanted, {}, identity);
  return std::span(by_identity_)
      .subspan(static_cast<std::size_t>(run.begin() - keys_.begin()), run.size());
}

const Resource* Scope::find(const KindPattern& kind, std::string_view namespace_,
                            std::string_view name) const {
  if (name.empty()) return nullptr;
  if (kind.any_group) {
    // A kind lives in few groups; each is asked once.
    const auto candidates = of_kind({.group = {}, .kind = kind.kind, .any_group = true});
    for (auto at = candidates.begin(); at != candidates.end();) {
      const std::string_view group = (*at)->group;
      const Resource* const found = find({.group = group, .kind = kind.kind}, namespace_, name);
      if (found != nullptr) return found;
      at = std::ranges::upper_bound(at, candidates.end(), group, {}, &Resource::group);
    }
    return nullptr;
  }
  const std::string_view where = namespace_that_counts(kind.group, kind.kind, namespace_);
  const auto here = identity_range(kind.group, kind.kind, where, name);
  if (!here.empty()) return here.front();
  if (where != "default") return nullptr;
  const auto unset = identity_range(kind.group, kind.kind, {}, name);
  return unset.empty() ? nullptr : unset.front();
}

std::span<const Resource* const> Scope::same_identity(const Resource& resource) const {
  if (resource.name.empty()) return {};
  const Identity identity = identity_of(resource);
  return identity_range(identity.group, identity.kind, identity.namespace_, identity.name);
}

const Resource* Scope::autoscaler_of(const Resource& resource) const {
  const auto found = scaled_.find(&resource);
  return found == scaled_.end() ? nullptr : found->second;
}

const PodIndex& Scope::pods() const {
  std::call_once(pods_->once, [this] { pods_->index = PodIndex(resources_); });
  return pods_->index;
}

const Resource* Scope::earlier_duplicate(const Resource& resource) const {
  const auto found = earlier_.find(&resource);
  return found == earlier_.end() ? nullptr : found->second;
}

}  // namespace tidewaiter::k8s
