#include "k8s/scope.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <map>
#include <mutex>
#include <tuple>
#include <utility>

#include "k8s/builtin_kinds.h"
#include "k8s/folder_kinds.h"
#include "k8s/hidden_pods.h"
#include "k8s/pairs.h"
#include "k8s/reference_graph.h"
#include "k8s/selection.h"

namespace tidewaiter::k8s {
namespace {

std::uint64_t mix(std::uint64_t hash, std::uint64_t part) {
  return (hash ^ part) * 0x9E37'79B9'7F4A'7C15U;
}

std::uint64_t hash_of_text(std::string_view text) {
  return std::hash<std::string_view>()(text);
}

std::uint64_t hash_of_object(const yaml::Node* object) {
  return mix(0, std::hash<const yaml::Node*>()(object)) >> 20;
}

}  // namespace

/// What is built on demand. None of it refers to the Scope, which may move.
struct Scope::Lazy {
  ScopeFacts facts;
  std::map<Identity, std::uint32_t> by_other_name;
  std::vector<std::uint32_t> unlisted;  // sorted
  std::vector<std::uint32_t> patched;   // sorted

  std::once_flag references_once;
  std::unique_ptr<const ReferenceGraph> references;
  std::once_flag selection_once;
  std::unique_ptr<const Selection> selection;
  std::once_flag pairs_once;
  std::unique_ptr<const Pairs> pairs;
  std::once_flag folder_kinds_once;
  std::unique_ptr<const FolderKinds> folder_kinds;
  struct Pods {
    std::uint32_t resource = 0;  // the first that has pods
    std::size_t count = 0;       // of resources that have pods
    std::size_t hidden = 0;      // of those that make pods which no manifest shows
  };
  std::once_flag pods_once;
  std::map<std::string_view, Pods> pods;  // by namespace
};

Scope::Scope() : Scope(std::vector<const Resource*>()) {}
Scope::Scope(Scope&&) noexcept = default;
Scope& Scope::operator=(Scope&&) noexcept = default;
Scope::~Scope() = default;

Scope::Scope(std::vector<const Resource*> resources, ScopeFacts facts)
    : resources_(std::move(resources)), lazy_(std::make_unique<Lazy>()) {
  lazy_->facts = std::move(facts);
  index_kinds();
  index_identities();
  index_objects();
  limit_defaults_ = LimitDefaultsTable(of_kind({.group = {}, .kind = "LimitRange"}));
  index_facts();
}

void Scope::index_facts() {
  for (const ScopeFacts::OtherName& other : lazy_->facts.other_names) {
    const auto number = number_of(*other.resource->object);
    if (!number) continue;
    Identity identity = identity_of(*number);
    if (!kinds_[identity.kind].in_cluster) identity.namespace_ = other.namespace_;
    identity.name = other.name;
    lazy_->by_other_name.emplace(identity, *number);
  }
  lazy_->unlisted = numbers_of(lazy_->facts.unlisted);
  lazy_->patched = numbers_of(lazy_->facts.patched);
}

std::vector<std::uint32_t> Scope::numbers_of(
    const std::vector<const Resource*>& resources) const {
  std::vector<std::uint32_t> numbers;
  numbers.reserve(resources.size());
  for (const Resource* const resource : resources) {
    if (const auto number = number_of(*resource->object)) numbers.push_back(*number);
  }
  std::ranges::sort(numbers);
  return numbers;
}

void Scope::index_kinds() {
  std::map<std::pair<std::string_view, std::string_view>, std::uint32_t> found;
  for (const Resource* const resource : resources_) {
    ++found[{resource->kind, resource->group}];
  }
  std::uint32_t begin = 0;
  for (auto& [key, count] : found) {
    kinds_.push_back({.kind = key.first,
                      .group = key.second,
                      .begin = begin,
                      .end = begin + count,
                      .in_cluster = is_found_from_anywhere(key.second, key.first)});
    begin += std::exchange(count, static_cast<std::uint32_t>(kinds_.size() - 1));
  }

  struct Last {
    const Source* source = nullptr;
    std::string_view namespace_;
    std::uint32_t next = 0;
  };
  std::vector<Last> last(kinds_.size());
  for (std::size_t i = 0; i < kinds_.size(); ++i) last[i].next = kinds_[i].begin;
  by_kind_.resize(resources_.size());
  first_of_kind_.resize(resources_.size());
  kind_of_.reserve(resources_.size());
  for (std::size_t i = 0; i < resources_.size(); ++i) {
    const Resource& resource = *resources_[i];
    const std::uint32_t kind = found.find({resource.kind, resource.group})->second;
    Last& before = last[kind];
    kind_of_.push_back(kind);
    // In the order of all, the resources of one file follow each other.
    first_of_kind_[i] = before.source != resource.source;
    const std::string_view where = identity_of(static_cast<std::uint32_t>(i)).namespace_;
    if (before.source == nullptr || before.namespace_ != where) {
      places_.push_back(hash_of_place(kind, where));
    }
    by_kind_[before.next++] = &resource;
    before.source = resource.source;
    before.namespace_ = where;
  }
  std::ranges::sort(places_);
  const auto repeated = std::ranges::unique(places_);
  places_.erase(repeated.begin(), repeated.end());
}

void Scope::index_identities() {
  const auto count = static_cast<std::uint32_t>(resources_.size());
  keys_.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) keys_.push_back({hash_of(identity_of(i)), i});
  std::ranges::sort(keys_, {}, [](const Key& key) { return std::pair(key.hash, key.number); });
  // Keys with one hash have one identity but for names that were chosen to collide.
  for (auto begin = keys_.begin(); begin != keys_.end();) {
    const auto end = std::find_if(begin, keys_.end(),
                                  [&](const Key& key) { return key.hash != begin->hash; });
    if (end - begin > 1) {
      std::ranges::stable_sort(begin, end, {},
                               [&](const Key& key) { return identity_of(key.number); });
    }
    begin = end;
  }

