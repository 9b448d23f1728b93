#include <fmt/format.h>

#include <array>
#include <cmath>

#include "base/utf8.h"
#include "cel/code_points.h"
#include "cel/functions/libraries.h"
#include "cel/number_text.h"
#include "cel/time.h"
#include "cel/value_build.h"
#include "cel/value_read.h"

// Conversions, size, type and dyn of the standard library (language definition, Standard
// Definitions). Ranges and spellings are Go's.

namespace tidewaiter::cel {
namespace {

using Args = std::span<const Value>;

constexpr double kTwo63 = 9223372036854775808.0;
constexpr double kTwo64 = 18446744073709551616.0;
constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

Value identity(CallContext&, Args args) {
  return args[0];
}

Value refuse(CallContext& call, std::string_view text, std::string_view type) {
  return make_error(call.arena,
                    fmt::format("'{}' cannot be read as '{}'.", utf8_prefix(text, 100), type));
}

Value out_of_range(CallContext& call, std::string_view type) {
  return make_error(call.arena, fmt::format("The number is out of the range of '{}'.", type));
}

Value int_of_uint(CallContext& call, Args args) {
  const std::uint64_t value = args[0].as_uint();
  if (value > static_cast<std::uint64_t>(INT64_MAX)) return out_of_range(call, "int");
  return Value::integer(static_cast<std::int64_t>(value)).with_origin(args[0].origin());
}

Value int_of_double(CallContext& call, Args args) {
  const double value = args[0].as_double();
  if (!(value > -kTwo63 && value < kTwo63)) return out_of_range(call, "int");
  return Value::integer(static_cast<std::int64_t>(value)).with_origin(args[0].origin());
}

Value int_of_string(CallContext& call, Args args) {
  const auto value = parse_int(args[0].as_string());
  if (!value) return refuse(call, args[0].as_string(), "int");
  return Value::integer(*value).with_origin(args[0].origin());
}

Value int_of_timestamp(CallContext&, Args args) {
  return Value::integer(args[0].seconds());
}

Value int_of_duration(CallContext&, Args args) {
  return Value::integer(args[0].seconds() * kNanosPerSecond + args[0].nanoseconds());
}

Value uint_of_int(CallContext& call, Args args) {
  if (args[0].as_int() < 0) return out_of_range(call, "uint");
  return Value::unsigned_integer(static_cast<std::uint64_t>(args[0].as_int()))
      .with_origin(args[0].origin());
}

Value uint_of_double(CallContext& call, Args args) {
  const double value = args[0].as_double();
  if (!(value >= 0 && value < kTwo64)) return out_of_range(call, "uint");
  return Value::unsigned_integer(static_cast<std::uint64_t>(value))
      .with_origin(args[0].origin());
}

Value uint_of_string(CallContext& call, Args args) {
  const auto value = parse_uint(args[0].as_string());
  if (!value) return refuse(call, args[0].as_string(), "uint");
  return Value::unsigned_integer(*value).with_origin(args[0].origin());
}

Value double_of_int(CallContext&, Args args) {
  return Value::floating(static_cast<double>(args[0].as_int())).with_origin(args[0].origin());
}

Value double_of_uint(CallContext&, Args args) {
  return Value::floating(static_cast<double>(args[0].as_uint())).with_origin(args[0].origin());
}

Value double_of_string(CallContext& call, Args args) {
  const auto value = parse_double(args[0].as_string());
  if (!value) return refuse(call, args[0].as_string(), "double");
  return Value::floating(*value).with_origin(args[0].origin());
}

Value bool_of_string(CallContext& call, Args args) {
  constexpr std::array<std::string_view, 6> kTrue{"1", "t", "T", "true", "TRUE", "True"};
  constexpr std::array<std::string_view, 6> kFalse{"0", "f", "F", "false", "FALSE", "False"};
  for (const std::string_view word : kTrue) {
    if (args[0].as_string() == word) return Value::boolean(true);
  }
  for (const std::string_view word : kFalse) {
    if (args[0].as_string() == word) return Value::boolean(false);
  }
  return refuse(call, args[0].as_string(), "bool");
}

Value string_of(CallContext& call, const Value& value, std::string_view text) {
  return make_string(call.arena, text).with_origin(value.origin());
}

Value string_of_bool(CallContext&, Args args) {
  return Value::string(args[0].as_bool() ? "true" : "false").with_origin(args[0].origin());
}
Value string_of_int(CallContext& call, Args args) {
  return string_of(call, args[0], fmt::format_int(args[0].as_int()).c_str());
}
Value string_of_uint(CallContext& call, Args args) {
  return string_of(call, args[0], fmt::format_int(args[0].as_uint()).c_str());
}
Value string_of_double(CallContext& call, Args args) {
  return string_of(call, args[0], format_double(args[0].as_double()));
}
Value string_of_timestamp(CallContext& call, Args args) {
  return string_of(call, args[0], format_timestamp(args[0]));
}
Value string_of_duration(CallContext& call, Args args) {
  return string_of(call, args[0], format_duration(args[0]));
}

Value string_of_bytes(CallContext& call, Args args) {
  if (!is_utf8(args[0].as_string())) {
    return make_error(call.arena, "These bytes are no UTF-8 text.");
  }
  return Value::string(args[0].as_string());
}

Value bytes_of_string(CallContext&, Args args) {
  return Value::bytes(args[0].as_string());
}

Value timestamp_of_string(CallContext& call, Args args) {
  const auto value = parse_timestamp(args[0].as_string());
  if (!value) return refuse(call, args[0].as_string(), "timestamp");
  return value->with_origin(args[0].origin());
}

Value timestamp_of_int(CallContext& call, Args args) {
  if (!is_timestamp_in_range(args[0].as_int())) return out_of_range(call, "timestamp");
  return Value::timestamp(args[0].as_int(), 0);
}

Value duration_of_string(CallContext& call, Args args) {
  const auto value = parse_duration(args[0].as_string());
  if (!value) return refuse(call, args[0].as_string(), "duration");
  return value->with_origin(args[0].origin());
}

Value size_of_text(CallContext&, Args args) {
  const std::string_view text = args[0].as_string();
  return Value::integer(static_cast<std::int64_t>(count_code_points(text)));
}

Value size_of_bytes(CallContext&, Args args) {
  return Value::integer(static_cast<std::int64_t>(args[0].as_string().size()));
}

Value size_of_collection(CallContext&, Args args) {
  return Value::integer(size_of(args[0]));
}

Value type_of_value(CallContext&, Args args) {
  return type_of(args[0]);
}

constexpr LibraryRow kRows[] = {
    {"int(int) -> int", identity, "The same integer."},
    {"int(uint) -> int", int_of_uint, "The integer; an error above 2^63 - 1."},
    {"int(double) -> int", int_of_double,
     "The number without its fraction; an error beyond 64 bits."},
    {"int(string) -> int", int_of_string, "The decimal integer that the text is."},
    {"int(timestamp) -> int", int_of_timestamp, "The seconds since 1970 in UTC."},
    {"int(duration) -> int", int_of_duration, "The length in nanoseconds."},
    {"uint(uint) -> uint", identity, "The same integer."},
    {"uint(int) -> uint", uint_of_int, "The integer; an error if it is negative."},
    {"uint(double) -> uint", uint_of_double,
     "The number without its fraction; an error if it is negative or beyond 64 bits."},
    {"uint(string) -> uint", uint_of_string, "The decimal integer that the text is."},
    {"double(double) -> double", identity, "The same number."},
    {"double(int) -> double", double_of_int, "The double that is nearest."},
    {"double(uint) -> double", double_of_uint, "The double that is nearest."},
    {"double(string) -> double", double_of_string, "The number that the text is."},
    {"bool(bool) -> bool", identity, "The same boolean."},
    {"bool(string) -> bool", bool_of_string,
     "True for 'true', 'True', 'TRUE', 't', 'T' and '1', false for 'false', 'False', 'FALSE', "
     "'f', 'F' and '0'; an error for any other text."},
    {"string(string) -> string", identity, "The same text."},
    {"string(bool) -> string", string_of_bool, "The text 'true' or 'false'."},
    {"string(int) -> string", string_of_int, "The decimal digits."},
    {"string(uint) -> string", string_of_uint, "The decimal digits."},
    {"string(double) -> string", string_of_double,
     "The shortest text that reads as the same number."},
    {"string(bytes) -> string", string_of_bytes, "The text; an error if it is no UTF-8."},
    {"string(timestamp) -> string", string_of_timestamp, "The moment as RFC 3339 writes it."},
    {"string(duration) -> string", string_of_duration,
     "The length in seconds, with the unit s."},
    {"bytes(bytes) -> bytes", identity, "The same bytes."},
    {"bytes(string) -> bytes", bytes_of_string, "The text in UTF-8."},
    {"timestamp(timestamp) -> timestamp", identity, "The same moment."},
    {"timestamp(string) -> timestamp", timestamp_of_string,
     "The moment that the text in RFC 3339 names."},
    {"timestamp(int) -> timestamp", timestamp_of_int,
     "The moment so many seconds after 1970 began in UTC."},
    {"duration(duration) -> duration", identity, "The same duration."},
    {"duration(string) -> duration", duration_of_string,
     "The duration that the text is, such as '1h30m' or '100ms'."},
    {"size(string) -> int", size_of_text, "The number of code points."},
    {"size(bytes) -> int", size_of_bytes, "The number of bytes."},
    {"size(list(T)) -> int", size_of_collection, "The number of items."},
    {"size(map(K, V)) -> int", size_of_collection, "The number of entries."},
    {"string.size() -> int", size_of_text, "The number of code points."},
    {"bytes.size() -> int", size_of_bytes, "The number of bytes."},
    {"list(T).size() -> int", size_of_collection, "The number of items."},
    {"map(K, V).size() -> int", size_of_collection, "The number of entries."},
    {"type(T) -> type(T)", type_of_value, "The type of a value."},
    {"dyn(T) -> dyn", identity, "The same value, its type unknown to the checker."},
};

}  // namespace

void add_conversion_functions(FunctionRegistry& registry) {
  add_rows(registry, kRows);
}

}  // namespace tidewaiter::cel
