#ifndef TIDEWAITER_K8S_GO_DURATION_H_
#define TIDEWAITER_K8S_GO_DURATION_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace tidewaiter::k8s {

/// Reads a duration as Go's time.ParseDuration: an optional sign, then numbers (with or without
/// a fraction) each with a unit ns, us, µs, ms, s, m or h; "0" alone needs none. Returns
/// nanoseconds; nothing when Go gives an error or the value is outside int64.
std::optional<std::int64_t> parse_go_duration(std::string_view text);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_GO_DURATION_H_
