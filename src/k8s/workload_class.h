#ifndef TIDEWAITER_K8S_WORKLOAD_CLASS_H_
#define TIDEWAITER_K8S_WORKLOAD_CLASS_H_

#include <string_view>

#include "k8s/resource.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// What states the class of a workload (RULES, Common readings): the value of the label, else
/// of the annotation, named `key` on the pod template, else on the workload. Null when there is
/// none that is a string.
const yaml::Node* stated_workload_class(const Resource& resource, std::string_view key);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_WORKLOAD_CLASS_H_
