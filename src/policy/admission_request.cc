#include "policy/admission_request.h"

#include "policy/cluster.h"

namespace tidewaiter::policy {

AdmissionRequest admission_request(const k8s::Resource& resource, const Cluster& cluster) {
  const ApiResource api = cluster.resource_of(resource.group, resource.kind);
  AdmissionRequest request{.object = resource.object,
                           .group = resource.group,
                           .version = resource.version,
                           .kind = resource.kind,
                           .resource = api.plural,
                           .other_resource = api.other_plural,
                           .name = resource.name,
                           .namespaced = api.namespaced,
                           .served_versions = api.served_versions};
  if (api.namespaced) {
    request.namespace_ = resource.namespace_.empty() ? "default" : resource.namespace_;
  } else if (resource.group.empty() && resource.kind == "Namespace") {
    request.namespace_ = resource.name;
  }
  return request;
}

}  // namespace tidewaiter::policy
