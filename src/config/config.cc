#include "config/config.h"

#include <charconv>

namespace tidewaiter::config {

std::optional<FailOn> fail_on_named(std::string_view word) {
  if (word == "note") return FailOn::kNote;
  if (word == "warning") return FailOn::kWarning;
  if (word == "error") return FailOn::kError;
  if (word == "never") return FailOn::kNever;
  return std::nullopt;
}

std::optional<std::uint32_t> kubernetes_minor_of(std::string_view version) {
  if (version.starts_with('v')) version.remove_prefix(1);
  if (!version.starts_with("1.")) return std::nullopt;
  version.remove_prefix(2);
  const char* const end = version.data() + version.size();
  std::uint32_t minor = 0;
  const auto [rest, error] = std::from_chars(version.data(), end, minor);
  if (error != std::errc{} || minor > 999) return std::nullopt;
  if (rest == end) return minor;
  std::uint32_t patch = 0;
  if (*rest != '.') return std::nullopt;
  const auto [last, patch_error] = std::from_chars(rest + 1, end, patch);
  if (patch_error != std::errc{} || last != end) return std::nullopt;
  return minor;
}

}  // namespace tidewaiter::config
