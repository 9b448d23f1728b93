#include "cel/code_points.h"

#include "base/utf8.h"

namespace tidewaiter::cel {

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += decode_utf8(text, at).size;
  return count;
}

std::optional<std::size_t> byte_of_code_point(std::string_view text, std::size_t index) {
  std::size_t at = 0;
  for (; index > 0; --index) {
    if (at >= text.size()) return std::nullopt;
    at += decode_utf8(text, at).size;
  }
  return at;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCharacter character = decode_utf8(text, at);
    if (!character.valid) return false;
    at += character.size;
  }
  return true;
}

}  // namespace tidewaiter::cel
