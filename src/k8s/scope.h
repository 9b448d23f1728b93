#ifndef TIDEWAITER_K8S_SCOPE_H_
#define TIDEWAITER_K8S_SCOPE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "k8s/group_kind.h"
#include "k8s/limit_defaults.h"
#include "k8s/product.h"
#include "k8s/resource.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

class Pairs;
class ReferenceGraph;
class Selection;

/// What is known of a scope besides its resources.
struct ScopeFacts {
  /// What a kustomization generates.
  ProductList generated;
  /// Names by which references find a resource besides its own: as it is written where a
  /// kustomization gives it another.
  struct OtherName {
    const Resource* resource = nullptr;
    std::string_view name;
  };
  std::vector<OtherName> other_names;
  /// One kustomization lists the resources, or one chart holds them: folders make no difference
  /// to pairs (RULES, Common readings).
  bool is_one_unit = false;
};

/// Resources that are deployed together, so that references among them can be followed
/// (DESIGN 5): those that are judged and, for references only, what a kustomization lists
/// besides. What counts as a resource's namespace and name is what `Resource` says, whatever
/// its object has written. Borrows the resources, which must stay where they are; immutable, so
/// safe to share among threads. Building takes O(n log n) for n resources whatever their names
/// are, a look-up O(log n).
class Scope {
 public:
  Scope();
  /// `resources` in the order of path, then place in the file: the order in which duplicates
  /// are told apart and all spans below are given.
  explicit Scope(std::vector<const Resource*> resources, ScopeFacts facts = {});
  Scope(Scope&&) noexcept;
  Scope& operator=(Scope&&) noexcept;
  ~Scope();

  std::span<const Resource* const> all() const { return resources_; }
  /// The position in all() of the resource whose object this is; the first of several.
  std::optional<std::uint32_t> number_of(const yaml::Node& object) const;

  /// The resources of a kind. With any_group those of one group stay together, groups in byte
  /// order. The pattern `*` gives all.
  std::span<const Resource* const> of_kind(const KindPattern& kind) const;
  bool has(const KindPattern& kind) const { return !of_kind(kind).empty(); }
  /// Whether one lies in the namespace as written ("" is `<unset>`); of a built-in kind without
  /// namespace: anywhere.
  bool has(const KindPattern& kind, std::string_view namespace_) const;

  /// What a reference from `namespace_` to (kind, name) finds, or null. A namespaced object is
  /// looked for in that namespace ("" is `<unset>`); a reference that says `default` also finds
  /// an `<unset>` one where `default` has none. An object of a built-in kind that lives in no
  /// namespace is found from anywhere. The first of duplicates; with any_group the first group
  /// in byte order.
  const Resource* find(const KindPattern& kind, std::string_view namespace_,
                       std::string_view name) const;

  /// The resources with exactly this identity: group, kind, namespace as written (of a built-in
  /// kind without namespace: as if none were written) and name. In order.
  std::span<const Resource* const> same_identity(const Resource& resource) const;

  /// What the LimitRanges of a namespace as written ("" is `<unset>`) give its containers; null
  /// when there are none.
  const LimitDefaults* limit_defaults(std::string_view namespace_) const {
    return limit_defaults_.find(namespace_);
  }

  /// Whether no resource before this one in its file has its group and kind.
  bool is_first_of_kind(const Resource& resource) const {
    return first_of_kind_.contains(&resource);
  }

  bool is_one_unit() const;

  // What follows is built when first asked for, by whichever thread does.

  /// What refers to what by name, and what is made.
  const ReferenceGraph& references() const;
  /// What selects which pods by their labels.
  const Selection& selection() const;
  /// What must not be there twice, and is.
  const Pairs& pairs() const;
  /// Whether the namespace ("" is `<unset>`) has a resource that makes pods which no manifest
  /// shows (see makes_hidden_pods): what selects nothing here may select those.
  bool has_hidden_pods(std::string_view namespace_) const;

 private:
  struct Lazy;
  struct Key {
    std::uint64_t hash = 0;
    std::uint32_t index = 0;  // into resources_
  };

  std::span<const Resource* const> identity_range(std::string_view group, std::string_view kind,
                                                  std::string_view namespace_,
                                                  std::string_view name) const;
  const Resource* find_in(const KindPattern& kind, std::string_view where,
                          std::string_view name) const;

  std::vector<const Resource*> resources_;
  std::vector<const Resource*> by_kind_;  // by kind, group, order
  /// A kind that the scope has, and where.
  struct KindPlace {
    std::string_view kind;
    std::string_view group;
    std::string_view namespace_;

    friend auto operator<=>(const KindPlace&, const KindPlace&) = default;
  };
  std::vector<KindPlace> kind_places_;        // sorted
  std::vector<Key> keys_;                     // by hash of identity, identity, order
  std::vector<const Resource*> by_identity_;  // parallel to keys_
  std::unordered_map<const yaml::Node*, std::uint32_t> numbers_;
  std::unordered_set<const Resource*> first_of_kind_;  // in its file
  LimitDefaultsTable limit_defaults_;
  std::unique_ptr<Lazy> lazy_;
};

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_SCOPE_H_
