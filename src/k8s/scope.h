#ifndef TIDEWAITER_K8S_SCOPE_H_
#define TIDEWAITER_K8S_SCOPE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "k8s/group_kind.h"
#include "k8s/limit_defaults.h"
#include "k8s/resource.h"
#include "k8s/scope_facts.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

class FolderKinds;
class Pairs;
class ReferenceGraph;
class Scope;
class Selection;

/// Resources that are deployed together, so that references among them can be followed (DESIGN
/// 5): those that are judged and, for references only, what a kustomization lists besides.
/// What counts as a resource's namespace and name is what `Resource` says, whatever its object
/// has written. Borrows the resources, which must stay where they are; immutable, so safe to
/// share among threads. Building takes O(n log n) for n resources whatever their names are,
/// nearly all of it linear; a look-up takes O(1), and O(log n) for names that were chosen to
/// collide.
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
  /// Whether one lies in the namespace as written ("" is `<unset>`); of a kind that
  /// is_found_from_anywhere: anywhere.
  bool has(const KindPattern& kind, std::string_view namespace_) const;

  /// What a reference from `namespace_` to (kind, name) finds, or null. A namespaced object is
  /// looked for in that namespace ("" is `<unset>`); a reference that says `default` also
  /// finds an `<unset>` one where `default` has none; but see is_found_from_anywhere. The first
  /// of duplicates; with any_group the first group in byte order.
  const Resource* find(const KindPattern& kind, std::string_view namespace_,
                       std::string_view name) const;
  /// As above: its number.
  std::optional<std::uint32_t> find_number(const KindPattern& kind, std::string_view namespace_,
                                           std::string_view name) const;

  /// The resources with exactly this identity: group, kind, namespace as written (of a kind
  /// that is_found_from_anywhere: as if none were written) and name. In order.
  std::span<const Resource* const> same_identity(const Resource& resource) const;

  /// What the LimitRanges of a namespace as written ("" is `<unset>`) give its containers;
  /// null when there are none.
  const LimitDefaults* limit_defaults(std::string_view namespace_) const {
    return limit_defaults_.find(namespace_);
  }

  /// Whether no resource before this one in its file has its group and kind.
  bool is_first_of_kind(const Resource& resource) const;

  /// The numbers of resources that have one identity with others, a list for each identity.
  std::vector<std::vector<std::uint32_t>> copies() const;

  bool is_one_unit() const;
  /// One unit lists the others of the scope, but not this one.
  bool is_unlisted(std::uint32_t resource) const;
  /// See ScopeFacts::patched, is_open, overlays.
  bool is_patched(std::uint32_t resource) const;
  bool is_open() const;
  std::span<const Scope* const> overlays() const;
  /// See ScopeFacts::set_images; never null.
  const SetImages& set_images() const;

  // What follows is built when first asked for, by whichever thread does.

  /// What refers to what by name, and what is made.
  const ReferenceGraph& references() const;
  /// What selects which pods by their labels.
  const Selection& selection() const;
  /// What must not be there twice, and is.
  const Pairs& pairs() const;
  /// Which kinds lie in which files and folders.
  const FolderKinds& folder_kinds() const;
  /// Whether the namespace ("" is `<unset>`) may have pods that the scope does not show, so
  /// that what selects nothing here may select those: a resource makes them (see
  /// makes_hidden_pods), something was not read, or overlays have more pods.
  bool has_hidden_pods(std::string_view namespace_) const;

 private:
  struct Lazy;
  /// The resources of one kind: a part of by_kind_.
  struct KindRun {
    std::string_view kind;
    std::string_view group;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool in_cluster = false;  ///< Found from any namespace.

    auto key() const { return std::tie(kind, group); }
  };
  /// What a resource is found by; its kind as a position in kinds_.
  struct Identity {
    std::uint32_t kind = 0;
    std::string_view namespace_;
    std::string_view name;

    friend auto operator<=>(const Identity&, const Identity&) = default;
  };
  struct Key {
    std::uint64_t hash = 0;
    std::uint32_t number = 0;
  };

  void index_kinds();
  void index_identities();
  void index_objects();
  std::uint64_t hash_of(const Identity& identity) const;
  std::uint64_t hash_of_place(std::uint32_t kind, std::string_view namespace_) const;
  Identity identity_of(std::uint32_t number) const;
  std::span<const KindRun> runs_of(const KindPattern& kind) const;
  /// The part of keys_ with exactly this identity.
  std::span<const Key> keys_of(const Identity& identity) const;
  std::optional<std::uint32_t> find_in(const KindRun& run, std::string_view namespace_,
                                       std::string_view name) const;
  void index_facts();
  std::vector<std::uint32_t> numbers_of(const std::vector<const Resource*>& resources) const;
  const Lazy& with_pods() const;

  std::vector<const Resource*> resources_;
  std::vector<KindRun> kinds_;                // by kind, group
  std::vector<std::uint32_t> kind_of_;        // of each resource: into kinds_
  std::vector<const Resource*> by_kind_;      // by kind, group, order
  std::vector<bool> first_of_kind_;           // of each resource: in its file
  std::vector<std::uint64_t> places_;         // sorted hashes of kinds and their namespaces
  std::vector<Key> keys_;                     // by hash of identity, identity, order
  std::vector<std::uint32_t> first_key_;      // by the first bits of the hash; and the end
  std::vector<const Resource*> by_identity_;  // parallel to keys_
  std::vector<std::uint32_t> by_object_;      // an open hash table of numbers + 1
  LimitDefaultsTable limit_defaults_;
  std::unique_ptr<Lazy> lazy_;
};

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_SCOPE_H_
