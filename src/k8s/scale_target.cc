#include "k8s/scale_target.h"

#include "k8s/group_kind.h"

namespace tidewaiter::k8s {
namespace {

std::string_view text(const yaml::Node& ref, std::string_view key,
                      std::string_view otherwise = {}) {
  const yaml::Node* const node = ref.find(key);
  return node == nullptr || node->as_string().empty() ? otherwise : node->as_string();
}

}  // namespace

std::optional<ScaleTarget> scale_target_of(const Resource& autoscaler) {
  const bool is_hpa =
      autoscaler.group == "autoscaling" && autoscaler.kind == "HorizontalPodAutoscaler";
  const bool is_keda = autoscaler.group == "keda.sh" && autoscaler.kind == "ScaledObject";
  if (!is_hpa && !is_keda) return std::nullopt;
  const yaml::Node* const spec = autoscaler.object->find("spec");
  const yaml::Node* const ref = spec == nullptr ? nullptr : spec->find("scaleTargetRef");
  if (ref == nullptr) return std::nullopt;
  const ScaleTarget target{
      .group = split_api_version(text(*ref, "apiVersion", is_keda ? "apps/v1" : "")).group,
      .kind = text(*ref, "kind", is_keda ? "Deployment" : ""),
      .name = text(*ref, "name")};
  if (target.kind.empty() || target.name.empty()) return std::nullopt;
  return target;
}

}  // namespace tidewaiter::k8s
