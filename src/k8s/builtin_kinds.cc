#include "k8s/builtin_kinds.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tidewaiter::k8s {

namespace {

struct BuiltinKind {
  std::string_view group;
  std::string_view kind;
  KindScope scope;

  constexpr std::pair<std::string_view, std::string_view> key() const { return {group, kind}; }
};

constexpr BuiltinKind kKinds[] = {
    // sorted by group, then kind
    {"", "Binding", KindScope::kNamespaced},
    {"", "ComponentStatus", KindScope::kCluster},
    {"", "ConfigMap", KindScope::kNamespaced},
    {"", "Endpoints", KindScope::kNamespaced},
    {"", "Event", KindScope::kNamespaced},
    {"", "LimitRange", KindScope::kNamespaced},
    {"", "Namespace", KindScope::kCluster},
    {"", "Node", KindScope::kCluster},
    {"", "PersistentVolume", KindScope::kCluster},
    {"", "PersistentVolumeClaim", KindScope::kNamespaced},
    {"", "Pod", KindScope::kNamespaced},
    {"", "PodTemplate", KindScope::kNamespaced},
    {"", "ReplicationController", KindScope::kNamespaced},
    {"", "ResourceQuota", KindScope::kNamespaced},
    {"", "Secret", KindScope::kNamespaced},
    {"", "Service", KindScope::kNamespaced},
    {"", "ServiceAccount", KindScope::kNamespaced},
    {"admissionregistration.k8s.io", "ExternalAdmissionHookConfiguration", KindScope::kCluster},
    {"admissionregistration.k8s.io", "InitializerConfiguration", KindScope::kCluster},
    {"admissionregistration.k8s.io", "MutatingAdmissionPolicy", KindScope::kCluster},
    {"admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding", KindScope::kCluster},
    {"admissionregistration.k8s.io", "MutatingWebhookConfiguration", KindScope::kCluster},
    {"admissionregistration.k8s.io", "ValidatingAdmissionPolicy", KindScope::kCluster},
    {"admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding", KindScope::kCluster},
    {"admissionregistration.k8s.io", "ValidatingWebhookConfiguration", KindScope::kCluster},
    {"apiextensions.k8s.io", "CustomResourceDefinition", KindScope::kCluster},
    {"apiregistration.k8s.io", "APIService", KindScope::kCluster},
    {"apps", "ControllerRevision", KindScope::kNamespaced},
    {"apps", "DaemonSet", KindScope::kNamespaced},
    {"apps", "Deployment", KindScope::kNamespaced},
    {"apps", "ReplicaSet", KindScope::kNamespaced},
    {"apps", "Scale", KindScope::kNamespaced},
    {"apps", "StatefulSet", KindScope::kNamespaced},
    {"auditregistration.k8s.io", "AuditSink", KindScope::kCluster},
    {"authentication.k8s.io", "SelfSubjectReview", KindScope::kCluster},
    {"authentication.k8s.io", "TokenRequest", KindScope::kNamespaced},
    {"authentication.k8s.io", "TokenReview", KindScope::kCluster},
    {"authorization.k8s.io", "LocalSubjectAccessReview", KindScope::kNamespaced},
    {"authorization.k8s.io", "SelfSubjectAccessReview", KindScope::kCluster},
    {"authorization.k8s.io", "SelfSubjectRulesReview", KindScope::kCluster},
    {"authorization.k8s.io", "SubjectAccessReview", KindScope::kCluster},
    {"autoscaling", "HorizontalPodAutoscaler", KindScope::kNamespaced},
    {"autoscaling", "Scale", KindScope::kNamespaced},
    {"batch", "CronJob", KindScope::kNamespaced},
    {"batch", "Job", KindScope::kNamespaced},
    {"certificates.k8s.io", "CertificateSigningRequest", KindScope::kCluster},
    {"certificates.k8s.io", "ClusterTrustBundle", KindScope::kCluster},
    {"certificates.k8s.io", "PodCertificateRequest", KindScope::kNamespaced},
    {"coordination.k8s.io", "Lease", KindScope::kNamespaced},
    {"coordination.k8s.io", "LeaseCandidate", KindScope::kNamespaced},
    {"discovery.k8s.io", "EndpointSlice", KindScope::kNamespaced},
    {"events.k8s.io", "Event", KindScope::kNamespaced},
    {"extensions", "DaemonSet", KindScope::kNamespaced},
    {"extensions", "Deployment", KindScope::kNamespaced},
    {"extensions", "Ingress", KindScope::kNamespaced},
    {"extensions", "NetworkPolicy", KindScope::kNamespaced},
    {"extensions", "PodSecurityPolicy", KindScope::kCluster},
    {"extensions", "ReplicaSet", KindScope::kNamespaced},
    {"extensions", "Scale", KindScope::kNamespaced},
    {"extensions", "ThirdPartyResource", KindScope::kCluster},
    {"flowcontrol.apiserver.k8s.io", "FlowSchema", KindScope::kCluster},
    {"flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration", KindScope::kCluster},
    {"internal.apiserver.k8s.io", "StorageVersion", KindScope::kCluster},
    {"lifecycle.k8s.io", "Eviction", KindScope::kNamespaced},
    {"lifecycle.k8s.io", "EvictionRequest", KindScope::kNamespaced},
    {"networking.k8s.io", "ClusterCIDR", KindScope::kCluster},
    {"networking.k8s.io", "IPAddress", KindScope::kCluster},
    {"networking.k8s.io", "Ingress", KindScope::kNamespaced},
    {"networking.k8s.io", "IngressClass", KindScope::kCluster},
    {"networking.k8s.io", "NetworkPolicy", KindScope::kNamespaced},
    {"networking.k8s.io", "ServiceCIDR", KindScope::kCluster},
    {"node.k8s.io", "RuntimeClass", KindScope::kCluster},
    {"policy", "Eviction", KindScope::kNamespaced},
    {"policy", "PodDisruptionBudget", KindScope::kNamespaced},
    {"policy", "PodSecurityPolicy", KindScope::kCluster},
    {"rbac.authorization.k8s.io", "ClusterRole", KindScope::kCluster},
    {"rbac.authorization.k8s.io", "ClusterRoleBinding", KindScope::kCluster},
    {"rbac.authorization.k8s.io", "Role", KindScope::kNamespaced},
    {"rbac.authorization.k8s.io", "RoleBinding", KindScope::kNamespaced},
    {"resource.k8s.io", "DeviceClass", KindScope::kCluster},
    {"resource.k8s.io", "DeviceTaintRule", KindScope::kCluster},
    {"resource.k8s.io", "PodScheduling", KindScope::kNamespaced},
    {"resource.k8s.io", "PodSchedulingContext", KindScope::kNamespaced},
    {"resource.k8s.io", "ResourceClaim", KindScope::kNamespaced},
    {"resource.k8s.io", "ResourceClaimParameters", KindScope::kNamespaced},
    {"resource.k8s.io", "ResourceClaimTemplate", KindScope::kNamespaced},
    {"resource.k8s.io", "ResourceClass", KindScope::kCluster},
    {"resource.k8s.io", "ResourceClassParameters", KindScope::kNamespaced},
    {"resource.k8s.io", "ResourceSlice", KindScope::kCluster},
    {"scheduling.k8s.io", "CompositePodGroup", KindScope::kNamespaced},
    {"scheduling.k8s.io", "PodGroup", KindScope::kNamespaced},
    {"scheduling.k8s.io", "PriorityClass", KindScope::kCluster},
    {"scheduling.k8s.io", "Workload", KindScope::kNamespaced},
    {"settings.k8s.io", "PodPreset", KindScope::kNamespaced},
    {"storage.k8s.io", "CSIDriver", KindScope::kCluster},
    {"storage.k8s.io", "CSINode", KindScope::kCluster},
    {"storage.k8s.io", "CSIStorageCapacity", KindScope::kNamespaced},
    {"storage.k8s.io", "StorageClass", KindScope::kCluster},
    {"storage.k8s.io", "VolumeAttachment", KindScope::kCluster},
    {"storage.k8s.io", "VolumeAttributesClass", KindScope::kCluster},
    {"storagemigration.k8s.io", "StorageVersionMigration", KindScope::kCluster},
};

}  // namespace

KindScope scope_of_kind(std::string_view group, std::string_view kind) {
  static_assert(std::ranges::is_sorted(kKinds, {}, &BuiltinKind::key));
  const auto* const found =
      std::ranges::lower_bound(kKinds, std::pair{group, kind}, {}, &BuiltinKind::key);
  if (found == std::end(kKinds) || found->key() != std::pair{group, kind}) {
    return KindScope::kUnknown;
  }
  return found->scope;
}

bool is_found_from_anywhere(std::string_view group, std::string_view kind) {
  return scope_of_kind(group, kind) == KindScope::kCluster ||
         (group == "external-secrets.io" && kind == "ClusterSecretStore");
}

}  // namespace tidewaiter::k8s
