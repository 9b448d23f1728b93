#ifndef TIDEWAITER_K8S_INT_OR_PERCENT_H_
#define TIDEWAITER_K8S_INT_OR_PERCENT_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace tidewaiter::k8s {

enum class Rounding : std::uint8_t {
  kUp,    ///< maxSurge; minAvailable and maxUnavailable of a PodDisruptionBudget.
  kDown,  ///< maxUnavailable of a rollout.
};

/// How many pods of `total` a text such as "25%" means. Nothing for text that the API takes for
/// no percentage (digits and '%', nothing else), and where so many cannot be counted. Above 100
/// a percentage gives more than `total`.
/// Source: GetScaledValueFromIntOrPercent of k8s.io/apimachinery/pkg/util/intstr, which counts
/// with floating point too.
std::optional<std::int64_t> scaled_percentage(std::string_view text, std::int64_t total,
                                              Rounding rounding);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_INT_OR_PERCENT_H_
