#include "k8s/int_or_percent.h"

#include <charconv>
#include <cmath>
#include <system_error>

namespace tidewaiter::k8s {
namespace {

/// Beyond this a double skips whole numbers.
constexpr double kMostCounted = 9007199254740992.0;

}  // namespace

std::optional<std::int64_t> scaled_percentage(std::string_view text, std::int64_t total,
                                              Rounding rounding) {
  if (!text.ends_with('%')) return std::nullopt;
  text.remove_suffix(1);
  std::uint32_t percent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  const double share = static_cast<double>(percent) * static_cast<double>(total) / 100;
  const double rounded = rounding == Rounding::kUp ? std::ceil(share) : std::floor(share);
  if (std::abs(rounded) > kMostCounted) return std::nullopt;
  return static_cast<std::int64_t>(rounded);
}

}  // namespace tidewaiter::k8s
