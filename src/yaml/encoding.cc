#include "yaml/encoding.h"

#include <array>
#include <cstring>

#include <fmt/core.h>

namespace tidewaiter::yaml {
namespace {

unsigned byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool is_continuation(std::string_view text, std::size_t at) {
  return at < text.size() && (byte_at(text, at) & 0xC0U) == 0x80U;
}

/// The code point of a valid sequence of `size` bytes.
std::uint32_t decode(std::string_view text, std::size_t size) {
  constexpr unsigned kLeadMask[] = {0x7F, 0x1F, 0x0F, 0x07};
  std::uint32_t code = byte_at(text, 0) & kLeadMask[size - 1];
  for (std::size_t i = 1; i < size; ++i) code = (code << 6U) | (byte_at(text, i) & 0x3FU);
  return code;
}

/// Of code points above U+007F.
bool is_allowed(std::uint32_t code) {
  if (code == 0x85 || code >= 0x10000) return true;
  return code >= 0xA0 && code <= 0xFFFD && code != 0xFEFF;
}

/// Whether an ASCII byte needs no second look.
constexpr std::array<bool, 256> kPlainByte = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x7F; ++c) plain[c] = true;
  plain['\t'] = plain['\n'] = plain['\r'] = true;
  return plain;
}();

/// The first byte at or after `at` that is not plain ASCII. Eight bytes at a time.
std::size_t skip_plain(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kHigh = 0x8080808080808080U;
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    // A high bit is set where a byte is above 0x7F, below 0x20, or 0x7F.
    const std::uint64_t control = (word - kOnes * 0x20) & ~word;
    const std::uint64_t erased = ((word ^ (kOnes * 0x7F)) - kOnes) & ~(word ^ (kOnes * 0x7F));
    if (((word | control | erased) & kHigh) == 0) continue;
    for (std::size_t i = at; i < at + 8; ++i) {
      if (!kPlainByte[byte_at(text, i)]) return i;
    }
  }
  while (at < text.size() && kPlainByte[byte_at(text, at)]) ++at;
  return at;
}

/// go-yaml takes U+FEFF as text, so at the start of a line one breaks what follows.
bool begins_line(std::string_view text, std::size_t at) {
  return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

std::string describe(std::uint32_t code) {
  if (code == 0) return "a NUL character (U+0000)";
  if (code == 0x1B) return "an escape character (U+001B)";
  if (code == 0x7F) return "a DEL character (U+007F)";
  if (code == 0xFEFF) return "a byte order mark (U+FEFF) inside the text";
  if (code < 0xA0) return fmt::format("the control character U+{:04X}", code);
  return fmt::format("the character U+{:04X}, which YAML forbids", code);
}

}  // namespace

std::size_t utf8_sequence_size(std::string_view text) {
  const unsigned lead = byte_at(text, 0);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  for (std::size_t i = 1; i < size; ++i) {
    if (!is_continuation(text, i)) return 0;
  }
  const unsigned second = byte_at(text, 1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second >= 0xA0;
  const bool beyond = lead == 0xF4 && second >= 0x90;
  return overlong || surrogate || beyond ? 0 : size;
}

bool is_ascii(std::string_view text) {
  std::uint64_t seen = 0;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    seen |= word;
  }
  for (; at < text.size(); ++at) seen |= static_cast<unsigned char>(text[at]);
  return (seen & 0x8080808080808080U) == 0;
}

std::size_t byte_order_mark_size(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

std::string_view foreign_byte_order_mark(std::string_view text) {
  using std::string_view_literals::operator""sv;
  if (text.starts_with("\xFF\xFE\0\0"sv)) return "UTF-32 (little endian)";
  if (text.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32 (big endian)";
  if (text.starts_with("\xFF\xFE"sv)) return "UTF-16 (little endian)";
  if (text.starts_with("\xFE\xFF"sv)) return "UTF-16 (big endian)";
  return {};
}

std::optional<BadBytes> find_bad_bytes(std::string_view text, std::size_t from) {
  for (std::size_t at = skip_plain(text, from); at < text.size(); at = skip_plain(text, at)) {
    const std::string_view rest = text.substr(at);
    const std::size_t size = utf8_sequence_size(rest);
    const auto offset = static_cast<std::uint32_t>(at);
    if (size == 0) {
      return BadBytes{
          .offset = offset,
          .what = fmt::format("the byte 0x{:02X}, which is not valid UTF-8", byte_at(rest, 0))};
    }
    const std::uint32_t code = decode(rest, size);
    if (size == 1 || !is_allowed(code)) {
      return BadBytes{.offset = offset,
                      .size = static_cast<std::uint32_t>(size),
                      .what = describe(code),
                      .rejected = code != 0xFEFF || begins_line(text, at)};
    }
    at += size;
  }
  return std::nullopt;
}

}  // namespace tidewaiter::yaml
