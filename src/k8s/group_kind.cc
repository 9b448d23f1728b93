#include "k8s/group_kind.h"

namespace tidewaiter::k8s {
namespace {

struct PodKind {
  std::string_view group;
  std::string_view kind;
  PodPlace place;
};

// Every group that ever served the kind: `extensions` had the workloads before `apps`.
constexpr PodKind kPodKinds[] = {
    {"", "Pod", PodPlace::kItself},
    {"", "ReplicationController", PodPlace::kTemplate},
    {"apps", "DaemonSet", PodPlace::kTemplate},
    {"apps", "Deployment", PodPlace::kTemplate},
    {"apps", "ReplicaSet", PodPlace::kTemplate},
    {"apps", "StatefulSet", PodPlace::kTemplate},
    {"batch", "CronJob", PodPlace::kCronJob},
    {"batch", "Job", PodPlace::kJob},
    {"extensions", "DaemonSet", PodPlace::kTemplate},
    {"extensions", "Deployment", PodPlace::kTemplate},
    {"extensions", "Job", PodPlace::kJob},
    {"extensions", "ReplicaSet", PodPlace::kTemplate},
};

struct UsualVersion {
  std::string_view kind;
  std::string_view api_version;
};

constexpr UsualVersion kUsualVersions[] = {
    {"ClusterRole", "rbac.authorization.k8s.io/v1"},
    {"ClusterRoleBinding", "rbac.authorization.k8s.io/v1"},
    {"ConfigMap", "v1"},
    {"CronJob", "batch/v1"},
    {"CustomResourceDefinition", "apiextensions.k8s.io/v1"},
    {"DaemonSet", "apps/v1"},
    {"Deployment", "apps/v1"},
    {"HorizontalPodAutoscaler", "autoscaling/v2"},
    {"Ingress", "networking.k8s.io/v1"},
    {"IngressClass", "networking.k8s.io/v1"},
    {"Job", "batch/v1"},
    {"LimitRange", "v1"},
    {"List", "v1"},
    {"Namespace", "v1"},
    {"NetworkPolicy", "networking.k8s.io/v1"},
    {"PersistentVolume", "v1"},
    {"PersistentVolumeClaim", "v1"},
    {"Pod", "v1"},
    {"PodDisruptionBudget", "policy/v1"},
    {"PriorityClass", "scheduling.k8s.io/v1"},
    {"ReplicaSet", "apps/v1"},
    {"ReplicationController", "v1"},
    {"ResourceQuota", "v1"},
    {"Role", "rbac.authorization.k8s.io/v1"},
    {"RoleBinding", "rbac.authorization.k8s.io/v1"},
    {"Secret", "v1"},
    {"Service", "v1"},
    {"ServiceAccount", "v1"},
    {"StatefulSet", "apps/v1"},
    {"StorageClass", "storage.k8s.io/v1"},
};

}  // namespace

GroupVersion split_api_version(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  if (slash == std::string_view::npos) return {.group = {}, .version = api_version};
  return {.group = api_version.substr(0, slash), .version = api_version.substr(slash + 1)};
}

KindPattern parse_kind_pattern(std::string_view text) {
  if (text == "*") return {.group = {}, .kind = text, .any_group = true};
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) return {.group = {}, .kind = text};
  const std::string_view group = text.substr(0, slash);
  return {.group = group, .kind = text.substr(slash + 1), .any_group = group == "*"};
}

PodPlace pod_place_of(std::string_view group, std::string_view kind) {
  for (const PodKind& row : kPodKinds) {
    if (row.kind == kind && row.group == group) return row.place;
  }
  return PodPlace::kNone;
}

std::string_view usual_api_version(std::string_view kind) {
  for (const UsualVersion& row : kUsualVersions) {
    if (row.kind == kind) return row.api_version;
  }
  return {};
}

}  // namespace tidewaiter::k8s
