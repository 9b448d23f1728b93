#include "k8s/label_entries.h"

#include <unordered_set>
#include <utility>

#include "k8s/node_path.h"

namespace tidewaiter::k8s {

namespace {

using yaml::Node;

/// How the node at a place is to be read.
enum class Form : std::uint8_t {
  kObjectMeta,     ///< labels and annotations
  kLabelSelector,  ///< matchLabels and matchExpressions
  kLabelMap,       ///< a mapping of labels that must match
  kExpressions,    ///< a list of match expressions
};

/// A place below an object or a pod spec: keys joined by dots, `*` for every item of a list.
struct LabelPlace {
  std::string_view path;
  Form form;
  LabelPart part = LabelPart::kNone;
};

struct KindPlace {
  std::string_view group;
  std::string_view kind;
  LabelPlace place;
};

constexpr LabelPlace kPodPlaces[] = {
    {"nodeSelector", Form::kLabelMap},
    {"affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms"
     ".*.matchExpressions",
     Form::kExpressions},
    {"affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution.*.preference"
     ".matchExpressions",
     Form::kExpressions},
    {"affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution.*.labelSelector",
     Form::kLabelSelector},
    {"affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution.*.namespaceSelector",
     Form::kLabelSelector},
    {"affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution.*.podAffinityTerm"
     ".labelSelector",
     Form::kLabelSelector},
    {"affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution.*.podAffinityTerm"
     ".namespaceSelector",
     Form::kLabelSelector},
    {"affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution.*.labelSelector",
     Form::kLabelSelector},
    {"affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution.*"
     ".namespaceSelector",
     Form::kLabelSelector},
    {"affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution.*"
     ".podAffinityTerm.labelSelector",
     Form::kLabelSelector},
    {"affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution.*"
     ".podAffinityTerm.namespaceSelector",
     Form::kLabelSelector},
    {"topologySpreadConstraints.*.labelSelector", Form::kLabelSelector},
    {"volumes.*.projected.sources.*.clusterTrustBundle.labelSelector", Form::kLabelSelector},
    {"volumes.*.ephemeral.volumeClaimTemplate.metadata", Form::kObjectMeta,
     LabelPart::kVolumeClaimTemplate},
    {"volumes.*.ephemeral.volumeClaimTemplate.spec.selector", Form::kLabelSelector},
};

constexpr KindPlace kKindPlaces[] = {
    {"",
     "PersistentVolume",
     {"spec.nodeAffinity.required.nodeSelectorTerms.*.matchExpressions", Form::kExpressions}},
    {"", "PersistentVolumeClaim", {"spec.selector", Form::kLabelSelector}},
    {"", "PodTemplate", {"template.metadata", Form::kObjectMeta, LabelPart::kPodTemplate}},
    {"", "ReplicationController", {"spec.selector", Form::kLabelMap}},
    {"", "Service", {"spec.selector", Form::kLabelMap}},
    {"admissionregistration.k8s.io",
     "MutatingWebhookConfiguration",
     {"webhooks.*.namespaceSelector", Form::kLabelSelector}},
    {"admissionregistration.k8s.io",
     "MutatingWebhookConfiguration",
     {"webhooks.*.objectSelector", Form::kLabelSelector}},
    {"admissionregistration.k8s.io",
     "ValidatingAdmissionPolicy",
     {"spec.matchConstraints.namespaceSelector", Form::kLabelSelector}},
    {"admissionregistration.k8s.io",
     "ValidatingAdmissionPolicy",
     {"spec.matchConstraints.objectSelector", Form::kLabelSelector}},
    {"admissionregistration.k8s.io",
     "ValidatingAdmissionPolicyBinding",
     {"spec.matchResources.namespaceSelector", Form::kLabelSelector}},
    {"admissionregistration.k8s.io",
     "ValidatingAdmissionPolicyBinding",
     {"spec.matchResources.objectSelector", Form::kLabelSelector}},
    {"admissionregistration.k8s.io",
     "ValidatingWebhookConfiguration",
     {"webhooks.*.namespaceSelector", Form::kLabelSelector}},
    {"admissionregistration.k8s.io",
     "ValidatingWebhookConfiguration",
     {"webhooks.*.objectSelector", Form::kLabelSelector}},
    {"apps", "DaemonSet", {"spec.selector", Form::kLabelSelector}},
    {"apps", "Deployment", {"spec.selector", Form::kLabelSelector}},
    {"apps", "ReplicaSet", {"spec.selector", Form::kLabelSelector}},
    {"apps", "StatefulSet", {"spec.selector", Form::kLabelSelector}},
    {"apps",
     "StatefulSet",
     {"spec.volumeClaimTemplates.*.metadata", Form::kObjectMeta,
      LabelPart::kVolumeClaimTemplate}},
    {"apps",
     "StatefulSet",
     {"spec.volumeClaimTemplates.*.spec.selector", Form::kLabelSelector}},
    {"autoscaling",
     "HorizontalPodAutoscaler",
     {"spec.metrics.*.external.metric.selector", Form::kLabelSelector}},
    {"autoscaling",
     "HorizontalPodAutoscaler",
     {"spec.metrics.*.object.metric.selector", Form::kLabelSelector}},
    {"autoscaling",
     "HorizontalPodAutoscaler",
     {"spec.metrics.*.pods.metric.selector", Form::kLabelSelector}},
    {"batch",
     "CronJob",
     {"spec.jobTemplate.metadata", Form::kObjectMeta, LabelPart::kJobTemplate}},
    {"batch", "CronJob", {"spec.jobTemplate.spec.selector", Form::kLabelSelector}},
    {"batch", "Job", {"spec.selector", Form::kLabelSelector}},
    {"networking.k8s.io", "NetworkPolicy", {"spec.podSelector", Form::kLabelSelector}},
    {"node.k8s.io", "RuntimeClass", {"scheduling.nodeSelector", Form::kLabelMap}},
    {"networking.k8s.io",
     "NetworkPolicy",
     {"spec.ingress.*.from.*.podSelector", Form::kLabelSelector}},
    {"networking.k8s.io",
     "NetworkPolicy",
     {"spec.ingress.*.from.*.namespaceSelector", Form::kLabelSelector}},
    {"networking.k8s.io",
     "NetworkPolicy",
     {"spec.egress.*.to.*.podSelector", Form::kLabelSelector}},
    {"networking.k8s.io",
     "NetworkPolicy",
     {"spec.egress.*.to.*.namespaceSelector", Form::kLabelSelector}},
    {"policy", "PodDisruptionBudget", {"spec.selector", Form::kLabelSelector}},
    {"rbac.authorization.k8s.io",
     "ClusterRole",
     {"aggregationRule.clusterRoleSelectors.*", Form::kLabelSelector}},
};

class Collector {
 public:
  void add(const Node& from, const LabelPlace& place) {
    for (const Node* const node : nodes_at(from, place.path)) read(*node, place);
  }

