#ifndef TIDEWAITER_POLICY_EQUIVALENT_RESOURCES_H_
#define TIDEWAITER_POLICY_EQUIVALENT_RESOURCES_H_

#include <string_view>
#include <vector>

namespace tidewaiter::policy {

/// A resource as one version of the API serves it.
struct ServedResource {
  std::string_view group;
  std::string_view version;
  std::string_view resource;

  friend bool operator==(const ServedResource&, const ServedResource&) = default;
};

/// The other groups and versions that serve the objects of a resource of Kubernetes itself, now
/// or in an earlier release, newest first: what matchPolicy Equivalent reaches. Empty for other
/// resources. Source: the Go types of k8s.io/api and the cohabiting resources of
/// kubernetes/pkg/kubeapiserver/default_storage_factory_builder.go.
std::vector<ServedResource> equivalents_of(const ServedResource& resource);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_EQUIVALENT_RESOURCES_H_
