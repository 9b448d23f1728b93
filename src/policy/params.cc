#include "policy/params.h"

#include <fmt/core.h>

#include <utility>

#include "k8s/group_kind.h"

namespace tidewaiter::policy {

namespace {

using k8s::Resource;

/// The kind of the params and where the cluster has them.
struct Place {
  std::string_view group;
  std::string_view kind;
  std::string_view namespace_ = {};
  bool namespaced = false;
};

bool lies_in_namespace(const Place& place, const ParamRef& ref, const Cluster& cluster) {
  const ApiResource api = cluster.resource_of(place.group, place.kind);
  if (api.known) return api.namespaced;
  return !ref.namespace_.empty() || cluster.states_namespace(place.group, place.kind);
}

/// Where the cluster keeps the objects of a kind that is taken for cluster-scoped.
std::string_view place_without_namespace(const Place& place, const Cluster& cluster) {
  return cluster.resource_of(place.group, place.kind).namespaced ? "default" : "";
}

/// The objects that the reference names, in the order of the cluster.
std::vector<const Resource*> find(const Place& place, const ParamRef& ref,
                                  const Cluster& cluster) {
  if (!ref.name.empty()) {
    const Resource* const found =
        cluster.param_named(place.group, place.kind, place.namespace_, ref.name);
    return found == nullptr ? std::vector<const Resource*>() : std::vector{found};
  }
  std::vector<const Resource*> found;
  for (const Resource* param : cluster.params(place.group, place.kind, place.namespace_)) {
    if (ref.selector->selects(labels_of(param->object))) found.push_back(param);
  }
  return found;
}

std::string not_found(const Place& place, const ParamRef& ref) {
  const std::string where =
      place.namespaced ? fmt::format(" in the namespace '{}'", place.namespace_) : "";
  return ref.name.empty()
             ? fmt::format("No {} is selected by paramRef.selector{}.", place.kind, where)
             : fmt::format("The {} '{}' of paramRef is not found{}.", place.kind, ref.name,
                           where);
}

/// What the API server refuses in a reference, wherever the params lie; empty for nothing.
std::string fault_of(const ParamRef& ref) {
  if (!ref.name.empty() && ref.selector) {
    return "paramRef has both name and selector: keep one of them.";
  }
  if (ref.name.empty() && !ref.selector) {
    return "paramRef has neither name nor selector: add one of them.";
  }
  return ref.selector ? ref.selector->fault() : std::string();
}

}  // namespace

ResolvedParams resolve_params(const Policy& policy, const Binding* binding,
                              const AdmissionRequest& request, const Cluster& cluster) {
  if (!policy.param_kind || binding == nullptr || !binding->param_ref) {
    return {.params = {nullptr}};
  }
  const ParamRef& ref = *binding->param_ref;
  Place place{.group = k8s::split_api_version(policy.param_kind->api_version).group,
              .kind = policy.param_kind->kind};
  place.namespaced = lies_in_namespace(place, ref, cluster);
  if (!place.namespaced) {
    if (!ref.namespace_.empty()) {
      return {.error =
                  fmt::format("paramRef has a namespace, but a {} lies in none.", place.kind)};
    }
    place.namespace_ = place_without_namespace(place, cluster);
  } else {
    place.namespace_ = ref.namespace_.empty() ? request.namespace_ : ref.namespace_;
    if (place.namespace_.empty()) {
      return {.error = fmt::format("A {} lies in a namespace and the object does not: paramRef "
                                   "needs a namespace.",
                                   place.kind)};
    }
  }
  if (std::string fault = fault_of(ref); !fault.empty()) return {.error = std::move(fault)};
  ResolvedParams resolved{.params = find(place, ref, cluster)};
  if (resolved.params.empty()) {
    (ref.deny_when_not_found ? resolved.error : resolved.absent) = not_found(place, ref);
  }
  return resolved;
}

}  // namespace tidewaiter::policy