  std::vector<LabelEntry> take() { return std::move(entries_); }

 private:
  void read(const Node& node, const LabelPlace& place) {
    switch (place.form) {
      case Form::kObjectMeta:
        add_map(node.find("labels"), LabelRole::kLabel, place.part);
        add_map(node.find("annotations"), LabelRole::kAnnotation, place.part);
        return;
      case Form::kLabelSelector:
        add_map(node.find("matchLabels"), LabelRole::kSelector, LabelPart::kNone);
        add_expressions(node.find("matchExpressions"));
        return;
      case Form::kLabelMap: add_map(&node, LabelRole::kSelector, LabelPart::kNone); return;
      case Form::kExpressions: add_expressions(&node); return;
    }
  }

  void add_map(const Node* map, LabelRole role, LabelPart part) {
    if (map == nullptr || !map->is_mapping()) return;
    for (std::uint32_t i = 0; i < map->size(); ++i) {
      const yaml::Entry entry = map->entry(i);
      if (!seen_.insert(entry.key).second) continue;
      entries_.push_back({.role = role,
                          .part = part,
                          .key = entry.key,
                          .value = entry.value->is_null() ? nullptr : entry.value});
    }
  }

  void add_expressions(const Node* list) {
    if (list == nullptr || !list->is_sequence()) return;
    for (std::uint32_t i = 0; i < list->size(); ++i) {
      const Node& expression = list->item(i);
      if (const Node* key = expression.find("key"); key != nullptr && key->is_string()) {
        add_once({.role = LabelRole::kSelector, .key = key}, *key);
      }
      const Node* values = expression.find("values");
      if (values == nullptr || !values->is_sequence()) continue;
      for (std::uint32_t j = 0; j < values->size(); ++j) {
        const Node& value = values->item(j);
        add_once({.role = LabelRole::kSelector, .value = &value}, value);
      }
    }
  }

  void add_once(const LabelEntry& entry, const Node& written) {
    if (seen_.insert(&written).second) entries_.push_back(entry);
  }

  std::vector<LabelEntry> entries_;
  std::unordered_set<const Node*> seen_;
};

}  // namespace

std::vector<LabelEntry> label_entries(const Resource& resource) {
  if (resource.object == nullptr) return {};
  Collector collector;
  collector.add(*resource.object, {"metadata", Form::kObjectMeta, LabelPart::kMetadata});
  if (resource.pod_meta != nullptr) {
    collector.add(*resource.pod_meta, {"", Form::kObjectMeta, LabelPart::kPodTemplate});
  }
  for (const KindPlace& row : kKindPlaces) {
    if (row.kind == resource.kind && row.group == resource.group) {
      collector.add(*resource.object, row.place);
    }
  }
  if (resource.pod != nullptr) {
    for (const LabelPlace& place : kPodPlaces) collector.add(*resource.pod, place);
  }
  return collector.take();
}

std::string_view name_of(LabelRole role) {
  static constexpr std::string_view kNames[] = {"label", "annotation", "selector"};
  return kNames[static_cast<std::size_t>(role)];
}

std::string_view name_of(LabelPart part) {
  static constexpr std::string_view kNames[] = {"", "metadata", "pod template", "job template",
                                                "volume claim template"};
  return kNames[static_cast<std::size_t>(part)];
}

}  // namespace tidewaiter::k8s
