#ifndef TIDEWAITER_K8S_JOB_CLASS_H_
#define TIDEWAITER_K8S_JOB_CLASS_H_

#include <string_view>

#include "k8s/resource.h"

namespace tidewaiter::k8s {

/// The class of a Job or CronJob (RULES, Common readings): the label, else the annotation,
/// named `key` on the object, else on its job template, else on the pod template, where it is
/// general, critical, debug, network or idempotent; else debug or critical if a part of the
/// name between dashes is that word; else general. Without a name, generateName counts.
std::string_view job_class(const Resource& resource, std::string_view key);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_JOB_CLASS_H_