  // About one key for each value of as many first bits.
  const auto buckets = std::bit_ceil(std::size_t{count} + 1);
  first_key_.reserve(buckets + 1);
  const auto shift = 64 - std::countr_zero(buckets);
  std::uint32_t next = 0;
  for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
    first_key_.push_back(next);
    while (next < count && (shift == 64 || keys_[next].hash >> shift == bucket)) ++next;
  }
  first_key_.push_back(next);
  by_identity_.reserve(count);
  for (const Key& key : keys_) by_identity_.push_back(resources_[key.number]);
}

void Scope::index_objects() {
  by_object_.resize(std::bit_ceil(2 * resources_.size() + 1));
  const std::size_t mask = by_object_.size() - 1;
  for (std::uint32_t i = 0; i < resources_.size(); ++i) {
    const yaml::Node* const object = resources_[i]->object;
    std::size_t at = hash_of_object(object) & mask;
    while (by_object_[at] != 0 && resources_[by_object_[at] - 1]->object != object) {
      at = (at + 1) & mask;
    }
    if (by_object_[at] == 0) by_object_[at] = i + 1;
  }
}

std::optional<std::uint32_t> Scope::number_of(const yaml::Node& object) const {
  const std::size_t mask = by_object_.size() - 1;
  for (std::size_t at = hash_of_object(&object) & mask; by_object_[at] != 0;
       at = (at + 1) & mask) {
    if (resources_[by_object_[at] - 1]->object == &object) return by_object_[at] - 1;
  }
  return std::nullopt;
}

std::uint64_t Scope::hash_of_place(std::uint32_t kind, std::string_view namespace_) const {
  return mix(mix(0, kind + 1), hash_of_text(namespace_));
}

std::uint64_t Scope::hash_of(const Identity& identity) const {
  return mix(hash_of_place(identity.kind, identity.namespace_), hash_of_text(identity.name));
}

/// The API server ignores or refuses a namespace on what lives in none.
Scope::Identity Scope::identity_of(std::uint32_t number) const {
  const Resource& resource = *resources_[number];
  const std::uint32_t kind = kind_of_[number];
  return {.kind = kind,
          .namespace_ = kinds_[kind].in_cluster ? std::string_view() : resource.namespace_,
          .name = resource.name};
}

bool Scope::is_one_unit() const {
  return lazy_->facts.is_one_unit;
}

bool Scope::is_unlisted(std::uint32_t resource) const {
  return std::ranges::binary_search(lazy_->unlisted, resource);
}

bool Scope::is_patched(std::uint32_t resource) const {
  return std::ranges::binary_search(lazy_->patched, resource);
}

const SetImages& Scope::set_images() const {
  static const SetImages kNone;
  return lazy_->facts.set_images == nullptr ? kNone : *lazy_->facts.set_images;
}

bool Scope::is_open() const {
  return lazy_->facts.is_open;
}

std::span<const Scope* const> Scope::overlays() const {
  return lazy_->facts.overlays;
}

bool Scope::is_first_of_kind(const Resource& resource) const {
  const auto number = number_of(*resource.object);
  return number && first_of_kind_[*number];
}

std::span<const Scope::KindRun> Scope::runs_of(const KindPattern& kind) const {
  if (kind.any_group) {
    return std::ranges::equal_range(kinds_, kind.kind, {}, &KindRun::kind);
  }
  return std::ranges::equal_range(kinds_, std::tie(kind.kind, kind.group), {},
                                  [](const KindRun& run) { return run.key(); });
}

std::span<const Resource* const> Scope::of_kind(const KindPattern& kind) const {
  if (kind.kind == "*") return resources_;
  const auto runs = runs_of(kind);
  if (runs.empty()) return {};
  const std::uint32_t begin = runs.front().begin;
  return std::span(by_kind_).subspan(begin, runs.back().end - begin);
}

bool Scope::has(const KindPattern& kind, std::string_view namespace_) const {
  return std::ranges::any_of(runs_of(kind), [&](const KindRun& run) {
    const auto number = static_cast<std::uint32_t>(&run - kinds_.data());
    return std::ranges::binary_search(
        places_, hash_of_place(number, run.in_cluster ? std::string_view() : namespace_));
  });
}

