#ifndef TIDEWAITER_K8S_GROUP_KIND_H_
#define TIDEWAITER_K8S_GROUP_KIND_H_

#include <cstdint>
#include <string_view>

namespace tidewaiter::k8s {

/// `group/version` taken apart; the core group ("v1") is "". More than one slash leaves
/// everything after the first in `version`.
struct GroupVersion {
  std::string_view group;
  std::string_view version;
};
GroupVersion split_api_version(std::string_view api_version);

/// A kind as rules name it: `Service` (the core group), `batch/Job`, `*/Job` (any group), `*`
/// (every kind).
struct KindPattern {
  std::string_view group;
  std::string_view kind;
  bool any_group = false;

  bool matches(std::string_view other_group, std::string_view other_kind) const {
    return (kind == other_kind || kind == "*") && (any_group || group == other_group);
  }
};
KindPattern parse_kind_pattern(std::string_view text);

/// Where the pod template of a kind with pods lies.
enum class PodPlace : std::uint8_t {
  kNone,
  kItself,    ///< A Pod: metadata and spec of the object.
  kTemplate,  ///< spec.template.
  kJob,       ///< spec is a job spec with a template.
  kCronJob,   ///< spec.jobTemplate.spec is a job spec with a template.
};
PodPlace pod_place_of(std::string_view group, std::string_view kind);

/// The apiVersion to write for a well-known kind, for messages; empty for others.
std::string_view usual_api_version(std::string_view kind);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_GROUP_KIND_H_
