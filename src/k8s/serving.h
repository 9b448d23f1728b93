#ifndef TIDEWAITER_K8S_SERVING_H_
#define TIDEWAITER_K8S_SERVING_H_

#include <span>
#include <string_view>
#include <vector>

#include "k8s/resource.h"
#include "k8s/scope.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// The main containers of a workload that serve requests (RULES, TW401): those that declare a
/// port, ports named in `helper_ports` not counted unless a Service of the scope targets them.
/// If no container of the pod declares one and a Service selects the pod: the first.
std::vector<const yaml::Node*> serving_containers(
    const Resource& workload, const Scope& scope,
    std::span<const std::string_view> helper_ports);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_SERVING_H_
