#ifndef TIDEWAITER_K8S_SCOPE_H_
#define TIDEWAITER_K8S_SCOPE_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "k8s/group_kind.h"
#include "k8s/limit_defaults.h"
#include "k8s/pod_index.h"
#include "k8s/resource.h"

namespace tidewaiter::k8s {

/// Resources that are deployed together, so that references among them can be followed
/// (DESIGN 5). Borrows the resources, which must stay where they are; immutable, so safe to
/// share among threads. Building takes O(n log n) for n resources whatever their names are,
/// a look-up O(log n).
class Scope {
 public:
  Scope() = default;
  /// `resources` in the order of path, then place in the file: the order in which duplicates
  /// are told apart and all spans below are given.
  explicit Scope(std::vector<const Resource*> resources);

  std::span<const Resource* const> all() const { return resources_; }

  /// The resources of a kind. With any_group those of one group stay together, groups in byte
  /// order. The pattern `*` gives all.
  std::span<const Resource* const> of_kind(const KindPattern& kind) const;
  bool has(const KindPattern& kind) const { return !of_kind(kind).empty(); }

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

  /// The HorizontalPodAutoscaler or ScaledObject that scales a resource; the first in order of
  /// several, null if none does.
  const Resource* autoscaler_of(const Resource& resource) const;

  /// Pods and selectors; built when first asked for, by whichever thread does.
  const PodIndex& pods() const;

  /// The first resource of the same file with the identity of `resource`, when that is not
  /// `resource` itself; else null (TW007). Objects without name have no identity.
  const Resource* earlier_duplicate(const Resource& resource) const;

 private:
  struct LazyPods {
    std::once_flag once;
    PodIndex index;
  };
  struct Key {
    std::uint64_t hash = 0;
    std::uint32_t index = 0;  // into resources_
  };

  std::span<const Resource* const> identity_range(std::string_view group, std::string_view kind,
                                                  std::string_view namespace_,
                                                  std::string_view name) const;

  std::vector<const Resource*> resources_;
  std::vector<const Resource*> by_kind_;      // by kind, group, order
  std::vector<Key> keys_;                     // by hash of identity, identity, order
  std::vector<const Resource*> by_identity_;  // parallel to keys_
  std::unordered_map<const Resource*, const Resource*> earlier_;  // duplicates only
  std::unordered_set<const Resource*> first_of_kind_;             // in its file
  LimitDefaultsTable limit_defaults_;
  std::unordered_map<const Resource*, const Resource*> scaled_;  // to their autoscaler
  std::unique_ptr<LazyPods> pods_ = std::make_unique<LazyPods>();
};

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_SCOPE_H_
