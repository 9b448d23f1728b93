#ifndef TIDEWAITER_BASE_UTF8_H_
#define TIDEWAITER_BASE_UTF8_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace tidewaiter {

/// One character of a text that may not be UTF-8.
struct DecodedCharacter {
  char32_t code_point = 0;  ///< U+FFFD where the bytes are not UTF-8.
  std::uint32_t size = 1;   ///< Bytes, 1 to 4.
  bool valid = true;

  std::uint32_t utf16_units() const { return code_point > 0xFFFF ? 2 : 1; }
};

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

/// The character at byte `offset` (offset < text.size()). What is not UTF-8 is taken apart as
/// browsers, editors and GitHub do (WHATWG Encoding: each maximal subpart is one U+FFFD), so
/// that columns and line hashes agree with theirs.
DecodedCharacter decode_utf8(std::string_view text, std::size_t offset);

/// Appends `code_point`, which must be a Unicode scalar value.
void append_utf8(std::string& out, char32_t code_point);

/// `text` with U+FFFD for what is not UTF-8.
std::string valid_utf8(std::string_view text);

/// The longest prefix of at most `size` bytes that ends between characters.
std::string_view utf8_prefix(std::string_view text, std::size_t size);

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_UTF8_H_
