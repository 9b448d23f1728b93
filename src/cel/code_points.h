#ifndef TIDEWAITER_CEL_CODE_POINTS_H_
#define TIDEWAITER_CEL_CODE_POINTS_H_

#include <cstddef>
#include <optional>
#include <string_view>

namespace tidewaiter::cel {

/// How many characters a text has; a byte that is not UTF-8 counts as one, as in Go.
std::size_t count_code_points(std::string_view text);
/// The byte at which character `index` starts; text.size() for index == count; nothing beyond.
std::optional<std::size_t> byte_of_code_point(std::string_view text, std::size_t index);
bool is_utf8(std::string_view text);
/// `text` without the white space (Unicode's White_Space) at both ends, as Go's
/// strings.TrimSpace.
std::string_view trim_space(std::string_view text);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_CODE_POINTS_H_
