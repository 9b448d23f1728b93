#include "cel/messages.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>

#include <fmt/core.h>

#include "cel/time.h"
#include "cel/value_build.h"
#include "cel/value_read.h"

namespace tidewaiter::cel {
namespace {

constexpr std::string_view kPrefix = "google.protobuf.";
constexpr int kMostNesting = 64;
constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
// More seconds than any timestamp or duration has, so that sums stay small.
constexpr std::int64_t kMostSeconds = 1'000'000'000'000;

std::vector<Message> make_messages() {
  const auto type = [](std::string_view text) { return *Type::parse(text); };
  const auto wrapper = [&](std::string_view name, std::string_view value) {
    return Message{name, type(value), {{"value", type(value)}}};
  };
  const auto time = [&](std::string_view name) {
    return Message{name, type(name), {{"seconds", type("int")}, {"nanos", type("int")}}};
  };
  return {
      wrapper("google.protobuf.BoolValue", "bool"),
      wrapper("google.protobuf.BytesValue", "bytes"),
      wrapper("google.protobuf.DoubleValue", "double"),
      wrapper("google.protobuf.FloatValue", "double"),
      wrapper("google.protobuf.Int32Value", "int"),
      wrapper("google.protobuf.Int64Value", "int"),
      wrapper("google.protobuf.StringValue", "string"),
      wrapper("google.protobuf.UInt32Value", "uint"),
      wrapper("google.protobuf.UInt64Value", "uint"),
      time("google.protobuf.Duration"),
      time("google.protobuf.Timestamp"),
      {"google.protobuf.ListValue", type("list(dyn)"), {{"values", type("list(dyn)")}}},
      {"google.protobuf.Struct",
       type("map(string, dyn)"),
       {{"fields", type("map(string, dyn)")}}},
      {"google.protobuf.Value",
       Type(),
       {{"null_value", type("int")},
        {"number_value", type("double")},
        {"string_value", type("string")},
        {"bool_value", type("bool")},
        {"struct_value", type("map(string, dyn)")},
        {"list_value", type("list(dyn)")}}},
  };
}

bool fits(const Value& value, TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool: return value.is(ValueKind::kBool);
    case TypeKind::kBytes: return value.is(ValueKind::kBytes);
    case TypeKind::kDouble: return value.is(ValueKind::kDouble);
    case TypeKind::kInt: return value.is(ValueKind::kInt);
    case TypeKind::kUint: return value.is(ValueKind::kUint);
    case TypeKind::kString: return value.is(ValueKind::kString);
    case TypeKind::kList: return value.is(ValueKind::kList);
    case TypeKind::kMap: return value.is(ValueKind::kMap);
    default: return true;
  }
}

Value zero_of(CallContext& call, TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool: return Value::boolean(false);
    case TypeKind::kBytes: return Value::bytes({});
    case TypeKind::kDouble: return Value::floating(0);
    case TypeKind::kInt: return Value::integer(0);
    case TypeKind::kUint: return Value::unsigned_integer(0);
    case TypeKind::kString: return Value::string({});
    case TypeKind::kList: return make_list(call.arena, {});
    case TypeKind::kMap: return make_map(call.arena, {});
    default: return Value::null();
  }
}

Value out_of_range(CallContext& call, const Message& message) {
  return make_error(call.arena,
                    fmt::format("The value is out of range for '{}'.", message.name));
}

/// What JSON makes of a value: every number is a double.
Value json_value(CallContext& call, const Value& value, int nesting) {
  if (!call.spend(1)) return cost_error();
  if (nesting > kMostNesting) return make_error(call.arena, "The value is nested too deeply.");
  switch (value.kind()) {
    case ValueKind::kInt: return Value::floating(static_cast<double>(value.as_int()));
    case ValueKind::kUint: return Value::floating(static_cast<double>(value.as_uint()));
    case ValueKind::kList: {
      ListBuilder items(call.arena);
      for (std::uint32_t i = 0; i < size_of(value); ++i) {
        const Value item = json_value(call, item_at(value, i), nesting + 1);
        if (item.is_error()) return item;
        items.add(item);
      }
      return items.build();
    }
    case ValueKind::kMap: {
      MapBuilder entries(call.arena);
      Value key;
      Value item;
      for (MapCursor cursor(value); cursor.next(key, item);) {
        if (!key.is(ValueKind::kString)) {
          return make_error(call.arena, "The keys of a JSON object need to be texts.");
        }
        const Value converted = json_value(call, item, nesting + 1);
        if (converted.is_error()) return converted;
        entries.add(key, converted);
      }
      return entries.build();
    }
    default: return value;
  }
}

