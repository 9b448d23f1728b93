#include "cel/functions/go_quote.h"

#include <array>

#include <fmt/core.h>

#include "base/utf8.h"

namespace tidewaiter::cel {
namespace {

struct Interval {
  char32_t first;
  char32_t last;
};

// What strconv.IsPrint refuses, as far as texts have it: blanks but the space, controls, format
// characters, surrogates, private use, noncharacters.
constexpr std::array<Interval, 20> kUnseen = {{
    {0x7F, 0xA0},       {0xAD, 0xAD},       {0x600, 0x605},     {0x61C, 0x61C},
    {0x6DD, 0x6DD},     {0x70F, 0x70F},     {0x1680, 0x1680},   {0x180E, 0x180E},
    {0x2000, 0x200F},   {0x2028, 0x202F},   {0x205F, 0x206F},   {0x3000, 0x3000},
    {0xD800, 0xF8FF},   {0xFEFF, 0xFEFF},   {0xFFF0, 0xFFFB},   {0xFFFE, 0xFFFF},
    {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE00FF}, {0xF0000, 0x10FFFF},
}};

bool is_seen(char32_t c) {
  for (const Interval& unseen : kUnseen) {
    if (c >= unseen.first && c <= unseen.last) return false;
  }
  return c >= 0x20;
}

std::string escape(char32_t c) {
  static constexpr std::string_view kNamed = "\a\b\f\n\r\t\v\\\"";
  static constexpr std::string_view kNames = "abfnrtv\\\"";
  const auto at = c < 0x80 ? kNamed.find(static_cast<char>(c)) : std::string_view::npos;
  if (at != std::string_view::npos) return {'\\', kNames[at]};
  const auto code = static_cast<std::uint32_t>(c);
  if (c < 0x80) return fmt::format("\\x{:02x}", code);
  return c <= 0xFFFF ? fmt::format("\\u{:04x}", code) : fmt::format("\\U{:08x}", code);
}

}  // namespace

std::string go_quoted(std::string_view text) {
  std::string result = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCharacter next = decode_utf8(text, at);
    if (!next.valid) {
      for (const char byte : text.substr(at, next.size)) {
        result += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
      }
    } else if (next.code_point == '"' || next.code_point == '\\' || !is_seen(next.code_point)) {
      result += escape(next.code_point);
    } else {
      result += text.substr(at, next.size);
    }
    at += next.size;
  }
  return result + "\"";
}

}  // namespace tidewaiter::cel
