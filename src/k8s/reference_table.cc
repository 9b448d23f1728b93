#include "k8s/reference_table.h"

namespace tidewaiter::k8s {
namespace {

using Row = ReferenceRow;
using ObjectRow = ObjectReferenceRow;

constexpr std::string_view kSecretsStore = "secrets-store.csi.x-k8s.io";

/// Below each item of containers, initContainers and ephemeralContainers.
constexpr Row kContainerRows[] = {
    {.relation = Relation::kEnv,
     .path = "env.*.valueFrom.configMapKeyRef",
     .name = "name",
     .kind = "ConfigMap",
     .key = "key"},
    {.relation = Relation::kEnv,
     .path = "env.*.valueFrom.secretKeyRef",
     .name = "name",
     .kind = "Secret",
     .key = "key"},
    {.relation = Relation::kEnvFrom,
     .path = "envFrom.*.configMapRef",
     .name = "name",
     .kind = "ConfigMap"},
    {.relation = Relation::kEnvFrom,
     .path = "envFrom.*.secretRef",
     .name = "name",
     .kind = "Secret"},
};

/// Below each item of volumes.
constexpr Row kVolumeRows[] = {
    {.relation = Relation::kVolume,
     .path = "configMap",
     .name = "name",
     .kind = "ConfigMap",
     .items = "items.*.key"},
    {.relation = Relation::kVolume,
     .path = "secret",
     .name = "secretName",
     .kind = "Secret",
     .items = "items.*.key"},
    {.relation = Relation::kVolume,
     .path = "projected.sources.*.configMap",
     .name = "name",
     .kind = "ConfigMap",
     .items = "items.*.key"},
    {.relation = Relation::kVolume,
     .path = "projected.sources.*.secret",
     .name = "name",
     .kind = "Secret",
     .items = "items.*.key"},
    {.relation = Relation::kVolume,
     .path = "azureFile",
     .name = "secretName",
     .kind = "Secret"},
    {.relation = Relation::kMountCredential,
     .path = "csi.nodePublishSecretRef",
     .name = "name",
     .kind = "Secret"},
    {.relation = Relation::kClaim,
     .path = "persistentVolumeClaim",
     .name = "claimName",
     .kind = "PersistentVolumeClaim"},
    {.relation = Relation::kSecretProviderClass,
     .path = "csi.volumeAttributes",
     .name = "secretProviderClass",
     .kind = "SecretProviderClass",
     .group = kSecretsStore},
};

/// Below a pod spec.
constexpr Row kPodRows[] = {
    {.relation = Relation::kImagePullSecret,
     .path = "imagePullSecrets.*",
     .name = "name",
     .kind = "Secret"},
    {.relation = Relation::kPriorityClass,
     .path = "",
     .name = "priorityClassName",
     .kind = "PriorityClass",
     .group = "scheduling.k8s.io"},
    {.relation = Relation::kRuntimeClass,
     .path = "",
     .name = "runtimeClassName",
     .kind = "RuntimeClass",
     .group = "node.k8s.io"},
};

constexpr Row kServiceBackend = {.relation = Relation::kBackend,
                                 .path = "spec.rules.*.http.paths.*.backend.service",
                                 .name = "name",
                                 .kind = "Service",
                                 .key = "port.number",
                                 .other_key = "port.name"};
constexpr Row kDefaultBackend = {.relation = Relation::kBackend,
                                 .path = "spec.defaultBackend.service",
                                 .name = "name",
                                 .kind = "Service",
                                 .key = "port.number",
                                 .other_key = "port.name"};
constexpr Row kResourceBackend = {.relation = Relation::kResourceBackend,
                                  .path = "spec.rules.*.http.paths.*.backend.resource",
                                  .name = "name",
                                  .kind = "",
                                  .kind_from = KindFrom::kApiGroup};
constexpr Row kDefaultResource = {.relation = Relation::kResourceBackend,
                                  .path = "spec.defaultBackend.resource",
                                  .name = "name",
                                  .kind = "",
                                  .kind_from = KindFrom::kApiGroup};
/// Of v1beta1.
constexpr Row kOldBackend = {.relation = Relation::kBackend,
                             .path = "spec.rules.*.http.paths.*.backend",
                             .name = "serviceName",
                             .kind = "Service",
                             .key = "servicePort"};
constexpr Row kOldDefaultBackend = {.relation = Relation::kBackend,
                                    .path = "spec.backend",
                                    .name = "serviceName",
                                    .kind = "Service",
                                    .key = "servicePort"};
constexpr Row kIngressTls = {
    .relation = Relation::kTls, .path = "spec.tls.*", .name = "secretName", .kind = "Secret"};
constexpr Row kRoleRef = {.relation = Relation::kRole,
                          .path = "roleRef",
                          .name = "name",
                          .kind = "",
                          .group = "rbac.authorization.k8s.io",
                          .kind_from = KindFrom::kApiGroup};
constexpr Row kSubject = {.relation = Relation::kSubject,
                          .path = "subjects.*",
                          .name = "name",
                          .kind = "",
                          .kind_from = KindFrom::kApiGroup};
constexpr Row kStore = {.relation = Relation::kStore,
                        .path = "spec.secretStoreRef",
                        .name = "name",
                        .kind = "SecretStore",
                        .group = "external-secrets.io",
                        .kind_from = KindFrom::kKind};
constexpr Row kDataStore = {.relation = Relation::kStore,
                            .path = "spec.data.*.sourceRef.storeRef",
                            .name = "name",
                            .kind = "SecretStore",
                            .group = "external-secrets.io",
                            .kind_from = KindFrom::kKind};
constexpr Row kDataFromStore = {.relation = Relation::kStore,
                                .path = "spec.dataFrom.*.sourceRef.storeRef",
                                .name = "name",
                                .kind = "SecretStore",
                                .group = "external-secrets.io",
                                .kind_from = KindFrom::kKind};

constexpr ObjectRow kObjectRows[] = {
    {"autoscaling",
     "HorizontalPodAutoscaler",
     {.relation = Relation::kScaleTarget,
      .path = "spec.scaleTargetRef",
      .name = "name",
      .kind = "",
      .kind_from = KindFrom::kApiVersion}},
    {"keda.sh",
     "ScaledObject",
     {.relation = Relation::kScaleTarget,
      .path = "spec.scaleTargetRef",
      .name = "name",
      .kind = "Deployment",
      .group = "apps",
      .kind_from = KindFrom::kApiVersion}},
    {"autoscaling.k8s.io",
     "VerticalPodAutoscaler",
     {.relation = Relation::kScaleTarget,
      .path = "spec.targetRef",
      .name = "name",
      .kind = "",
      .kind_from = KindFrom::kApiVersion}},
    {"networking.k8s.io", "Ingress", kServiceBackend},
    {"networking.k8s.io", "Ingress", kDefaultBackend},
    {"networking.k8s.io", "Ingress", kResourceBackend},
    {"networking.k8s.io", "Ingress", kDefaultResource},
    {"networking.k8s.io", "Ingress", kOldBackend},
    {"networking.k8s.io", "Ingress", kOldDefaultBackend},
    {"networking.k8s.io", "Ingress", kIngressTls},
    {"extensions", "Ingress", kOldBackend},
    {"extensions", "Ingress", kOldDefaultBackend},
    {"extensions", "Ingress", kIngressTls},
    {"apps",
     "StatefulSet",
     {.relation = Relation::kServiceName,
      .path = "spec",
      .name = "serviceName",
      .kind = "Service"}},
    {"rbac.authorization.k8s.io", "RoleBinding", kRoleRef},
    {"rbac.authorization.k8s.io", "RoleBinding", kSubject},
    {"rbac.authorization.k8s.io", "ClusterRoleBinding", kRoleRef},
    {"rbac.authorization.k8s.io", "ClusterRoleBinding", kSubject},
    {"",
     "ServiceAccount",
     {.relation = Relation::kAccountSecret,
      .path = "secrets.*",
      .name = "name",
      .kind = "Secret"}},
    {"",
     "ServiceAccount",
     {.relation = Relation::kImagePullSecret,
      .path = "imagePullSecrets.*",
      .name = "name",
      .kind = "Secret"}},
    {"external-secrets.io", "ExternalSecret", kStore},
    {"external-secrets.io", "ExternalSecret", kDataStore},
    {"external-secrets.io", "ExternalSecret", kDataFromStore},
};

}  // namespace

std::span<const ReferenceRow> container_reference_rows() {
  return kContainerRows;
}

std::span<const ReferenceRow> volume_reference_rows() {
  return kVolumeRows;
}

std::span<const ReferenceRow> pod_reference_rows() {
  return kPodRows;
}

std::span<const ObjectReferenceRow> object_reference_rows() {
  return kObjectRows;
}

}  // namespace tidewaiter::k8s
