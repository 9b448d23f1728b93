#include "cel/time.h"

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <limits>

#include "cel/text_scan.h"
#include "cel/value_build.h"

namespace tidewaiter::cel {
namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kFirstSecond = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t kLastSecond = 253'402'300'799;   // 9999-12-31T23:59:59Z

// Wide enough for every sum and product below.
__extension__ using Wide = __int128;

constexpr Wide kLongest = std::numeric_limits<std::int64_t>::max();
constexpr Wide kShortest = std::numeric_limits<std::int64_t>::min();

Wide nanoseconds_of(const Value& time) {
  return Wide{time.seconds()} * kNanosPerSecond + time.nanoseconds();
}

std::optional<Value> duration_of(Wide nanoseconds) {
  if (nanoseconds > kLongest || nanoseconds < kShortest) return std::nullopt;
  return Value::duration(static_cast<std::int64_t>(nanoseconds / kNanosPerSecond),
                         static_cast<std::int32_t>(nanoseconds % kNanosPerSecond));
}

Value duration_or_error(Arena& arena, Wide nanoseconds) {
  const auto duration = duration_of(nanoseconds);
  return duration ? *duration : make_error(arena, "The duration is out of range.");
}

int days_in_month(std::int64_t year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

// The digits after the point as nanoseconds; more than nine are cut, as Go cuts them.
std::int32_t read_fraction(TextScan& scan) {
  std::int32_t nanoseconds = 0;
  std::int32_t unit = 100'000'000;
  while (scan.at_digit()) {
    nanoseconds += unit * (scan.next() - '0');
    unit /= 10;
  }
  return nanoseconds;
}

// "Z", "+05:30", "-08:00" in minutes.
std::optional<int> read_offset(TextScan& scan) {
  if (scan.take('Z')) return 0;
  const bool negative = scan.peek() == '-';
  if (!scan.take('+') && !scan.take('-')) return std::nullopt;
  const auto hours = scan.digits(2);
  if (!hours || !scan.take(':')) return std::nullopt;
  const auto minutes = scan.digits(2);
  if (!minutes || *hours > 24 || *minutes > 59) return std::nullopt;  // 24 as in Go
  const int total = *hours * 60 + *minutes;
  return negative ? -total : total;
}

struct Unit {
  std::string_view name;
  std::int64_t nanoseconds;
};

constexpr Unit kUnits[] = {
    {"ns", 1},
    {"us", 1'000},
    {"\xC2\xB5s", 1'000},
    {"\xCE\xBCs", 1'000},
    {"ms", 1'000'000},
    {"s", kNanosPerSecond},
    {"m", 60 * kNanosPerSecond},
    {"h", 3600 * kNanosPerSecond},
};

// One "1.5h" of a duration, added to `total`; false when there is none or it is too long.
bool read_part(TextScan& scan, Wide& total) {
  Wide whole = 0;
  bool any = false;
  while (scan.at_digit()) {
    whole = whole * 10 + (scan.next() - '0');
    if (whole > kLongest) return false;
    any = true;
  }
  // As Go: what lies below a nanosecond is cut.
  Wide fraction = 0;
  Wide scale = 1;
  if (scan.take('.')) {
    while (scan.at_digit()) {
      const int digit = scan.next() - '0';
      any = true;
      if (scale > kLongest / 10) continue;
      fraction = fraction * 10 + digit;
      scale *= 10;
    }
  }
  if (!any) return false;
  for (const Unit& unit : kUnits) {
    const std::string_view rest = scan.rest();
    if (!rest.starts_with(unit.name)) continue;
    // "m" must not take the start of "ms".
    if (unit.name == "m" && rest.starts_with("ms")) continue;
    scan.skip(unit.name.size());
    total += whole * unit.nanoseconds + fraction * unit.nanoseconds / scale;
    return total <= kLongest + 1;
  }
  return false;
}

std::string fraction_digits(std::int32_t nanoseconds) {
  if (nanoseconds == 0) return {};
  std::string digits = fmt::format(".{:09}", nanoseconds);
  digits.erase(digits.find_last_not_of('0') + 1);
  return digits;
}

}  // namespace

std::optional<Value> parse_timestamp(std::string_view text) {
  TextScan scan(text);
  const auto year = scan.digits(4);
  if (!year || !scan.take('-')) return std::nullopt;
  const auto month = scan.digits(2);
  if (!month || !scan.take('-')) return std::nullopt;
  const auto day = scan.digits(2);
  if (!day || !scan.take('T')) return std::nullopt;
  auto hour = scan.digits(1);
  if (hour && scan.at_digit()) hour = *hour * 10 + *scan.digits(1);  // Go takes "T7:00:00Z"
  if (!hour || !scan.take(':')) return std::nullopt;
  const auto minute = scan.digits(2);
  if (!minute || !scan.take(':')) return std::nullopt;
  const auto second = scan.digits(2);
  if (!second) return std::nullopt;
  std::int32_t nanoseconds = 0;
  if (scan.take('.') || scan.take(',')) {
    if (!scan.at_digit()) return std::nullopt;
    nanoseconds = read_fraction(scan);
  }
  const auto offset = read_offset(scan);
  if (!offset || !scan.at_end()) return std::nullopt;
  if (*month < 1 || *month > 12 || *day < 1 || *day > days_in_month(*year, *month) ||
      *hour > 23 || *minute > 59 || *second > 59) {
    return std::nullopt;
  }
  const std::int64_t seconds = days_from_civil(*year, *month, *day) * kSecondsPerDay +
                               *hour * 3600 + (*minute - *offset) * 60 + *second;
  if (!is_timestamp_in_range(seconds)) return std::nullopt;
  return Value::timestamp(seconds, nanoseconds, static_cast<std::int16_t>(*offset));
}

std::optional<Value> parse_duration(std::string_view text) {
  TextScan scan(text);
  const bool negative = scan.peek() == '-';
  if (negative || scan.peek() == '+') scan.next();
  if (scan.rest() == "0") return Value::duration(0, 0);
  if (scan.at_end()) return std::nullopt;
  Wide total = 0;
  while (!scan.at_end()) {
    if (!read_part(scan, total)) return std::nullopt;
  }
  return duration_of(negative ? -total : total);
}

std::string format_timestamp(const Value& timestamp) {
  const int offset = timestamp.offset_minutes();
  const CivilTime civil = civil_time(timestamp.seconds() + offset * 60);
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}", civil.year,
                                 civil.month, civil.day, civil.hour, civil.minute, civil.second,
                                 fraction_digits(timestamp.nanoseconds()));
  if (offset == 0) return text + "Z";
  const int distance = offset < 0 ? -offset : offset;
  return text +
         fmt::format("{}{:02}:{:02}", offset < 0 ? '-' : '+', distance / 60, distance % 60);
}

// cel-go writes the seconds as a double.
std::string format_duration(const Value& duration) {
  const double seconds = static_cast<double>(duration.seconds()) +
                         static_cast<double>(duration.nanoseconds()) / 1e9;
  std::array<char, 64> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), seconds,
                                 std::chars_format::fixed);
  return std::string(buffer.data(), end.ptr) + "s";
}

