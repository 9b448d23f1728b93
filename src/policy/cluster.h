#ifndef TIDEWAITER_POLICY_CLUSTER_H_
#define TIDEWAITER_POLICY_CLUSTER_H_

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "k8s/resource.h"

namespace tidewaiter::policy {

/// A kind as the API serves it.
struct ApiResource {
  std::string_view plural;  ///< "pods"
  /// When `plural` is a guess and tools that guess mechanically say something else: that.
  std::string_view other_plural = {};
  bool namespaced = true;
  /// Built in, or defined by a CustomResourceDefinition: the rest is no guess.
  bool known = false;
  /// The versions that a CustomResourceDefinition serves; empty for all other kinds.
  std::span<const std::string_view> served_versions = {};
};

/// What is known of the cluster that the manifests are meant for: the namespaces among them,
/// what the CustomResourceDefinitions among them say, and the objects that policies may take as
/// params. Of several manifests with one identity the first counts. Borrows the resources;
/// immutable, so shared by all threads. Building is linear, look-ups take constant time (a hash
/// each).
class Cluster {
 public:
  explicit Cluster(std::span<const k8s::Resource* const> resources);

  /// The plural and scope of a kind: from its CustomResourceDefinition, else built in, else the
  /// kind in lower case with s, es or ies (a guess), namespaced. The plural is empty for a kind
  /// that is neither defined nor met among the cluster's resources.
  ApiResource resource_of(std::string_view group, std::string_view kind) const;

  /// The Namespace of that name; null when no manifest has it.
  const k8s::Resource* namespace_named(std::string_view name) const;

  /// The objects of a param's kind in a namespace ("" for cluster-scoped kinds), in the order
  /// of the resources. An object that states no namespace lies in "default". The version plays
  /// no part: the API server converts params.
  std::span<const k8s::Resource* const> params(std::string_view group, std::string_view kind,
                                               std::string_view namespace_) const;
  /// The one of them with that name, or null.
  const k8s::Resource* param_named(std::string_view group, std::string_view kind,
                                   std::string_view namespace_, std::string_view name) const;
  /// Whether some object of the kind states a namespace.
  bool states_namespace(std::string_view group, std::string_view kind) const;

 private:
  /// Up to four names that identify something together.
  struct Key {
    std::string_view group;
    std::string_view kind;
    std::string_view namespace_ = {};
    std::string_view name = {};

    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };
  template <class T>
  using Map = std::unordered_map<Key, T, Hash>;

  struct Kind {
    std::string_view plural;
    std::string_view other_plural = {};
    bool namespaced = true;
    bool known = false;
    bool states_namespace = false;
    std::vector<std::string_view> served_versions = {};
  };

  void define(const k8s::Resource& definition);
  void meet(const k8s::Resource& resource);
  void add(const k8s::Resource& resource);

  std::deque<std::string> plurals_;                 // those that no text holds
  Map<Kind> kinds_;                                 // by group and kind
  Map<std::vector<const k8s::Resource*>> objects_;  // by group, kind and namespace
  Map<const k8s::Resource*> by_name_;               // by all four
};

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_CLUSTER_H_
