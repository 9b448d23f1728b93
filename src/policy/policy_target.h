#ifndef TIDEWAITER_POLICY_POLICY_TARGET_H_
#define TIDEWAITER_POLICY_POLICY_TARGET_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/rule_parts.h"
#include "k8s/group_kind.h"

namespace tidewaiter::policy {

/// A kind that a policy is asked about. Borrows from the rule.
struct TargetKind {
  std::string_view group = {};  ///< "*": any.
  std::string_view kind = {};
  std::string_view version = {};  ///< That most clusters serve; "*" where that is not known.
  std::string resource = {};      ///< The plural.
  k8s::PodPlace pods = k8s::PodPlace::kNone;
};

/// What a rule judges, as a cluster of today serves it.
struct PolicyTarget {
  std::vector<TargetKind> kinds = {};
  /// Objects with an owner are another's work: a Job that a CronJob makes, a Pod of a
  /// ReplicaSet. In manifests there are none, so a rule about Jobs never meant them. (A rule
  /// about every kind with pods judges the pod, whoever made it, and has no such way around.)
  bool spares_owned = false;
  std::string obstacle = {};  ///< Not empty: why no policy can judge it, "it ...".
};

PolicyTarget target_of(const engine::Match& match);

/// What the view of a rule is in a policy for these kinds: `pod`, `podMeta`, `job`, `name` and
/// the lists of containers, which select from `pod`, the policy's variable for the pod spec.
/// Empty for what has no such expression (object, file.name).
std::string view_expression(engine::Slot view, const PolicyTarget& target,
                            std::string_view pod);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_POLICY_TARGET_H_
