#ifndef TIDEWAITER_CEL_TIME_H_
#define TIDEWAITER_CEL_TIME_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cel/arena.h"
#include "cel/value.h"

// Durations and timestamps: the ranges are those of CEL (years 1 to 9999; a duration fits
// 64-bit nanoseconds, as Go's does, which Kubernetes uses).

namespace tidewaiter::cel {

/// A timestamp in RFC 3339 ("2023-12-25T00:00:00.5+05:00"); nothing when the text is none or
/// the time is out of range.
std::optional<Value> parse_timestamp(std::string_view text);
/// A duration as Go writes it: "1h30m", "-1.5h", "100ms", "0"; units h m s ms us µs ns.
std::optional<Value> parse_duration(std::string_view text);

/// RFC 3339 with as many fractional digits as needed, in the offset the timestamp was written.
std::string format_timestamp(const Value& timestamp);
/// Seconds with as many fractional digits as needed: "3660s", "0.5s".
std::string format_duration(const Value& duration);

/// Whether seconds since 1970 lie in the years 1 to 9999.
bool is_timestamp_in_range(std::int64_t seconds);

/// The results are errors when they are out of range.
Value add_durations(Arena& arena, const Value& a, const Value& b);
Value add_to_timestamp(Arena& arena, const Value& timestamp, const Value& duration);
Value difference(Arena& arena, const Value& later, const Value& earlier);
Value negated_duration(const Value& duration);

/// The fields of a moment on the proleptic Gregorian calendar.
struct CivilTime {
  std::int64_t year = 1970;
  int month = 1;  ///< 1 to 12
  int day = 1;    ///< 1 to 31
  int hour = 0;
  int minute = 0;
  int second = 0;
  int day_of_week = 4;  ///< 0 = Sunday
  int day_of_year = 0;  ///< 0 = 1 January
};
CivilTime civil_time(std::int64_t seconds);
/// Days since 1970-01-01 of a date.
std::int64_t days_from_civil(std::int64_t year, int month, int day);

/// The offset from UTC in seconds that a zone has at a moment: "UTC", "+05:30", "-00:00",
/// "05:30", or a name of the IANA database (docs: cel/time_zones.h). Nothing for an unknown
/// zone.
std::optional<std::int32_t> zone_offset(std::string_view zone, std::int64_t seconds);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_TIME_H_
