#include "k8s/cron.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <span>

#include "k8s/go_duration.h"

namespace tidewaiter::k8s {
namespace {

/// What a field may hold. `names` stand for first, first + 1 ...
struct Bounds {
  std::string_view label;
  std::uint64_t min;
  std::uint64_t max;
  std::span<const std::string_view> names = {};
};

constexpr std::string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::string_view kWeekdays[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr Bounds kBounds[] = {
    {.label = "minute", .min = 0, .max = 59},
    {.label = "hour", .min = 0, .max = 23},
    {.label = "day of month", .min = 1, .max = 31},
    {.label = "month", .min = 1, .max = 12, .names = kMonths},
    {.label = "day of week", .min = 0, .max = 6, .names = kWeekdays},
};

struct Descriptor {
  std::string_view name;
  std::string_view schedule;
};
constexpr Descriptor kDescriptors[] = {
    {"@yearly", "0 0 1 1 *"}, {"@annually", "0 0 1 1 *"}, {"@monthly", "0 0 1 * *"},
    {"@weekly", "0 0 * * 0"}, {"@daily", "0 0 * * *"},    {"@midnight", "0 0 * * *"},
    {"@hourly", "0 * * * *"},
};

Error failure(std::string message) {
  return Error{.message = std::move(message)};
}

/// A text as it may stand in a message: cut when it is long.
std::string shown(std::string_view text) {
  constexpr std::size_t kMost = 40;
  if (text.size() <= kMost) return fmt::format("'{}'", text);
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return fmt::format("'{}...'", text.substr(0, end));
}

/// The bytes of the blank that `text` begins with (Unicode White_Space, as Go's
/// strings.Fields), 0 if it begins with none.
std::size_t blank_size(std::string_view text) {
  const auto c = static_cast<unsigned char>(text.front());
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  if (c < 0xC2U || c > 0xE3U) return 0;
  constexpr std::string_view kBlanks[] = {"\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80",
                                          "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF",
                                          "\xE2\x81\x9F", "\xE3\x80\x80"};
  for (const std::string_view blank : kBlanks) {
    if (text.starts_with(blank)) return blank.size();
  }
  if (text.size() >= 3 && text.starts_with("\xE2\x80")) {  // U+2000 to U+200A
    const auto last = static_cast<unsigned char>(text[2]);
    if (last >= 0x80U && last <= 0x8AU) return 3;
  }
  return 0;
}

/// The parts between blanks; at most `most` are kept, all are counted.
std::size_t split_fields(std::string_view text, std::span<std::string_view> parts) {
  std::size_t count = 0;
  std::size_t begin = 0;
  const auto end_part = [&](std::size_t end) {
    if (end == begin) return;
    if (count < parts.size()) parts[count] = text.substr(begin, end - begin);
    ++count;
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t blank = blank_size(text.substr(i));
    if (blank == 0) {
      ++i;
      continue;
    }
    end_part(i);
    i += blank;
    begin = i;
  }
  end_part(text.size());
  return count;
}

std::string_view trim(std::string_view text) {
  std::array<std::string_view, 1> first;
  if (split_fields(text, first) == 0) return {};
  text.remove_prefix(static_cast<std::size_t>(first[0].data() - text.data()));
  // From the back: a blank ends where skipping its bytes reaches the end.
  for (bool again = true; again && !text.empty();) {
    again = false;
    for (std::size_t size = 1; size <= 3 && size <= text.size(); ++size) {
      if (blank_size(text.substr(text.size() - size)) == size) {
        text.remove_suffix(size);
        again = true;
        break;
      }
    }
  }
  return text;
}

/// strconv.Atoi: an optional sign and decimal digits within int64.
std::optional<std::int64_t> parse_int(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  std::int64_t value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || code != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

bool equal_ignoring_case(std::string_view a, std::string_view lower) {
  return std::ranges::equal(a, lower, [](char x, char y) {
    return (x >= 'A' && x <= 'Z' ? static_cast<char>(x - 'A' + 'a') : x) == y;
  });
}

/// A number or a name of the field. Never negative: a '-' was split off before.
Result<std::uint64_t> parse_value(std::string_view text, const Bounds& bounds) {
  for (std::size_t i = 0; i < bounds.names.size(); ++i) {
    if (equal_ignoring_case(text, bounds.names[i])) return bounds.min + i;
  }
  const auto number = parse_int(text);
  if (number && *number >= 0) return static_cast<std::uint64_t>(*number);
  if (text.empty()) {
    return failure(fmt::format("the {} lacks a number beside '-' or '/'", bounds.label));
  }
  return failure(fmt::format("the {} {} is no number{}", bounds.label, shown(text),
                             bounds.names.empty() ? "" : " and no three-letter name"));
}

/// `a`, `a-b`, `*`, `?`, each with an optional `/step`.
struct Range {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  std::uint64_t step = 1;
  bool any = false;
};

Result<void> parse_low_high(std::string_view text, const Bounds& bounds, Range& range) {
  const auto dash = text.find('-');
  const std::string_view first = text.substr(0, dash);
  if (first == "*" || first == "?") {  // whatever follows "*-" is ignored
    range = {.low = bounds.min, .high = bounds.max, .any = true};
    return {};
  }
  const auto low = parse_value(first, bounds);
  if (!low) return low.error();
  range = {.low = *low, .high = *low};
  if (dash == std::string_view::npos) return {};
  const std::string_view second = text.substr(dash + 1);
  if (second.find('-') != std::string_view::npos) {
    return failure(fmt::format("the {} {} has too many '-'", bounds.label, shown(text)));
  }
  const auto high = parse_value(second, bounds);
  if (!high) return high.error();
  range.high = *high;
  return {};
}

Result<void> parse_step(std::string_view text, const Bounds& bounds, Range& range) {
  if (text.find('/') != std::string_view::npos) {
    return failure(fmt::format("the {} has too many '/'", bounds.label));
  }
  const auto step = parse_int(text);
  if (!step) {
    return failure(
        fmt::format("the step {} of the {} is no number", shown(text), bounds.label));
  }
  if (*step < 1) {
    return failure(fmt::format("the step '{}' of the {} is below 1", *step, bounds.label));
  }
  range.step = static_cast<std::uint64_t>(*step);
  if (range.step > 1) range.any = false;
  return {};
}

Result<void> check_bounds(std::string_view text, const Bounds& bounds, const Range& range) {
  if (range.low < bounds.min) {
    return failure(fmt::format("the {} {} is below {}", bounds.label, shown(text), bounds.min));
  }
  if (range.high > bounds.max) {
    const bool sunday = bounds.max == 6 && range.high == 7;
    return failure(fmt::format("the {} {} is above {}{}", bounds.label, shown(text), bounds.max,
                               sunday ? " (Sunday is 0)" : ""));
  }
  if (range.low > range.high) {
    return failure(fmt::format("the {} {} begins after it ends", bounds.label, shown(text)));
  }
  return {};
}

Result<Range> parse_range(std::string_view text, const Bounds& bounds) {
  const auto slash = text.find('/');
  const std::string_view values = text.substr(0, slash);
  Range range;
  if (const auto parsed = parse_low_high(values, bounds, range); !parsed) return parsed.error();
  if (slash != std::string_view::npos) {
    if (const auto step = parse_step(text.substr(slash + 1), bounds, range); !step) {
      return step.error();
    }
    if (values.find('-') == std::string_view::npos) range.high = bounds.max;
  }
  if (const auto fits = check_bounds(text, bounds, range); !fits) return fits.error();
  return range;
}

Result<CronSchedule::Field> parse_field(std::string_view text, const Bounds& bounds) {
  CronSchedule::Field field;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    if (comma > 0) {  // empty members are skipped
      const auto range = parse_range(text.substr(0, comma), bounds);
      if (!range) return range.error();
      for (std::uint64_t i = range->low; i <= range->high; i += range->step) {
        field.values |= std::uint64_t{1} << i;
      }
      field.any = field.any || range->any;
    }
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return field;
}

Result<CronSchedule> parse_fields(std::string_view text) {
  std::array<std::string_view, 5> parts;
  const std::size_t count = split_fields(text, parts);
  if (count != parts.size()) {
    return failure(
        fmt::format("it has {} field{} instead of five", count, count == 1 ? "" : "s"));
  }
  CronSchedule schedule;
  CronSchedule::Field* const fields[] = {&schedule.minute, &schedule.hour,
                                         &schedule.day_of_month, &schedule.month,
                                         &schedule.day_of_week};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto field = parse_field(parts[i], kBounds[i]);
    if (!field) return field.error();
    *fields[i] = *field;
  }
  return schedule;
}

Result<CronSchedule> parse_descriptor(std::string_view text) {
  for (const Descriptor& descriptor : kDescriptors) {
    if (text == descriptor.name) return parse_fields(descriptor.schedule);
  }
  constexpr std::string_view kEvery = "@every ";
  if (!text.starts_with(kEvery)) {
    return failure(fmt::format("the descriptor {} is unknown", shown(text)));
  }
  const auto delay = parse_go_duration(text.substr(kEvery.size()));
  if (!delay) {
    return failure(fmt::format("the duration {} of '@every' is not one such as 90m or 1h30m",
                               shown(text.substr(kEvery.size()))));
  }
  CronSchedule schedule;
  schedule.every = std::max<std::int64_t>(*delay / 1'000'000'000, 1);
  return schedule;
}

constexpr bool is_leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/// Calls `fn(day)` for each day from 2024-01-01 on which the schedule may fire, `day` counted
/// from 0, until the first day of `end_year`.
template <class Fn>
void for_each_day(const CronSchedule& schedule, int end_year, Fn fn) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool both = schedule.day_of_month.any || schedule.day_of_week.any;
  std::int64_t day = 0;
  unsigned weekday = 1;  // 2024-01-01 was a Monday
  for (int year = 2024; year < end_year; ++year) {
    for (unsigned month = 1; month <= 12; ++month) {
      const int days = kDays[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
      const bool in_month = ((schedule.month.values >> month) & 1U) != 0;
      for (unsigned date = 1; date <= static_cast<unsigned>(days); ++date) {
        const bool by_date = ((schedule.day_of_month.values >> date) & 1U) != 0;
        const bool by_weekday = ((schedule.day_of_week.values >> weekday) & 1U) != 0;
        const bool fires = both ? by_date && by_weekday : by_date || by_weekday;
        if (in_month && fires) fn(day);
        ++day;
        weekday = (weekday + 1) % 7;
      }
    }
  }
}

/// The smallest distance between neighbouring bits; nothing when fewer than two are set.
std::optional<std::int64_t> smallest_gap(std::uint64_t bits) {
  std::optional<std::int64_t> gap;
  while (std::popcount(bits) >= 2) {
    const int low = std::countr_zero(bits);
    bits &= bits - 1;
    const std::int64_t next = std::countr_zero(bits) - low;
    gap = std::min(gap.value_or(next), next);
  }
  return gap;
}

void lower(std::optional<std::int64_t>& best, std::optional<std::int64_t> candidate) {
  if (candidate) best = std::min(best.value_or(*candidate), *candidate);
}

}  // namespace

std::optional<std::int64_t> CronSchedule::interval() const {
  if (every) return every;
  if (minute.values == 0 || hour.values == 0) return std::nullopt;
  std::optional<std::int64_t> day_gap;
  std::optional<std::int64_t> last_day;
  for_each_day(*this, 2025, [&](std::int64_t day) {
    if (last_day) lower(day_gap, day - *last_day);
    last_day = day;
  });
  if (!last_day) return std::nullopt;

  const std::int64_t first_minute = std::countr_zero(minute.values);
  const std::int64_t last_minute = 63 - std::countl_zero(minute.values);
  const std::int64_t first_hour = std::countr_zero(hour.values);
  const std::int64_t last_hour = 63 - std::countl_zero(hour.values);
  std::optional<std::int64_t> minutes = smallest_gap(minute.values);
  if (const auto hours = smallest_gap(hour.values)) {
    lower(minutes, *hours * 60 + first_minute - last_minute);
  }
  if (day_gap) {
    lower(minutes,
          *day_gap * 1440 + (first_hour - last_hour) * 60 + first_minute - last_minute);
  }
  if (!minutes) return std::nullopt;
  return *minutes * 60;
}

bool CronSchedule::never_fires() const {
  if (every) return false;
  if (minute.values == 0 || hour.values == 0) return true;
  bool fires = false;
  for_each_day(*this, 2032, [&](std::int64_t) { fires = true; });
  return !fires;
}

Result<CronSchedule> parse_cron(std::string_view text) {
  if (text.empty()) return failure("it is empty");
  if (text.starts_with("TZ=") || text.starts_with("CRON_TZ=")) {
    const auto blank = text.find(' ');
    if (blank == std::string_view::npos) return failure("no field follows the time zone");
    text = trim(text.substr(blank));
  }
  return text.starts_with('@') ? parse_descriptor(text) : parse_fields(text);
}

}  // namespace tidewaiter::k8s
