#include "policy/policy_target.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <span>

#include "policy/api_resource.h"

namespace tidewaiter::policy {
namespace {

using engine::Slot;
using k8s::PodPlace;

/// What `pods: true` and `workloads: true` mean of what clusters serve today (group_kind.h).
constexpr std::string_view kPodKinds[] = {"Pod",
                                          "ReplicationController",
                                          "apps/DaemonSet",
                                          "apps/Deployment",
                                          "apps/ReplicaSet",
                                          "apps/StatefulSet",
                                          "batch/CronJob",
                                          "batch/Job"};

/// The kinds that controllers make from another kind.
constexpr std::string_view kMadeKinds[] = {"Pod", "ReplicaSet", "Job"};

/// Moved to other groups before Kubernetes had ValidatingAdmissionPolicies.
constexpr std::string_view kGoneGroup = "extensions";

std::string_view version_of(std::string_view group, std::string_view kind) {
  const auto usual = k8s::split_api_version(k8s::usual_api_version(kind));
  return !usual.version.empty() && usual.group == group ? usual.version : "*";
}

TargetKind kind_of(std::string_view pattern) {
  const k8s::KindPattern kind = k8s::parse_kind_pattern(pattern);
  return {.group = kind.any_group ? "*" : kind.group,
          .kind = kind.kind,
          .version = kind.any_group ? "*" : version_of(kind.group, kind.kind),
          .resource = plural_of_kind(kind.group, kind.kind).plural,
          .pods = k8s::pod_place_of(kind.group, kind.kind)};
}

std::string obstacle_of(const TargetKind& kind) {
  if (kind.kind == "*") {
    return "it judges every kind, and a policy for all would be asked about every write of "
           "the cluster";
  }
  if (std::ranges::any_of(kind.group, [](char c) { return c >= 'A' && c <= 'Z'; })) {
    return fmt::format("it judges '{}/{}', which no Kubernetes cluster serves", kind.group,
                       kind.kind);
  }
  return {};
}

/// How a place of the pod template is reached from the object.
struct Paths {
  std::string_view job = {};
  std::string_view pod_template = {};  ///< What holds metadata and spec of the pod.
};

Paths paths_of(PodPlace place) {
  switch (place) {
    case PodPlace::kItself: return {.pod_template = "object"};
    case PodPlace::kTemplate: return {.pod_template = "object.?spec.?template"};
    case PodPlace::kJob:
      return {.job = "object.?spec", .pod_template = "object.?spec.?template"};
    case PodPlace::kCronJob:
      return {.job = "object.?spec.?jobTemplate.?spec",
              .pod_template = "object.?spec.?jobTemplate.?spec.?template"};
    case PodPlace::kNone: break;
  }
  return {};
}

/// `path` for each kind: the same for all, else a choice by object.kind.
template <class PathOf>
std::string by_kind(const PolicyTarget& target, PathOf&& path_of) {
  std::map<std::string, std::vector<std::string_view>> kinds;  // by expression
  std::string last;
  for (const TargetKind& kind : target.kinds) {
    std::string path = path_of(paths_of(kind.pods));
    kinds[path].push_back(kind.kind);
    if (last.empty() || kinds[path].size() > kinds[last].size()) last = path;
  }
  std::string choice;
  for (const auto& [path, names] : kinds) {
    if (path == last) continue;
    for (const std::string_view name : names) {
      choice += fmt::format("object.kind == '{}' ? {} : ", name, path);
    }
  }
  return choice.empty() ? last : fmt::format("({}{})", choice, last);
}

std::string mapping(const std::string& path) {
  return path + ".orValue({})";
}

std::string containers(std::string_view pod, std::string_view field) {
  return fmt::format("{}.?{}.orValue([])", pod, field);
}

constexpr std::string_view kNone = "optional.none()";

}  // namespace

PolicyTarget target_of(const engine::Match& match) {
  PolicyTarget target;
  if (match.all) {
    target.obstacle = obstacle_of({.kind = "*"});
    return target;
  }
  const bool with_pods = match.pods || match.workloads;
  for (const std::string_view pattern :
       with_pods ? std::span<const std::string_view>(kPodKinds) : match.kinds) {
    TargetKind kind = kind_of(pattern);
    if (target.obstacle.empty()) target.obstacle = obstacle_of(kind);
    if (kind.group == kGoneGroup) continue;
    const bool made = std::ranges::find(kMadeKinds, kind.kind) != std::end(kMadeKinds);
    if (made && !match.pods) target.spares_owned = true;
    target.kinds.push_back(std::move(kind));
  }
  if (target.kinds.empty() && target.obstacle.empty()) {
    target.obstacle = "it judges kinds that clusters no longer serve";
  }
  return target;
}

std::string view_expression(Slot view, const PolicyTarget& target, std::string_view pod) {
  const auto in_template = [](std::string_view field) {
    return [field](const Paths& paths) {
      return paths.pod_template.empty() ? std::string(kNone)
                                        : fmt::format("{}.?{}", paths.pod_template, field);
    };
  };
  const auto job = [](const Paths& paths) {
    return std::string(paths.job.empty() ? kNone : paths.job);
  };
  switch (view) {
    case Slot::kPod: return mapping(by_kind(target, in_template("spec")));
    case Slot::kPodMeta: return mapping(by_kind(target, in_template("metadata")));
    case Slot::kJob: return mapping(by_kind(target, job));
    case Slot::kContainers: return containers(pod, "containers");
    case Slot::kInitContainers:
      return containers(pod, "initContainers") +
             ".filter(c, c.?restartPolicy.orValue('') != 'Always')";
    case Slot::kSidecars:
      return containers(pod, "initContainers") +
             ".filter(c, c.?restartPolicy.orValue('') == 'Always')";
    case Slot::kEphemeralContainers: return containers(pod, "ephemeralContainers");
    case Slot::kAllContainers:
      return containers(pod, "containers") + " + " + containers(pod, "initContainers");
    case Slot::kName:
      return "object.?metadata.?name.orValue('') != '' ? string(object.metadata.name) : "
             "object.?metadata.?generateName.orValue('') != '' ? "
             "string(object.metadata.generateName) + '*' : '(unnamed)'";
    default: return {};
  }
}

}  // namespace tidewaiter::policy
