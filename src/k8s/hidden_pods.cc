#include "k8s/hidden_pods.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "k8s/builtin_kinds.h"
#include "k8s/group_kind.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

constexpr KindPattern kMakers[] = {
    {.group = "keda.sh", .kind = "ScaledJob"},
    {.group = "serving.knative.dev", .kind = "Service"},
    {.group = "serving.knative.dev", .kind = "Configuration"},
    {.group = "argoproj.io", .kind = "Rollout"},
    {.group = "argoproj.io", .kind = "Workflow"},
    {.group = "argoproj.io", .kind = "WorkflowTemplate"},
    {.group = "argoproj.io", .kind = "ClusterWorkflowTemplate"},
    {.group = "argoproj.io", .kind = "CronWorkflow"},
    {.group = "postgresql.cnpg.io", .kind = "Cluster"},
    {.group = "postgresql.cnpg.io", .kind = "Pooler"},
    {.group = "kafka.strimzi.io", .kind = "*"},
    {.group = "core.strimzi.io", .kind = "*"},
    {.group = "monitoring.coreos.com", .kind = "Prometheus"},
    {.group = "monitoring.coreos.com", .kind = "PrometheusAgent"},
    {.group = "monitoring.coreos.com", .kind = "Alertmanager"},
    {.group = "monitoring.coreos.com", .kind = "ThanosRuler"},
};
/// Of these groups' own kinds that make no pods themselves.
constexpr KindPattern kNoMakers[] = {
    {.group = "kafka.strimzi.io", .kind = "KafkaTopic"},
    {.group = "kafka.strimzi.io", .kind = "KafkaUser"},
    {.group = "kafka.strimzi.io", .kind = "KafkaConnector"},
    {.group = "kafka.strimzi.io", .kind = "KafkaRebalance"},
};

bool is_one_of(std::span<const KindPattern> kinds, const Resource& resource) {
  return std::ranges::any_of(kinds, [&](const KindPattern& kind) {
    return kind.matches(resource.group, resource.kind);
  });
}

bool is_pod_template(const Node& node) {
  const Node* const metadata = node.find("metadata");
  const Node* const labels = metadata == nullptr ? nullptr : metadata->find("labels");
  const Node* const spec = node.find("spec");
  return (labels != nullptr && labels->size() > 0) ||
         (spec != nullptr && spec->find("containers") != nullptr);
}

/// Whether a pod template stands anywhere in it. Aliases are not followed: what they stand for
/// is in the document too.
bool holds_pod_template(const Node& object) {
  std::vector<const Node*> open = {&object};
  while (!open.empty()) {
    const Node& node = *open.back();
    open.pop_back();
    for (std::uint32_t i = 0; i < node.size(); ++i) {
      const bool in_mapping = node.is_mapping();
      const yaml::Entry entry = in_mapping ? node.entry(i) : yaml::Entry();
      const Node& child = in_mapping ? *entry.value : node.item(i);
      const std::string_view key = in_mapping ? entry.key->as_string() : std::string_view();
      if ((key == "template" || key == "podTemplate") && is_pod_template(child)) return true;
      if (!child.is_alias() && !child.is_scalar()) open.push_back(&child);
    }
  }
  return false;
}

}  // namespace

bool makes_hidden_pods(const Resource& resource) {
  if (resource.is_pod_kind) return false;  // a manifest shows them
  if (is_one_of(kMakers, resource)) return !is_one_of(kNoMakers, resource);
  return scope_of_kind(resource.group, resource.kind) == KindScope::kUnknown &&
         holds_pod_template(*resource.object);
}

}  // namespace tidewaiter::k8s