/// The seconds and nanoseconds of a Duration or Timestamp.
Value make_time(CallContext& call, const Message& message, std::int64_t seconds,
                std::int64_t nanos) {
  if (std::abs(seconds) > kMostSeconds ||
      std::abs(nanos) > std::numeric_limits<std::int32_t>::max()) {
    return out_of_range(call, message);
  }
  seconds += nanos / kNanosPerSecond;
  nanos %= kNanosPerSecond;
  const bool is_duration = message.result.kind() == TypeKind::kDuration;
  if (is_duration && seconds > 0 && nanos < 0) {
    --seconds;
    nanos += kNanosPerSecond;
  } else if (is_duration && seconds < 0 && nanos > 0) {
    ++seconds;
    nanos -= kNanosPerSecond;
  } else if (!is_duration && nanos < 0) {
    --seconds;
    nanos += kNanosPerSecond;
  }
  if (is_duration) {
    // Sums are checked, and this one is of what may be too long for Go's 64 bits.
    const Value whole = Value::duration(seconds, static_cast<std::int32_t>(nanos));
    return add_durations(call.arena, whole, Value::duration(0, 0));
  }
  if (!is_timestamp_in_range(seconds)) return out_of_range(call, message);
  return Value::timestamp(seconds, static_cast<std::int32_t>(nanos));
}

Value make_wrapper(CallContext& call, const Message& message, const Value& value) {
  const std::string_view name = message.name.substr(kPrefix.size());
  using Int32 = std::numeric_limits<std::int32_t>;
  if (name == "Int32Value" &&
      (value.as_int() < Int32::min() || value.as_int() > Int32::max())) {
    return out_of_range(call, message);
  }
  if (name == "UInt32Value" && value.as_uint() > std::numeric_limits<std::uint32_t>::max()) {
    return out_of_range(call, message);
  }
  if (name == "FloatValue") {
    return Value::floating(static_cast<double>(static_cast<float>(value.as_double())));
  }
  return value;
}

}  // namespace

const MessageField* Message::field(std::string_view field_name) const {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const MessageField& each) {
    return each.name == field_name;
  });
  return found == fields.end() ? nullptr : &*found;
}

const Message* find_message(std::string_view name) {
  static const std::vector<Message> messages = make_messages();
  const auto found = std::find_if(messages.begin(), messages.end(),
                                  [&](const Message& each) { return each.name == name; });
  return found == messages.end() ? nullptr : &*found;
}

Value make_message(CallContext& call, const Message& message,
                   std::span<const WrittenField> fields) {
  std::vector<Value> values;
  for (const MessageField& field : message.fields) {
    values.push_back(zero_of(call, field.type.kind()));
  }
  std::size_t last = 0;
  for (const WrittenField& written : fields) {
    const MessageField* const field = message.field(written.name);
    if (field == nullptr || !fits(written.value, field->type.kind())) {
      return make_error(call.arena,
                        fmt::format("'{}' has no field '{}' for a value of type '{}'.",
                                    message.name, written.name, type_name(written.value)),
                        ErrorCause::kType, written.value.origin());
    }
    last = static_cast<std::size_t>(field - message.fields.data());
    values[last] = written.value;
  }
  switch (message.result.kind()) {
    case TypeKind::kDuration:
    case TypeKind::kTimestamp:
      return make_time(call, message, values[0].as_int(), values[1].as_int());
    case TypeKind::kList:
    case TypeKind::kMap: return json_value(call, values[0], 0);
    // google.protobuf.Value: its fields exclude each other, and the first is null.
    case TypeKind::kDyn:
      return fields.empty() || last == 0 ? Value::null() : json_value(call, values[last], 0);
    default: return make_wrapper(call, message, values[0]);
  }
}

}  // namespace tidewaiter::cel
