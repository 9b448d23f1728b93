#ifndef TIDEWAITER_K8S_REPLICAS_H_
#define TIDEWAITER_K8S_REPLICAS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "k8s/group_kind.h"
#include "k8s/resource.h"
#include "k8s/scope.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// The kinds of Kubernetes' own whose replicas an autoscaler can set.
inline constexpr std::array<KindPattern, 4> kScalableKinds = {{
    {.group = "apps", .kind = "Deployment"},
    {.group = "apps", .kind = "StatefulSet"},
    {.group = "apps", .kind = "ReplicaSet"},
    {.group = "", .kind = "ReplicationController"},
}};
bool is_scalable(std::string_view group, std::string_view kind);

/// A number of replicas, and where it is from.
struct ReplicaCount {
  std::int64_t value = 0;
  /// Where it is written; a default has the mapping that leaves it out, or the null entry.
  const yaml::Node* at = nullptr;
};

/// How many replicas a workload is to have.
struct Replicas {
  /// Nothing where the manifest does not say it in numbers (`${REPLICAS}`).
  std::optional<ReplicaCount> least;
  std::optional<ReplicaCount> most;
  /// The HorizontalPodAutoscaler or ScaledObject of the scope that scales it; null: none.
  const Resource* scaler = nullptr;
};

/// The replicas of a workload that is scalable; nothing of another. An autoscaler's bounds
/// replace what the workload says (RULES, Common readings), but for an explicit 0 under a
/// HorizontalPodAutoscaler, which switches that off
/// (https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/, implicit
/// maintenance-mode deactivation). `workload` is its number in the scope. O(log n).
std::optional<Replicas> replicas_of(const Scope& scope, std::uint32_t workload);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_REPLICAS_H_
