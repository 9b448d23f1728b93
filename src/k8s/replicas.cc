#include "k8s/replicas.h"

#include <algorithm>
#include <string_view>

#include "k8s/reference_graph.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

/// A number in the spec of a resource; `otherwise` where it is absent, nothing where it is no
/// number.
std::optional<ReplicaCount> count_in_spec(const Resource& resource, std::string_view field,
                                          std::optional<std::int64_t> otherwise) {
  const Node* at = resource.object;
  if (const Node* const spec = at->find("spec")) at = spec;
  const Node* const written = at == resource.object ? nullptr : at->find(field);
  if (written != nullptr) at = written;
  if (written != nullptr && !written->is_null()) {
    if (written->kind() != yaml::Kind::kInt) return std::nullopt;
    return ReplicaCount{.value = written->as_int(), .at = at};
  }
  if (!otherwise) return std::nullopt;
  return ReplicaCount{.value = *otherwise, .at = at};
}

}  // namespace

bool is_scalable(std::string_view group, std::string_view kind) {
  return std::ranges::any_of(
      kScalableKinds, [&](const KindPattern& pattern) { return pattern.matches(group, kind); });
}

std::optional<Replicas> replicas_of(const Scope& scope, std::uint32_t workload) {
  const Resource& resource = *scope.all()[workload];
  if (!is_scalable(resource.group, resource.kind)) return std::nullopt;
  const auto own = count_in_spec(resource, "replicas", 1);
  Replicas replicas{.least = own, .most = own};
  replicas.scaler = scope.references().autoscaler_of(workload);
  if (replicas.scaler == nullptr) return replicas;
  if (replicas.scaler->kind == "ScaledObject") {
    replicas.least = count_in_spec(*replicas.scaler, "minReplicaCount", 0);
    replicas.most = count_in_spec(*replicas.scaler, "maxReplicaCount", 100);
  } else if (!own || own->value != 0) {
    replicas.least = count_in_spec(*replicas.scaler, "minReplicas", 1);
    replicas.most = count_in_spec(*replicas.scaler, "maxReplicas", std::nullopt);
  }
  return replicas;
}

}  // namespace tidewaiter::k8s
