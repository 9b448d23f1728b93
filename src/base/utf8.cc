#include "base/utf8.h"

namespace tidewaiter {
namespace {

std::uint32_t byte_at(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

bool is_continuation(std::uint32_t byte) {
  return (byte & 0xC0U) == 0x80U;
}

/// What a lead byte promises. The bounds of the second byte shut out overlong forms, surrogates
/// and what lies above U+10FFFF.
struct Lead {
  std::uint32_t size;
  std::uint32_t second_min = 0x80;
  std::uint32_t second_max = 0xBF;
};

Lead lead_of(std::uint32_t byte) {
  if (byte < 0xC2 || byte > 0xF4) return {.size = 0};
  if (byte < 0xE0) return {.size = 2};
  if (byte == 0xE0) return {.size = 3, .second_min = 0xA0};
  if (byte == 0xED) return {.size = 3, .second_max = 0x9F};
  if (byte < 0xF0) return {.size = 3};
  if (byte == 0xF0) return {.size = 4, .second_min = 0x90};
  if (byte == 0xF4) return {.size = 4, .second_max = 0x8F};
  return {.size = 4};
}

}  // namespace

DecodedCharacter decode_utf8(std::string_view text, std::size_t offset) {
  const std::uint32_t first = byte_at(text, offset);
  if (first < 0x80) return {.code_point = first};
  const Lead lead = lead_of(first);
  std::uint32_t value = first & (0x7FU >> lead.size);
  std::uint32_t size = 1;
  for (; size < lead.size && offset + size < text.size(); ++size) {
    const std::uint32_t next = byte_at(text, offset + size);
    const bool fits =
        size == 1 ? next >= lead.second_min && next <= lead.second_max : is_continuation(next);
    if (!fits) break;
    value = (value << 6U) | (next & 0x3FU);
  }
  if (size == lead.size) return {.code_point = value, .size = size};
  return {.code_point = kReplacementCharacter, .size = size, .valid = false};
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto append = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code_point < 0x80) {
    append(code_point);
  } else if (code_point < 0x800) {
    append(0xC0U | (code_point >> 6U));
    append(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    append(0xE0U | (code_point >> 12U));
    append(0x80U | ((code_point >> 6U) & 0x3FU));
    append(0x80U | (code_point & 0x3FU));
  } else {
    append(0xF0U | (code_point >> 18U));
    append(0x80U | ((code_point >> 12U) & 0x3FU));
    append(0x80U | ((code_point >> 6U) & 0x3FU));
    append(0x80U | (code_point & 0x3FU));
  }
}

std::string valid_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCharacter character = decode_utf8(text, i);
    if (character.valid) {
      result.append(text.substr(i, character.size));
    } else {
      append_utf8(result, kReplacementCharacter);
    }
    i += character.size;
  }
  return result;
}

std::string_view utf8_prefix(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  // At most three steps: a character has at most three continuation bytes.
  for (int i = 0; i < 3 && size > 0 && is_continuation(byte_at(text, size)); ++i) --size;
  return text.substr(0, size);
}

}  // namespace tidewaiter
