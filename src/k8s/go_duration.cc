#include "k8s/go_duration.h"

#include <limits>

namespace tidewaiter::k8s {
namespace {

constexpr std::uint64_t kLimit = std::uint64_t{1} << 63;

struct Unit {
  std::string_view name;
  std::uint64_t nanoseconds;
};
constexpr Unit kUnits[] = {
    {"ns", 1},
    {"us", 1'000},
    {"\xC2\xB5s", 1'000},  // micro sign
    {"\xCE\xBCs", 1'000},  // Greek mu
    {"ms", 1'000'000},
    {"s", 1'000'000'000},
    {"m", 60'000'000'000},
    {"h", 3'600'000'000'000},
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A number and its unit, cut off the front of `text`.
struct Term {
  std::uint64_t whole = 0;
  std::uint64_t fraction = 0;
  double scale = 1;  ///< `fraction` stands for fraction / scale.
};

/// The digits before the point; false when they overflow.
bool take_whole(std::string_view& text, Term& term) {
  while (!text.empty() && is_digit(text.front())) {
    if (term.whole > kLimit / 10) return false;
    term.whole = term.whole * 10 + static_cast<std::uint64_t>(text.front() - '0');
    if (term.whole > kLimit) return false;
    text.remove_prefix(1);
  }
  return true;
}

/// The digits after the point; those that no longer fit are dropped, as Go does.
void take_fraction(std::string_view& text, Term& term) {
  bool full = false;
  for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1)) {
    if (full || term.fraction > (kLimit - 1) / 10) {
      full = true;
      continue;
    }
    term.fraction = term.fraction * 10 + static_cast<std::uint64_t>(text.front() - '0');
    term.scale *= 10;
  }
}

std::optional<std::uint64_t> take_unit(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && text[end] != '.' && !is_digit(text[end])) ++end;
  const std::string_view name = text.substr(0, end);
  text.remove_prefix(end);
  for (const Unit& unit : kUnits) {
    if (unit.name == name) return unit.nanoseconds;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> take_term(std::string_view& text) {
  Term term;
  const std::size_t before = text.size();
  if (!take_whole(text, term)) return std::nullopt;
  bool digits = text.size() != before;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    const std::size_t point = text.size();
    take_fraction(text, term);
    digits = digits || text.size() != point;
  }
  if (!digits) return std::nullopt;
  const auto unit = take_unit(text);
  if (!unit || term.whole > kLimit / *unit) return std::nullopt;
  std::uint64_t value = term.whole * *unit;
  if (term.fraction > 0) {
    value += static_cast<std::uint64_t>(static_cast<double>(term.fraction) *
                                        (static_cast<double>(*unit) / term.scale));
    if (value > kLimit) return std::nullopt;
  }
  return value;
}

}  // namespace

std::optional<std::int64_t> parse_go_duration(std::string_view text) {
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  std::uint64_t sum = 0;
  while (!text.empty()) {
    const auto term = take_term(text);
    if (!term) return std::nullopt;
    sum += *term;
    if (sum > kLimit) return std::nullopt;
  }
  if (negative && sum == kLimit) return std::numeric_limits<std::int64_t>::min();
  if (sum >= kLimit) return std::nullopt;
  const auto value = static_cast<std::int64_t>(sum);
  return negative ? -value : value;
}

}  // namespace tidewaiter::k8s
