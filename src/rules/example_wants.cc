#include "rules/example_wants.h"

#include <algorithm>
#include <charconv>

namespace tidewaiter::rules {
namespace {

constexpr std::string_view kBlanks = " \t\r";

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
}

std::string_view without_blanks_behind(std::string_view text) {
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// A number from 1 to a million, all of `text`.
std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return {};
  return value >= 1 && value <= 1'000'000 ? std::optional(value) : std::nullopt;
}

/// A name or id of a rule at the start of `text`.
std::string_view take_name(std::string_view& text) {
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-';
  };
  const auto size =
      static_cast<std::size_t>(std::ranges::find_if_not(text, is_part) - text.begin());
  const std::string_view name = text.substr(0, size);
  text.remove_prefix(size);
  return name;
}

/// What follows `# want:`.
WantMarker parse_names(std::string_view rest) {
  WantMarker marker;
  rest = without_blanks_behind(rest);
  do {
    skip_blanks(rest);
    const std::string_view name = take_name(rest);
    marker.well_formed = marker.well_formed && !name.empty();
    marker.names.push_back(name);
    skip_blanks(rest);
  } while (take(rest, ","));
  if (take(rest, "x")) {
    const auto count = number(rest);
    marker.well_formed = marker.well_formed && count.has_value();
    marker.count = count.value_or(1);
  } else if (!rest.empty()) {
    marker.well_formed = false;
  }
  return marker;
}

}  // namespace

std::optional<WantMarker> parse_want_marker(std::string_view line) {
  for (std::size_t at = line.rfind('#'); at != line.npos;
       at = at == 0 ? line.npos : line.rfind('#', at - 1)) {
    std::string_view rest = line.substr(at + 1);
    skip_blanks(rest);
    if (take(rest, "want:")) return parse_names(rest);
  }
  return std::nullopt;
}

std::optional<WantedLine> parse_wanted_line(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == 0 || colon == text.npos) return std::nullopt;
  WantedLine wanted{.path = text.substr(0, colon)};
  std::string_view rest = without_blanks_behind(text.substr(colon + 1));
  if (const std::size_t x = rest.find('x'); x != rest.npos) {
    const auto count = number(rest.substr(x + 1));
    const std::string_view before = without_blanks_behind(rest.substr(0, x));
    if (!count || before.size() == x) return std::nullopt;
    wanted.count = *count;
    rest = before;
  }
  const auto line = number(rest);
  if (!line) return std::nullopt;
  wanted.line = *line;
  return wanted;
}

}  // namespace tidewaiter::rules
