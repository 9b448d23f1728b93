#include "cel/code_points.h"

#include "base/utf8.h"

namespace tidewaiter::cel {
namespace {

// As Go's unicode.IsSpace.
bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

}  // namespace

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

std::string_view trim_space(std::string_view text) {
  std::size_t begin = text.size();
  std::size_t end = text.size();
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCharacter character = decode_utf8(text, at);
    if (!is_space(character.code_point)) {
      if (begin == text.size()) begin = at;
      end = at + character.size;
    }
    at += character.size;
  }
  return text.substr(begin, end - begin);
}

}  // namespace tidewaiter::cel
