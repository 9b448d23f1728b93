#include "k8s/scope.h"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <tuple>
#include <utility>

#include "k8s/builtin_kinds.h"
#include "k8s/hidden_pods.h"
#include "k8s/pairs.h"
#include "k8s/reference_graph.h"
#include "k8s/selection.h"

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

/// What is built on demand. None of it refers to the Scope, which may move.
struct Scope::Lazy {
  ScopeFacts facts;
  std::map<Identity, const Resource*> by_other_name;

  std::once_flag references_once;
  std::unique_ptr<const ReferenceGraph> references;
  std::once_flag selection_once;
  std::unique_ptr<const Selection> selection;
  std::once_flag pairs_once;
  std::unique_ptr<const Pairs> pairs;
  std::once_flag hidden_pods_once;
  std::vector<std::string_view> hidden_pods;  // namespaces, sorted
};

Scope::Scope() : Scope(std::vector<const Resource*>()) {}
Scope::Scope(Scope&&) noexcept = default;
Scope& Scope::operator=(Scope&&) noexcept = default;
Scope::~Scope() = default;

Scope::Scope(std::vector<const Resource*> resources, ScopeFacts facts)
    : resources_(std::move(resources)), lazy_(std::make_unique<Lazy>()) {
  lazy_->facts = std::move(facts);
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

  numbers_.reserve(resources_.size());
  kind_places_.reserve(resources_.size());
  for (std::uint32_t i = 0; i < resources_.size(); ++i) {
    numbers_.emplace(resources_[i]->object, i);
    kind_places_.push_back({identities[i].kind, identities[i].group, identities[i].namespace_});
  }
  std::ranges::sort(kind_places_);
  const auto repeated = std::ranges::unique(kind_places_);
  kind_places_.erase(repeated.begin(), repeated.end());
  for (const ScopeFacts::OtherName& other : lazy_->facts.other_names) {
    Identity identity = identity_of(*other.resource);
    identity.name = other.name;
    lazy_->by_other_name.emplace(identity, other.resource);
  }
}

std::optional<std::uint32_t> Scope::number_of(const yaml::Node& object) const {
  const auto found = numbers_.find(&object);
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

bool Scope::is_one_unit() const {
  return lazy_->facts.is_one_unit;
}

bool Scope::has(const KindPattern& kind, std::string_view namespace_) const {
  const auto of_kind = std::ranges::equal_range(kind_places_, kind.kind, {}, &KindPlace::kind);
  for (auto at = of_kind.begin(); at != of_kind.end();) {
    const auto end =
        std::ranges::upper_bound(at, of_kind.end(), at->group, {}, &KindPlace::group);
    if (kind.any_group || at->group == kind.group) {
      const auto where = namespace_that_counts(at->group, at->kind, namespace_);
      if (std::ranges::binary_search(at, end, where, {}, &KindPlace::namespace_)) return true;
    }
    at = end;
  }
  return false;
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
  const Resource* const here = find_in(kind, where, name);
  return here != nullptr || where != "default" ? here : find_in(kind, {}, name);
}

const Resource* Scope::find_in(const KindPattern& kind, std::string_view where,
                               std::string_view name) const {
  const auto found = identity_range(kind.group, kind.kind, where, name);
  if (!found.empty()) return found.front();
  const auto& others = lazy_->by_other_name;
  if (others.empty()) return nullptr;
  const auto other = others.find({kind.group, kind.kind, where, name});
  return other == others.end() ? nullptr : other->second;
}

std::span<const Resource* const> Scope::same_identity(const Resource& resource) const {
  if (resource.name.empty()) return {};
  const Identity identity = identity_of(resource);
  return identity_range(identity.group, identity.kind, identity.namespace_, identity.name);
}

const ReferenceGraph& Scope::references() const {
  std::call_once(lazy_->references_once, [this] {
    lazy_->references =
        std::make_unique<ReferenceGraph>(*this, lazy_->facts.generated.products);
  });
  return *lazy_->references;
}

const Selection& Scope::selection() const {
  std::call_once(lazy_->selection_once,
                 [this] { lazy_->selection = std::make_unique<Selection>(resources_); });
  return *lazy_->selection;
}

const Pairs& Scope::pairs() const {
  std::call_once(lazy_->pairs_once, [this] { lazy_->pairs = std::make_unique<Pairs>(*this); });
  return *lazy_->pairs;
}

bool Scope::has_hidden_pods(std::string_view namespace_) const {
  std::call_once(lazy_->hidden_pods_once, [this] {
    for (const Resource* const resource : resources_) {
      if (makes_hidden_pods(*resource)) lazy_->hidden_pods.push_back(resource->namespace_);
    }
    std::ranges::sort(lazy_->hidden_pods);
  });
  return std::ranges::binary_search(lazy_->hidden_pods, namespace_);
}

}  // namespace tidewaiter::k8s
