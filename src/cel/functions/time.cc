#include "cel/time.h"

#include <fmt/core.h>

#include "base/utf8.h"
#include "cel/functions/libraries.h"
#include "cel/value_build.h"

// What can be asked of timestamps and durations. Without a zone the fields are those in UTC.

namespace tidewaiter::cel {
namespace {

using Args = std::span<const Value>;

std::int64_t year(const CivilTime& time) {
  return time.year;
}
std::int64_t month(const CivilTime& time) {
  return time.month - 1;
}
std::int64_t day_from_one(const CivilTime& time) {
  return time.day;
}
std::int64_t day_from_zero(const CivilTime& time) {
  return time.day - 1;
}
std::int64_t day_of_week(const CivilTime& time) {
  return time.day_of_week;
}
std::int64_t day_of_year(const CivilTime& time) {
  return time.day_of_year;
}
std::int64_t hours(const CivilTime& time) {
  return time.hour;
}
std::int64_t minutes(const CivilTime& time) {
  return time.minute;
}
std::int64_t seconds(const CivilTime& time) {
  return time.second;
}

using Field = std::int64_t (*)(const CivilTime&);

template <Field kField>
Value field(CallContext&, Args args) {
  return Value::integer(kField(civil_time(args[0].seconds())));
}

Value unknown_zone(CallContext& call, const Value& zone) {
  return make_error(call.arena, fmt::format("'{}' is no time zone: write '+01:00' or "
                                            "'Europe/Berlin'.",
                                            utf8_prefix(zone.as_string(), 100)));
}

template <Field kField>
Value field_in_zone(CallContext& call, Args args) {
  const auto offset = zone_offset(args[1].as_string(), args[0].seconds());
  if (!offset) return unknown_zone(call, args[1]);
  return Value::integer(kField(civil_time(args[0].seconds() + *offset)));
}

Value milliseconds(CallContext&, Args args) {
  return Value::integer(args[0].nanoseconds() / 1'000'000);
}

Value milliseconds_in_zone(CallContext& call, Args args) {
  if (!zone_offset(args[1].as_string(), args[0].seconds())) return unknown_zone(call, args[1]);
  return milliseconds(call, args);
}

template <std::int64_t kSeconds>
Value duration_in(CallContext&, Args args) {
  return Value::integer(args[0].seconds() / kSeconds);
}

// All of the duration, not the part below a second: what cel-go does.
Value duration_in_milliseconds(CallContext&, Args args) {
  return Value::integer(args[0].seconds() * 1000 + args[0].nanoseconds() / 1'000'000);
}

constexpr LibraryRow kRows[] = {
    {"timestamp.getFullYear() -> int", field<year>, "The year."},
    {"timestamp.getFullYear(string) -> int", field_in_zone<year>, "The year in a zone."},
    {"timestamp.getMonth() -> int", field<month>, "The month from 0."},
    {"timestamp.getMonth(string) -> int", field_in_zone<month>, "The month in a zone, from 0."},
    {"timestamp.getDate() -> int", field<day_from_one>, "The day of the month from 1."},
    {"timestamp.getDate(string) -> int", field_in_zone<day_from_one>,
     "The day of the month in a zone, from 1."},
    {"timestamp.getDayOfMonth() -> int", field<day_from_zero>, "The day of the month from 0."},
    {"timestamp.getDayOfMonth(string) -> int", field_in_zone<day_from_zero>,
     "The day of the month in a zone, from 0."},
    {"timestamp.getDayOfWeek() -> int", field<day_of_week>, "The day of the week, 0 = Sunday."},
    {"timestamp.getDayOfWeek(string) -> int", field_in_zone<day_of_week>,
     "The day of the week in a zone, 0 = Sunday."},
    {"timestamp.getDayOfYear() -> int", field<day_of_year>, "The day of the year from 0."},
    {"timestamp.getDayOfYear(string) -> int", field_in_zone<day_of_year>,
     "The day of the year in a zone, from 0."},
    {"timestamp.getHours() -> int", field<hours>, "The hour."},
    {"timestamp.getHours(string) -> int", field_in_zone<hours>, "The hour in a zone."},
    {"timestamp.getMinutes() -> int", field<minutes>, "The minute."},
    {"timestamp.getMinutes(string) -> int", field_in_zone<minutes>, "The minute in a zone."},
    {"timestamp.getSeconds() -> int", field<seconds>, "The second."},
    {"timestamp.getSeconds(string) -> int", field_in_zone<seconds>, "The second in a zone."},
    {"timestamp.getMilliseconds() -> int", milliseconds, "The milliseconds of the second."},
    {"timestamp.getMilliseconds(string) -> int", milliseconds_in_zone,
     "The milliseconds of the second in a zone."},
    {"duration.getHours() -> int", duration_in<3600>, "The whole hours of a duration."},
    {"duration.getMinutes() -> int", duration_in<60>, "The whole minutes of a duration."},
    {"duration.getSeconds() -> int", duration_in<1>, "The whole seconds of a duration."},
    {"duration.getMilliseconds() -> int", duration_in_milliseconds,
     "The whole milliseconds of a duration."},
};

}  // namespace

void add_time_functions(FunctionRegistry& registry) {
  add_rows(registry, kRows);
}

}  // namespace tidewaiter::cel
