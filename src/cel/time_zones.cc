#include "cel/time_zones.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "cel/number_text.h"
#include "cel/text_scan.h"
#include "cel/time.h"

// Offsets of time zones. POSIX TZ strings: IEEE 1003.1 section 8.3, with the hours of RFC 8536.

namespace tidewaiter::cel {
namespace {

// "Mm.w.d/time": weekday d of week w (5 = the last) of month m. Or a day of the year.
struct Change {
  int month = 0;  // 0: `day` counts from the start of the year
  int week = 0;
  int day = 0;
  bool skips_leap_day = false;
  int seconds = 7200;  // local time of the change
};

struct PosixRule {
  int standard = 0;  // seconds east of UTC
  std::optional<int> summer;
  Change starts;
  Change ends;
};

bool skip_name(TextScan& scan) {
  if (scan.take('<')) {
    while (!scan.at_end()) {
      if (scan.next() == '>') return true;
    }
    return false;
  }
  int letters = 0;
  const auto is_letter = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  for (; is_letter(scan.peek()); ++letters) scan.next();
  return letters >= 3;
}

// "[+-]hh[:mm[:ss]]" in seconds.
std::optional<int> read_clock(TextScan& scan) {
  const bool negative = scan.peek() == '-';
  if (negative || scan.peek() == '+') scan.next();
  const auto hours = scan.number();
  if (!hours) return std::nullopt;
  int total = *hours * 3600;
  for (const int unit : {60, 1}) {
    if (!scan.take(':')) break;
    const auto part = scan.number();
    if (!part) return std::nullopt;
    total += *part * unit;
  }
  return negative ? -total : total;
}

std::optional<Change> read_change(TextScan& scan) {
  Change change;
  if (!scan.take(',')) return std::nullopt;
  if (scan.take('M')) {
    const auto month = scan.number();
    const auto week = scan.take('.') ? scan.number() : std::nullopt;
    const auto day = scan.take('.') ? scan.number() : std::nullopt;
    if (!month || !week || !day) return std::nullopt;
    change = {.month = *month, .week = *week, .day = *day};
  } else {
    change.skips_leap_day = scan.take('J');
    const auto day = scan.number();
    if (!day) return std::nullopt;
    change.day = *day;
  }
  if (scan.take('/')) {
    const auto seconds = read_clock(scan);
    if (!seconds) return std::nullopt;
    change.seconds = *seconds;
  }
  return change;
}

std::optional<PosixRule> read_rule(std::string_view text) {
  TextScan scan(text);
  PosixRule rule;
  if (!skip_name(scan)) return std::nullopt;
  const auto west = read_clock(scan);
  if (!west) return std::nullopt;
  rule.standard = -*west;
  if (scan.at_end()) return rule;
  if (!skip_name(scan)) return std::nullopt;
  rule.summer = rule.standard + 3600;
  if (scan.peek() != ',') {
    const auto summer_west = read_clock(scan);
    if (!summer_west) return std::nullopt;
    rule.summer = -*summer_west;
  }
  const auto starts = read_change(scan);
  const auto ends = read_change(scan);
  if (!starts || !ends || !scan.at_end()) return std::nullopt;
  rule.starts = *starts;
  rule.ends = *ends;
  return rule;
}

// The local second of a change in a year, counted as if local time were UTC.
std::int64_t moment_of(const Change& change, std::int64_t year) {
  std::int64_t days = 0;
  if (change.month == 0) {
    days = days_from_civil(year, 1, 1) + change.day;
    const bool leap = days_from_civil(year + 1, 1, 1) - days_from_civil(year, 1, 1) == 366;
    if (change.skips_leap_day) days -= leap && change.day >= 60 ? 0 : 1;
  } else {
    const std::int64_t first = days_from_civil(year, change.month, 1);
    const std::int64_t next = change.month == 12 ? days_from_civil(year + 1, 1, 1)
                                                 : days_from_civil(year, change.month + 1, 1);
    const int weekday = civil_time(first * 86'400).day_of_week;
    days = first + (change.day - weekday + 7) % 7 + (change.week - 1) * 7;
    while (days >= next) days -= 7;
  }
  return days * 86'400 + change.seconds;
}

std::int32_t offset_at(const PosixRule& rule, std::int64_t seconds) {
  if (!rule.summer) return rule.standard;
  const std::int64_t year = civil_time(seconds + rule.standard).year;
  const std::int64_t starts = moment_of(rule.starts, year) - rule.standard;
  const std::int64_t ends = moment_of(rule.ends, year) - *rule.summer;
  const bool is_summer =
      starts < ends ? seconds >= starts && seconds < ends : seconds >= starts || seconds < ends;
  return is_summer ? *rule.summer : rule.standard;
}

// "+05:30", "-00:00", "05:30", "5:3": two numbers of any size, as cel-go has it, as long as the
// offset is no more than a few days.
std::optional<std::int32_t> fixed_offset(std::string_view zone) {
  static constexpr std::int64_t kMostHours = 100;
  const std::size_t colon = zone.find(':');
  const auto hours = parse_int(zone.substr(0, colon));
  const auto minutes = parse_int(zone.substr(colon + 1));
  if (!hours || !minutes || std::abs(*hours) > kMostHours) return std::nullopt;
  if (std::abs(*minutes) > kMostHours * 60) return std::nullopt;
  const std::int64_t offset =
      zone.starts_with('-') ? *hours * 60 - *minutes : *hours * 60 + *minutes;
  return static_cast<std::int32_t>(offset * 60);
}

}  // namespace

std::optional<std::int32_t> zone_offset(std::string_view zone, std::int64_t seconds) {
  // An API server's own zone is UTC.
  if (zone.empty() || zone == "UTC" || zone == "Local") return 0;
  if (zone.find(':') != std::string_view::npos) return fixed_offset(zone);
  const auto rules = zone_rules();
  const auto found = std::lower_bound(
      rules.begin(), rules.end(), zone,
      [](const ZoneRule& each, std::string_view name) { return each.name < name; });
  if (found == rules.end() || found->name != zone) return std::nullopt;
  const auto rule = read_rule(found->rule);
  if (!rule) return std::nullopt;
  return offset_at(*rule, seconds);
}

}  // namespace tidewaiter::cel