std::span<const Scope::Key> Scope::keys_of(const Identity& identity) const {
  const std::uint64_t hash = hash_of(identity);
  const auto bits = std::countr_zero(first_key_.size() - 1);
  const std::size_t bucket = bits == 0 ? 0 : hash >> (64 - bits);
  const auto keys =
      std::span(keys_).subspan(first_key_[bucket], first_key_[bucket + 1] - first_key_[bucket]);
  const auto run = std::ranges::equal_range(keys, hash, {}, &Key::hash);
  const auto is_wanted = [&](const Key& key) { return identity_of(key.number) == identity; };
  if (run.empty() || (is_wanted(run.front()) && is_wanted(run.back()))) return run;
  return std::ranges::equal_range(run, identity, {},
                                  [&](const Key& key) { return identity_of(key.number); });
}

std::optional<std::uint32_t> Scope::find_in(const KindRun& run, std::string_view namespace_,
                                            std::string_view name) const {
  const Identity identity{.kind = static_cast<std::uint32_t>(&run - kinds_.data()),
                          .namespace_ = run.in_cluster ? std::string_view() : namespace_,
                          .name = name};
  const auto found = keys_of(identity);
  if (!found.empty()) return found.front().number;
  const auto& others = lazy_->by_other_name;
  if (others.empty()) return std::nullopt;
  const auto other = others.find(identity);
  return other == others.end() ? std::nullopt : std::optional(other->second);
}

std::optional<std::uint32_t> Scope::find_number(const KindPattern& kind,
                                                std::string_view namespace_,
                                                std::string_view name) const {
  if (name.empty()) return std::nullopt;
  for (const KindRun& run : runs_of(kind)) {
    auto found = find_in(run, namespace_, name);
    if (!found && namespace_ == "default") found = find_in(run, {}, name);
    if (found) return found;
  }
  return std::nullopt;
}

const Resource* Scope::find(const KindPattern& kind, std::string_view namespace_,
                            std::string_view name) const {
  const auto found = find_number(kind, namespace_, name);
  return found ? resources_[*found] : nullptr;
}

std::span<const Resource* const> Scope::same_identity(const Resource& resource) const {
  const auto runs = runs_of({.group = resource.group, .kind = resource.kind});
  if (resource.name.empty() || runs.empty()) return {};
  const KindRun& run = runs.front();
  const auto found =
      keys_of({.kind = static_cast<std::uint32_t>(&run - kinds_.data()),
               .namespace_ = run.in_cluster ? std::string_view() : resource.namespace_,
               .name = resource.name});
  if (found.empty()) return {};
  return std::span(by_identity_)
      .subspan(static_cast<std::size_t>(found.data() - keys_.data()), found.size());
}

std::vector<std::vector<std::uint32_t>> Scope::copies() const {
  std::vector<std::vector<std::uint32_t>> copies;
  for (std::size_t begin = 0; begin < keys_.size();) {
    const Identity identity = identity_of(keys_[begin].number);
    std::size_t end = begin + 1;
    while (end < keys_.size() && keys_[end].hash == keys_[begin].hash &&
           identity_of(keys_[end].number) == identity) {
      ++end;
    }
    if (end - begin > 1 && !identity.name.empty()) {
      std::vector<std::uint32_t>& numbers = copies.emplace_back();
      for (std::size_t i = begin; i < end; ++i) numbers.push_back(keys_[i].number);
    }
    begin = end;
  }
  return copies;
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

const FolderKinds& Scope::folder_kinds() const {
  std::call_once(lazy_->folder_kinds_once,
                 [this] { lazy_->folder_kinds = std::make_unique<FolderKinds>(resources_); });
  return *lazy_->folder_kinds;
}

const Scope::Lazy& Scope::with_pods() const {
  std::call_once(lazy_->pods_once, [this] {
    for (std::uint32_t i = 0; i < resources_.size(); ++i) {
      Lazy::Pods& pods = lazy_->pods[resources_[i]->namespace_];
      if (resources_[i]->is_pod_kind && ++pods.count == 1) pods.resource = i;
      if (makes_hidden_pods(*resources_[i])) ++pods.hidden;
    }
  });
  return *lazy_;
}

bool Scope::has_hidden_pods(std::string_view namespace_) const {
  const auto found = with_pods().pods.find(namespace_);
  if (is_open()) return true;
  if (found == lazy_->pods.end()) return false;
  const Lazy::Pods& here = found->second;
  if (here.count == 0 && !overlays().empty()) return true;
  const auto may_have_more = [&](const Scope* overlay) {
    const auto number = overlay->number_of(*resources_[here.resource]->object);
    if (overlay->is_open() || !number) return true;
    // An overlay may call the namespace by another name.
    const auto& all = overlay->with_pods().pods;
    const Lazy::Pods& there = all.at(overlay->resources_[*number]->namespace_);
    return there.count > here.count || there.hidden > here.hidden;
  };
  return here.hidden > 0 || std::ranges::any_of(overlays(), may_have_more);
}

}  // namespace tidewaiter::k8s
