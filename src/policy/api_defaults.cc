#include "policy/api_defaults.h"

#include <algorithm>
#include <cstdint>

#include "cel/value_build.h"
#include "engine/document_values.h"
#include "k8s/group_kind.h"
#include "k8s/image.h"

namespace tidewaiter::policy {
namespace {

using cel::Value;

/// The mappings whose entries have defaults.
enum class Place : std::uint8_t {
  kNone,
  kObject,
  kSpec,
  kPodSpec,
  kContainer,
  kContainerPort,
  kProbe,
  kServicePort,
};

enum class Form : std::uint8_t { kText, kNumber, kFalse, kEmptyMapping, kPullPolicy, kPort };

/// One default. `kind` as k8s::parse_kind_pattern reads it.
struct Default {
  Place place;
  std::string_view kind;
  std::string_view key;
  Form form = Form::kText;
  std::string_view text = {};
  std::int64_t number = 0;
};

constexpr Default number(Place place, std::string_view kind, std::string_view key,
                         std::int64_t value) {
  return {.place = place, .kind = kind, .key = key, .form = Form::kNumber, .number = value};
}

constexpr Default text(Place place, std::string_view kind, std::string_view key,
                       std::string_view value) {
  return {.place = place, .kind = kind, .key = key, .text = value};
}

constexpr Default other(Place place, std::string_view kind, std::string_view key, Form form) {
  return {.place = place, .kind = kind, .key = key, .form = form};
}

constexpr Default kDefaults[] = {
    text(Place::kObject, "Secret", "type", "Opaque"),
    text(Place::kObject, "storage.k8s.io/StorageClass", "reclaimPolicy", "Delete"),
    text(Place::kObject, "storage.k8s.io/StorageClass", "volumeBindingMode", "Immediate"),
    number(Place::kSpec, "apps/Deployment", "replicas", 1),
    number(Place::kSpec, "apps/Deployment", "revisionHistoryLimit", 10),
    number(Place::kSpec, "apps/Deployment", "progressDeadlineSeconds", 600),
    number(Place::kSpec, "apps/StatefulSet", "replicas", 1),
    text(Place::kSpec, "apps/StatefulSet", "podManagementPolicy", "OrderedReady"),
    number(Place::kSpec, "apps/ReplicaSet", "replicas", 1),
    number(Place::kSpec, "ReplicationController", "replicas", 1),
    text(Place::kSpec, "Service", "type", "ClusterIP"),
    text(Place::kSpec, "Service", "sessionAffinity", "None"),
    text(Place::kSpec, "PersistentVolumeClaim", "volumeMode", "Filesystem"),
    number(Place::kSpec, "batch/Job", "backoffLimit", 6),
    text(Place::kSpec, "batch/Job", "completionMode", "NonIndexed"),
    other(Place::kSpec, "batch/Job", "suspend", Form::kFalse),
    text(Place::kSpec, "batch/CronJob", "concurrencyPolicy", "Allow"),
    other(Place::kSpec, "batch/CronJob", "suspend", Form::kFalse),
    number(Place::kSpec, "batch/CronJob", "successfulJobsHistoryLimit", 3),
    number(Place::kSpec, "batch/CronJob", "failedJobsHistoryLimit", 1),
    number(Place::kSpec, "autoscaling/HorizontalPodAutoscaler", "minReplicas", 1),
    text(Place::kPodSpec, "*/*", "restartPolicy", "Always"),
    text(Place::kPodSpec, "*/*", "dnsPolicy", "ClusterFirst"),
    text(Place::kPodSpec, "*/*", "schedulerName", "default-scheduler"),
    number(Place::kPodSpec, "*/*", "terminationGracePeriodSeconds", 30),
    other(Place::kPodSpec, "*/*", "securityContext", Form::kEmptyMapping),
    text(Place::kPodSpec, "Pod", "serviceAccountName", "default"),
    other(Place::kContainer, "*/*", "imagePullPolicy", Form::kPullPolicy),
    other(Place::kContainer, "*/*", "resources", Form::kEmptyMapping),
    text(Place::kContainer, "*/*", "terminationMessagePath", "/dev/termination-log"),
    text(Place::kContainer, "*/*", "terminationMessagePolicy", "File"),
    text(Place::kContainerPort, "*/*", "protocol", "TCP"),
    number(Place::kProbe, "*/*", "periodSeconds", 10),
    number(Place::kProbe, "*/*", "timeoutSeconds", 1),
    number(Place::kProbe, "*/*", "successThreshold", 1),
    number(Place::kProbe, "*/*", "failureThreshold", 3),
    text(Place::kServicePort, "Service", "protocol", "TCP"),
    other(Place::kServicePort, "Service", "targetPort", Form::kPort),
};

const yaml::Node* mapping_at(const yaml::Node* map, std::string_view key) {
  if (map == nullptr || !map->is_mapping()) return nullptr;
  const yaml::Node* value = map->find(key);
  return value != nullptr && value->is_mapping() ? value : nullptr;
}

const yaml::Node* find_pod_spec(const AdmissionRequest& request, const yaml::Node* spec) {
  switch (k8s::pod_place_of(request.group, request.kind)) {
    case k8s::PodPlace::kNone: return nullptr;
    case k8s::PodPlace::kItself: return spec;
    case k8s::PodPlace::kTemplate:
    case k8s::PodPlace::kJob: return mapping_at(mapping_at(spec, "template"), "spec");
    case k8s::PodPlace::kCronJob: break;
  }
  const yaml::Node* job = mapping_at(mapping_at(spec, "jobTemplate"), "spec");
  return mapping_at(mapping_at(job, "template"), "spec");
}

/// Always for a tag that moves or none, IfNotPresent for any other (SetDefaults_Container).
Value pull_policy(const yaml::Node& container) {
  const yaml::Node* image = container.find("image");
  if (image == nullptr || !image->is_string()) return Value::absent();
  const auto parsed = k8s::parse_image(image->as_string());
  const bool moves =
      parsed && parsed->digest.empty() && (parsed->tag.empty() || parsed->tag == "latest");
  return Value::string(moves ? "Always" : "IfNotPresent");
}

/// The mapping around `map`: of an item of a list that around the list. `key` is where it holds
/// it.
const yaml::Node* holder_of(const yaml::Node& map, std::string_view& key) {
  const yaml::Node* parent = map.parent();
  const yaml::Node* entry = parent != nullptr && parent->is_sequence() ? parent : &map;
  key = entry->key() == nullptr ? std::string_view() : entry->key()->as_string();
  return entry->parent();
}

bool is_probe(std::string_view key) {
  return key == "livenessProbe" || key == "readinessProbe" || key == "startupProbe";
}

bool is_container(const yaml::Node& map, const yaml::Node* pod_spec) {
  std::string_view key;
  return pod_spec != nullptr && holder_of(map, key) == pod_spec &&
         (key == "containers" || key == "initContainers");
}

/// The mappings of one object that have defaults.
struct Landmarks {
  const yaml::Node* object = nullptr;
  const yaml::Node* spec = nullptr;
  const yaml::Node* pod_spec = nullptr;
};

Place place_of(const yaml::Node& map, const Landmarks& at) {
  if (&map == at.object) return Place::kObject;
  if (&map == at.pod_spec) return Place::kPodSpec;
  if (&map == at.spec) return Place::kSpec;
  if (is_container(map, at.pod_spec)) return Place::kContainer;
  std::string_view key;
  const yaml::Node* holder = holder_of(map, key);
  if (holder == nullptr) return Place::kNone;
  if (holder == at.spec && key == "ports") return Place::kServicePort;
  if (!is_container(*holder, at.pod_spec)) return Place::kNone;
  if (key == "ports") return Place::kContainerPort;
  return is_probe(key) ? Place::kProbe : Place::kNone;
}

Value value_of(const Default& found, const yaml::Node& map) {
  switch (found.form) {
    case Form::kText: return Value::string(found.text);
    case Form::kNumber: return Value::integer(found.number);
    case Form::kFalse: return Value::boolean(false);
    case Form::kEmptyMapping: return engine::absent_mapping(map);
    case Form::kPullPolicy: return pull_policy(map);
    case Form::kPort: break;
  }
  const yaml::Node* port = map.find("port");
  return port == nullptr || port->is_null() ? Value::absent() : engine::value_of(*port);
}

}  // namespace

ApiDefaults::ApiDefaults(const AdmissionRequest& request)
    : group_(request.group), kind_(request.kind), object_(request.object) {
  spec_ = mapping_at(object_, "spec");
  pod_spec_ = find_pod_spec(request, spec_);
}

Value ApiDefaults::find(const yaml::Node& map, std::string_view key) const {
  const auto* const found = std::ranges::find_if(kDefaults, [&](const Default& row) {
    return row.key == key && k8s::parse_kind_pattern(row.kind).matches(group_, kind_) &&
           row.place == place_of(map, {object_, spec_, pod_spec_});
  });
  return found == std::end(kDefaults) ? Value::absent() : value_of(*found, map);
}

}  // namespace tidewaiter::policy
