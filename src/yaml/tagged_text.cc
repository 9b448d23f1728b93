#include "yaml/tagged_text.h"

#include <cstdint>

namespace tidewaiter::yaml {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

/// Reads digits and moves `at` past them; absent when there are not `least` to `most`.
std::optional<int> read_digits(std::string_view text, std::size_t& at, std::size_t least,
                               std::size_t most) {
  int value = 0;
  std::size_t count = 0;
  while (at < text.size() && is_digit(text[at]) && count < most) {
    value = value * 10 + (text[at++] - '0');
    ++count;
  }
  if (count < least) return std::nullopt;
  return value;
}

bool is_date(std::string_view text, std::size_t& at) {
  const auto year = read_digits(text, at, 4, 4);
  if (!year || at >= text.size() || text[at++] != '-') return false;
  const auto month = read_digits(text, at, 1, 2);
  if (!month || at >= text.size() || text[at++] != '-') return false;
  const auto day = read_digits(text, at, 1, 2);
  if (!day || *month < 1 || *month > 12 || *day < 1) return false;
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (*year % 4 == 0 && *year % 100 != 0) || *year % 400 == 0;
  return *day <= kDays[*month - 1] + (*month == 2 && leap ? 1 : 0);
}

bool is_clock(std::string_view text, std::size_t& at) {
  for (const int limit : {24, 60, 60}) {
    const auto part = read_digits(text, at, 1, 2);
    if (!part || *part >= limit) return false;
    if (limit == 60 && at < text.size() && text[at] == '.') break;
    if (at < text.size() && text[at] == ':') ++at;
  }
  if (at < text.size() && text[at] == '.') {
    const std::size_t end = skip_digits(text, at + 1);
    if (end == at + 1) return false;
    at = end;
  }
  return true;
}

}  // namespace

bool is_timestamp(std::string_view text) {
  std::size_t at = 0;
  if (!is_date(text, at)) return false;
  if (at == text.size()) return true;
  const char separator = text[at++];
  if (separator != 'T' && separator != 't' && separator != ' ') return false;
  if (!is_clock(text, at)) return false;
  if (separator == ' ') return at == text.size();
  const std::string_view zone = text.substr(at);
  if (zone == "Z") return true;
  return zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && is_digit(zone[1]) &&
         is_digit(zone[2]) && zone[3] == ':' && is_digit(zone[4]) && is_digit(zone[5]);
}

std::optional<std::string> decode_base64(std::string_view text) {
  static constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t bits = 0;
  int digits = 0;
  int padding = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    if (c == '=') {
      if (digits % 4 < 2 && padding == 0) return std::nullopt;
      ++padding;
      ++digits;
      continue;
    }
    const auto value = kAlphabet.find(c);
    if (value == std::string_view::npos || padding > 0) return std::nullopt;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    ++digits;
    if (digits % 4 != 1)
      bytes += static_cast<char>((bits >> (6 - 2 * ((digits + 3) % 4))) & 0xFFU);
  }
  if (digits % 4 != 0 || padding > 2) return std::nullopt;
  return bytes;
}

}  // namespace tidewaiter::yaml
