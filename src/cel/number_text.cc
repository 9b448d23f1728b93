#include "cel/number_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace tidewaiter::cel {
namespace {

template <class T>
std::optional<T> parse_whole(std::string_view text) {
  T value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

// Go takes '_' between the digits of a number ("1_000.5").
std::optional<std::string> without_underscores(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      plain += text[i];
    } else if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) ||
               !is_digit(text[i + 1])) {
      return std::nullopt;
    }
  }
  return plain;
}

}  // namespace

std::string format_double(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Inf" : "+Inf";
  std::array<char, 64> buffer;
  const auto scientific = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                        std::chars_format::scientific);
  const std::string_view text(buffer.data(),
                              static_cast<std::size_t>(scientific.ptr - buffer.data()));
  const std::string_view exponent_text = text.substr(text.find('e') + 1);
  const int exponent = static_cast<int>(parse_int(exponent_text).value_or(0));
  // The limits of Go's 'g' with the shortest precision.
  if (exponent < -4 || exponent >= 6) return std::string(text);
  std::array<char, 64> plain;
  const auto fixed =
      std::to_chars(plain.data(), plain.data() + plain.size(), value, std::chars_format::fixed);
  return std::string(plain.data(), fixed.ptr);
}

std::optional<std::int64_t> parse_int(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.empty() || !is_digit(text.front())) return std::nullopt;
  }
  return parse_whole<std::int64_t>(text);
}

std::optional<std::uint64_t> parse_uint(std::string_view text) {
  if (text.empty() || !is_digit(text.front())) return std::nullopt;
  return parse_whole<std::uint64_t>(text);
}

std::optional<double> parse_double(std::string_view text) {
  if (text.find('_') != std::string_view::npos) {
    const auto plain = without_underscores(text);
    return plain ? parse_double(*plain) : std::nullopt;
  }
  bool negative = false;
  if (text.starts_with('+') || text.starts_with('-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  double value = 0;
  if (equals_ignoring_case(text, "inf") || equals_ignoring_case(text, "infinity")) {
    value = HUGE_VAL;
  } else if (equals_ignoring_case(text, "nan")) {
    value = NAN;
  } else {
    auto format = std::chars_format::general;
    if (text.starts_with("0x") || text.starts_with("0X")) {
      // Go wants an exponent on a hexadecimal number.
      if (text.find_first_of("pP") == std::string_view::npos) return std::nullopt;
      text.remove_prefix(2);
      format = std::chars_format::hex;
    } else if (text.empty() || (!is_digit(text.front()) && text.front() != '.')) {
      return std::nullopt;
    }
    const auto [end, code] =
        std::from_chars(text.data(), text.data() + text.size(), value, format);
    if (end != text.data() + text.size()) return std::nullopt;
    if (code != std::errc()) {
      // Too small is zero in Go, too large is an error.
      if (std::strtod(std::string(text).c_str(), nullptr) != 0) return std::nullopt;
      value = 0;
    }
  }
  return negative ? -value : value;
}

}  // namespace tidewaiter::cel
