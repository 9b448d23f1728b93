#ifndef TIDEWAITER_K8S_SCALE_TARGET_H_
#define TIDEWAITER_K8S_SCALE_TARGET_H_

#include <optional>
#include <string_view>

#include "k8s/resource.h"

namespace tidewaiter::k8s {

/// What an autoscaler scales, in its own namespace.
struct ScaleTarget {
  std::string_view group;
  std::string_view kind;
  std::string_view name;
};

/// The scaleTargetRef of a HorizontalPodAutoscaler or KEDA ScaledObject (there a Deployment by
/// default); none for other kinds and without name.
std::optional<ScaleTarget> scale_target_of(const Resource& autoscaler);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_SCALE_TARGET_H_
