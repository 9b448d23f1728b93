#ifndef TIDEWAITER_K8S_PAIRS_H_
#define TIDEWAITER_K8S_PAIRS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "yaml/node.h"

namespace tidewaiter::k8s {

struct Resource;
class Scope;

/// What two resources of a scope must not both be (RULES, Common readings: pairs).
enum class PairRelation : std::uint8_t {
  kDuplicate,    ///< One identity: group, kind, namespace, name.
  kAutoscaler,   ///< Two HPAs, or an HPA and a ScaledObject, on one target.
  kBudget,       ///< Two PodDisruptionBudgets that select the pods of one template.
  kWorkload,     ///< Two workloads whose selectors match each other's pods.
  kService,      ///< Two Services with equal selectors and a port number in common.
  kIngressPath,  ///< Two paths of Ingresses with one class, host, path and pathType.
};
/// "duplicate", "autoscaler", "budget", "workload", "service", "ingressPath".
std::string_view name_of(PairRelation relation);
std::optional<PairRelation> pair_relation_named(std::string_view name);

/// Whether two resources of a scope are surely deployed together: they lie in one folder, or
/// one kustomization lists, or one chart holds, all of the scope. What lies in another folder
/// may be meant for another cluster, unless both state a namespace.
bool are_together(const Scope& scope, const Resource& left, const Resource& right);

/// A resource, or a part of it, that has a partner earlier in the order of path, then place.
struct Pair {
  static constexpr std::uint32_t kNone = 0xFFFF'FFFFU;

  PairRelation relation = PairRelation::kDuplicate;
  std::uint32_t later = 0;  ///< Numbers of resources, as Scope::all().
  std::uint32_t first = 0;
  std::uint32_t via = kNone;       ///< kBudget: the workload that both select.
  const yaml::Node* at = nullptr;  ///< In the later one: what repeats (a name, selector, path).
  const yaml::Node* first_at = nullptr;  ///< The same in the first one.
  /// They lie in one folder, or in what one kustomization lists or one chart holds.
  bool is_one_unit = true;
};

/// All pairs of a scope. Of n copies each but the first has a pair with the first. A pair
/// counts in one folder (or among what one kustomization lists or one chart holds); across
/// folders only if both state the same namespace or live in none. Two definitions of one
/// identity are only a duplicate. Building takes O(n log n), and for budgets and workloads at
/// most kSteps for each resource and kFreeSteps: what lies beyond, in order, is not found.
/// Immutable; any thread.
class Pairs {
 public:
  static constexpr std::size_t kSteps = 32;
  static constexpr std::size_t kFreeSteps = 1'000'000;

  explicit Pairs(const Scope& scope);

  /// Those in which a resource is the later; several only for kIngressPath.
  std::span<const Pair> of(PairRelation relation, std::uint32_t later) const;

 private:
  std::vector<Pair> pairs_;  // by relation, later, order
};

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_PAIRS_H_
