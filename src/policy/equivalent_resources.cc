#include "policy/equivalent_resources.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace tidewaiter::policy {

namespace {

struct GroupVersions {
  std::string_view group;
  std::array<std::string_view, 5> versions;  // newest first; empty at the end
};

/// Resources whose objects all of these groups and versions serve.
struct Equivalence {
  std::array<std::string_view, 6> resources;
  std::array<GroupVersions, 2> served_by;
};

constexpr Equivalence kEquivalences[] = {
    {{"deployments"}, {{{"apps", {"v1", "v1beta2", "v1beta1"}}, {"extensions", {"v1beta1"}}}}},
    {{"daemonsets", "replicasets"},
     {{{"apps", {"v1", "v1beta2"}}, {"extensions", {"v1beta1"}}}}},
    {{"statefulsets", "controllerrevisions"}, {{{"apps", {"v1", "v1beta2", "v1beta1"}}}}},
    {{"ingresses"}, {{{"networking.k8s.io", {"v1", "v1beta1"}}, {"extensions", {"v1beta1"}}}}},
    {{"networkpolicies"}, {{{"networking.k8s.io", {"v1"}}, {"extensions", {"v1beta1"}}}}},
    {{"podsecuritypolicies"}, {{{"policy", {"v1beta1"}}, {"extensions", {"v1beta1"}}}}},
    {{"events"}, {{{"", {"v1"}}, {"events.k8s.io", {"v1", "v1beta1"}}}}},
    {{"ingressclasses"}, {{{"networking.k8s.io", {"v1", "v1beta1"}}}}},
    {{"ipaddresses", "servicecidrs"}, {{{"networking.k8s.io", {"v1", "v1beta1", "v1alpha1"}}}}},
    {{"poddisruptionbudgets"}, {{{"policy", {"v1", "v1beta1"}}}}},
    {{"horizontalpodautoscalers"}, {{{"autoscaling", {"v2", "v1", "v2beta2", "v2beta1"}}}}},
    {{"cronjobs"}, {{{"batch", {"v1", "v1beta1", "v2alpha1"}}}}},
    {{"endpointslices"}, {{{"discovery.k8s.io", {"v1", "v1beta1", "v1alpha1"}}}}},
    {{"roles", "rolebindings", "clusterroles", "clusterrolebindings"},
     {{{"rbac.authorization.k8s.io", {"v1", "v1beta1", "v1alpha1"}}}}},
    {{"storageclasses", "csidrivers", "csinodes"}, {{{"storage.k8s.io", {"v1", "v1beta1"}}}}},
    {{"volumeattachments", "csistoragecapacities", "volumeattributesclasses"},
     {{{"storage.k8s.io", {"v1", "v1beta1", "v1alpha1"}}}}},
    {{"priorityclasses"}, {{{"scheduling.k8s.io", {"v1", "v1beta1", "v1alpha1"}}}}},
    {{"runtimeclasses"}, {{{"node.k8s.io", {"v1", "v1beta1", "v1alpha1"}}}}},
    {{"leases"}, {{{"coordination.k8s.io", {"v1", "v1beta1"}}}}},
    {{"leasecandidates"}, {{{"coordination.k8s.io", {"v1beta1", "v1alpha2", "v1alpha1"}}}}},
    {{"certificatesigningrequests"}, {{{"certificates.k8s.io", {"v1", "v1beta1"}}}}},
    {{"clustertrustbundles", "podcertificaterequests"},
     {{{"certificates.k8s.io", {"v1", "v1beta1", "v1alpha1"}}}}},
    {{"flowschemas", "prioritylevelconfigurations"},
     {{{"flowcontrol.apiserver.k8s.io", {"v1", "v1beta3", "v1beta2", "v1beta1", "v1alpha1"}}}}},
    {{"resourceclaims", "resourceclaimtemplates", "deviceclasses", "resourceslices"},
     {{{"resource.k8s.io", {"v1", "v1beta2", "v1beta1", "v1alpha3", "v1alpha2"}}}}},
    {{"devicetaintrules"}, {{{"resource.k8s.io", {"v1", "v1beta2", "v1beta1", "v1alpha3"}}}}},
    {{"storageversionmigrations"},
     {{{"storagemigration.k8s.io", {"v1", "v1beta1", "v1alpha1"}}}}},
    {{"customresourcedefinitions"}, {{{"apiextensions.k8s.io", {"v1", "v1beta1"}}}}},
    {{"apiservices"}, {{{"apiregistration.k8s.io", {"v1", "v1beta1"}}}}},
};

bool is_served_by(const GroupVersions& served_by, const ServedResource& resource) {
  return served_by.group == resource.group && !resource.version.empty() &&
         std::ranges::find(served_by.versions, resource.version) != served_by.versions.end();
}

const Equivalence* find(const ServedResource& resource) {
  if (resource.resource.empty()) return nullptr;
  for (const Equivalence& equivalence : kEquivalences) {
    if (std::ranges::find(equivalence.resources, resource.resource) ==
        equivalence.resources.end()) {
      continue;
    }
    for (const GroupVersions& served_by : equivalence.served_by) {
      if (is_served_by(served_by, resource)) return &equivalence;
    }
  }
  return nullptr;
}

}  // namespace

std::vector<ServedResource> equivalents_of(const ServedResource& resource) {
  std::vector<ServedResource> others;
  const Equivalence* const equivalence = find(resource);
  if (equivalence == nullptr) return others;
  for (const GroupVersions& served_by : equivalence->served_by) {
    for (const std::string_view version : served_by.versions) {
      const ServedResource other{served_by.group, version, resource.resource};
      if (!version.empty() && other != resource) others.push_back(other);
    }
  }
  return others;
}

}  // namespace tidewaiter::policy
