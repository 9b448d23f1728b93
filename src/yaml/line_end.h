#ifndef TIDEWAITER_YAML_LINE_END_H_
#define TIDEWAITER_YAML_LINE_END_H_

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace tidewaiter::yaml {

/// Where the line that holds byte `at` ends (at its LF or CR), at most `limit`. Costs the bytes
/// of the line only, at the speed of memchr.
inline std::uint32_t find_line_end(std::string_view text, std::size_t at, std::size_t limit) {
  const std::size_t feed = std::min(text.substr(0, limit).find('\n', at), limit);
  return static_cast<std::uint32_t>(std::min(text.substr(0, feed).find('\r', at), feed));
}

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_LINE_END_H_
