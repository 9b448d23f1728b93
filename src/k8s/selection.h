#ifndef TIDEWAITER_K8S_SELECTION_H_
#define TIDEWAITER_K8S_SELECTION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "k8s/group_kind.h"
#include "k8s/resource.h"
#include "k8s/selector.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// Which pods (and pod templates) of a scope the selectors of Services, PodDisruptionBudgets,
/// NetworkPolicies and workloads mean, in both directions, by an index of labels. Resources are
/// known by their position in the span that it was built from. Immutable; any thread; borrows
/// from the manifests.
///
/// Equal selectors of one namespace are one class, worked out once, and a class that selects
/// every pod of its namespace costs nothing more than the pods themselves, so the usual
/// "everything selects everything" stays linear. Else the work is that of the matches plus the
/// pods that share a selector's rarest label, of which building looks at no more than
/// kChecksPerResource for each resource and kFreeChecks: selectors beyond, in order, are not
/// worked out, and nobody gets an answer that they would change.
class Selection {
 public:
  static constexpr std::size_t kChecksPerResource = 32;
  static constexpr std::size_t kFreeChecks = 1'000'000;
  /// What one question about any labels or selector may look at.
  static constexpr std::size_t kMostCandidates = 10'000;

  explicit Selection(std::span<const Resource* const> resources);

  /// The pods that a resource's own selector means, in order; nothing when it has no selector
  /// or an empty one that means none. No value: not worked out.
  std::optional<std::span<const std::uint32_t>> selected_by(std::uint32_t resource) const;

  /// The selector of a resource that has one: spec.selector, of a NetworkPolicy
  /// spec.podSelector, or its spec where that is absent, which means every pod; else null.
  static const yaml::Node* selector_of(const Resource& resource);

  /// A class of equal selectors: its number, below classes().
  using Class = std::uint32_t;
  static constexpr Class kNoClass = 0xFFFF'FFFFU;
  Class class_of(std::uint32_t resource) const { return class_of_[resource]; }
  /// The resources with the selector, by kind and group, then in order.
  std::span<const std::uint32_t> members(Class selector) const;
  std::span<const std::uint32_t> members(Class selector, const KindPattern& kind) const;
  std::span<const std::uint32_t> pods(Class selector) const;
  /// The classes that select a pod. The first is its namespace's "every pod", if there is one.
  /// No value: some selector of its namespace was not worked out.
  std::optional<std::vector<Class>> classes_selecting(std::uint32_t pod) const;

  /// The resources of a kind that select a pod, in order: a part of the index, or when several
  /// classes select it of `buffer`. No value as above, or when several classes have more than
  /// kMostCandidates.
  std::optional<std::span<const std::uint32_t>> selecting(
      std::uint32_t pod, const KindPattern& kind, std::vector<std::uint32_t>& buffer) const;

  /// Whether the namespace as written has a pod (template).
  bool has_pods(std::string_view namespace_) const;
  /// Whether a label selector matches the labels of a pod in the namespace; an empty one
  /// matches every pod. Looks at kMostCandidates at most, so that beyond it finds less.
  bool any_pod_matches(const yaml::Node& selector, std::string_view namespace_) const;

 private:
  /// A pod under a label that it has, or under its namespace.
  struct Entry {
    std::uint64_t hash = 0;
    std::uint32_t pod = 0;
  };
  struct Selector {
    const yaml::Node* node = nullptr;
    SelectorForm form = SelectorForm::kLabelSelector;
    std::string_view namespace_;
    std::uint64_t hash = 0;
    std::uint32_t owner = 0;
  };
  struct ClassData {
    std::uint32_t first_member = 0;
    std::uint32_t first_pod = 0;
    std::uint32_t end_pod = 0;
    bool is_everything = false;
    bool is_known = true;
  };
  struct Namespace {
    std::string_view name;
    Class everything = kNoClass;
    bool is_known = true;
  };

  void index_pods();
  std::vector<Selector> selectors() const;
  void make_classes(std::vector<Selector> selectors);
  void match(const Selector& selector, ClassData& data, std::size_t& checks);
  void index_pod_classes();
  std::span<const Entry> under(std::uint64_t hash) const;
  std::span<const Entry> candidates(const yaml::Node& selector, SelectorForm form,
                                    std::string_view namespace_) const;
  const Namespace* find_namespace(std::string_view name) const;

  std::span<const Resource* const> resources_;
  std::vector<Entry> entries_;  // by hash, pod
  std::vector<Class> class_of_;
  std::vector<ClassData> classes_;       // in the order of their first members
  std::vector<std::uint32_t> members_;   // by class, kind, group, order
  std::vector<std::uint32_t> selected_;  // pods by class, in order
  std::vector<Class> pod_classes_;       // by pod
  std::vector<std::uint32_t> first_pod_class_;
  std::vector<Namespace> namespaces_;  // those with pods, by name
};

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_SELECTION_H_