bool is_timestamp_in_range(std::int64_t seconds) {
  return seconds >= kFirstSecond && seconds <= kLastSecond;
}

Value add_durations(Arena& arena, const Value& a, const Value& b) {
  return duration_or_error(arena, nanoseconds_of(a) + nanoseconds_of(b));
}

Value add_to_timestamp(Arena& arena, const Value& timestamp, const Value& duration) {
  const Wide sum = nanoseconds_of(timestamp) + nanoseconds_of(duration);
  Wide seconds = sum / kNanosPerSecond;
  Wide nanoseconds = sum % kNanosPerSecond;
  if (nanoseconds < 0) {
    nanoseconds += kNanosPerSecond;
    --seconds;
  }
  if (!is_timestamp_in_range(static_cast<std::int64_t>(seconds))) {
    return make_error(arena, "The timestamp is out of range: years are 1 to 9999.");
  }
  return Value::timestamp(static_cast<std::int64_t>(seconds),
                          static_cast<std::int32_t>(nanoseconds), timestamp.offset_minutes());
}

Value difference(Arena& arena, const Value& later, const Value& earlier) {
  return duration_or_error(arena, nanoseconds_of(later) - nanoseconds_of(earlier));
}

Value negated_duration(const Value& duration) {
  return Value::duration(-duration.seconds(), -duration.nanoseconds());
}

// Howard Hinnant's algorithms on the proleptic Gregorian calendar (days_from_civil).
std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

CivilTime civil_time(std::int64_t seconds) {
  std::int64_t days = seconds / kSecondsPerDay;
  std::int64_t rest = seconds % kSecondsPerDay;
  if (rest < 0) {
    rest += kSecondsPerDay;
    --days;
  }
  const std::int64_t shifted = days + 719'468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
  const std::int64_t day_of_era = shifted - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const auto month_from_march = static_cast<int>((5 * day_of_year + 2) / 153);
  CivilTime civil;
  civil.day = static_cast<int>(day_of_year) - (153 * month_from_march + 2) / 5 + 1;
  civil.month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  civil.year = year_of_era + era * 400 + (civil.month <= 2 ? 1 : 0);
  civil.hour = static_cast<int>(rest / 3600);
  civil.minute = static_cast<int>(rest % 3600 / 60);
  civil.second = static_cast<int>(rest % 60);
  civil.day_of_week = static_cast<int>(((days + 4) % 7 + 7) % 7);
  civil.day_of_year = static_cast<int>(days - days_from_civil(civil.year, 1, 1));
  return civil;
}

}  // namespace tidewaiter::cel
