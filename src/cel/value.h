#ifndef TIDEWAITER_CEL_VALUE_H_
#define TIDEWAITER_CEL_VALUE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tidewaiter::cel {

class Adapter;
struct ListData;      // a list made by an expression; in the arena
struct MapData;       // a map made by an expression; in the arena
struct OptionalData;  // in the arena
struct OpaqueData;    // a value of a type of a library (URL, Quantity, ...); in the arena
struct ErrorData;     // in the arena
struct TypeData;      // a type as a value; static or in the arena

enum class ValueKind : std::uint8_t {
  kNull,
  kBool,
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kDuration,
  kTimestamp,
  kList,
  kMap,
  kType,
  kOptional,
  kOpaque,
  kError,   ///< Evaluation failed; && and || may absorb it.
  kAbsent,  ///< Only as the answer of Adapter::get: no such entry. Never reaches an expression.
};

/// Where a value came from: a pointer to a node of a document that only the owner of the
/// document understands; null for a value that an expression made.
using Origin = const void*;

/// A CEL value: trivially copyable, at most 32 bytes, borrowing from the document, the compiled
/// expression or the arena of the evaluation; it is valid as long as those.
class Value {
 public:
  Value() = default;  ///< null

  static Value null() { return {}; }
  static Value boolean(bool value);
  static Value integer(std::int64_t value);
  static Value unsigned_integer(std::uint64_t value);
  static Value floating(double value);
  static Value string(std::string_view text);
  static Value bytes(std::string_view bytes);
  /// Seconds and nanoseconds of one sign, |nanoseconds| < 10^9.
  static Value duration(std::int64_t seconds, std::int32_t nanoseconds);
  /// Seconds since 1970 UTC, 0 <= nanoseconds < 10^9; the offset is kept for string().
  static Value timestamp(std::int64_t seconds, std::int32_t nanoseconds,
                         std::int16_t offset_minutes = 0);
  static Value list(const ListData* data);
  static Value map(const MapData* data);
  static Value optional(const OptionalData* data);
  static Value opaque(const OpaqueData* data);
  static Value error(const ErrorData* data);
  static Value type(const TypeData* data);
  static Value absent();
  /// A list or map of a document, read through its adapter.
  static Value foreign_list(const void* node, const Adapter* adapter);
  static Value foreign_map(const void* node, const Adapter* adapter);

  ValueKind kind() const { return kind_; }
  bool is(ValueKind kind) const { return kind_ == kind; }
  bool is_error() const { return kind_ == ValueKind::kError; }
  bool is_foreign() const { return foreign_; }
  bool is_true() const { return kind_ == ValueKind::kBool && payload_.boolean; }
  bool is_false() const { return kind_ == ValueKind::kBool && !payload_.boolean; }

  bool as_bool() const { return payload_.boolean; }
  std::int64_t as_int() const { return payload_.integer; }
  std::uint64_t as_uint() const { return payload_.uinteger; }
  double as_double() const { return payload_.floating; }
  std::string_view as_string() const { return {payload_.text.data, payload_.text.size}; }
  std::int64_t seconds() const { return payload_.time.seconds; }
  std::int32_t nanoseconds() const { return payload_.time.nanoseconds; }
  std::int16_t offset_minutes() const { return offset_minutes_; }
  const ListData* as_list() const { return payload_.list; }
  const MapData* as_map() const { return payload_.map; }
  const OptionalData* as_optional() const { return payload_.optional; }
  const OpaqueData* as_opaque() const { return payload_.opaque; }
  const ErrorData* as_error() const { return payload_.error; }
  const TypeData* as_type() const { return payload_.type; }
  const void* node() const { return payload_.foreign.node; }
  const Adapter* adapter() const { return payload_.foreign.adapter; }

  Origin origin() const { return origin_; }
  Value with_origin(Origin origin) const {
    Value copy = *this;
    copy.origin_ = origin;
    return copy;
  }

 private:
  union Payload {
    bool boolean;
    std::int64_t integer;
    std::uint64_t uinteger;
    double floating;
    struct {
      const char* data;
      std::size_t size;
    } text;
    struct {
      std::int64_t seconds;
      std::int32_t nanoseconds;
    } time;
    struct {
      const void* node;
      const Adapter* adapter;
    } foreign;
    const ListData* list;
    const MapData* map;
    const OptionalData* optional;
    const OpaqueData* opaque;
    const ErrorData* error;
    const TypeData* type;
  };

  Value(ValueKind kind, Payload payload) : payload_(payload), kind_(kind) {}

  Payload payload_ = {.integer = 0};
  Origin origin_ = nullptr;
  std::int16_t offset_minutes_ = 0;
  ValueKind kind_ = ValueKind::kNull;
  bool foreign_ = false;
};
static_assert(sizeof(Value) <= 32);

inline Value Value::boolean(bool value) {
  return Value(ValueKind::kBool, Payload{.boolean = value});
}
inline Value Value::integer(std::int64_t value) {
  return Value(ValueKind::kInt, Payload{.integer = value});
}
inline Value Value::unsigned_integer(std::uint64_t value) {
  return Value(ValueKind::kUint, Payload{.uinteger = value});
}
inline Value Value::floating(double value) {
  return Value(ValueKind::kDouble, Payload{.floating = value});
}
inline Value Value::string(std::string_view text) {
  return Value(ValueKind::kString, Payload{.text = {text.data(), text.size()}});
}
inline Value Value::bytes(std::string_view bytes) {
  return Value(ValueKind::kBytes, Payload{.text = {bytes.data(), bytes.size()}});
}
inline Value Value::duration(std::int64_t seconds, std::int32_t nanoseconds) {
  return Value(ValueKind::kDuration, Payload{.time = {seconds, nanoseconds}});
}
inline Value Value::timestamp(std::int64_t seconds, std::int32_t nanoseconds,
                              std::int16_t offset_minutes) {
  Value value(ValueKind::kTimestamp, Payload{.time = {seconds, nanoseconds}});
  value.offset_minutes_ = offset_minutes;
  return value;
}
inline Value Value::list(const ListData* data) {
  return Value(ValueKind::kList, Payload{.list = data});
}
inline Value Value::map(const MapData* data) {
  return Value(ValueKind::kMap, Payload{.map = data});
}
inline Value Value::optional(const OptionalData* data) {
  return Value(ValueKind::kOptional, Payload{.optional = data});
}
inline Value Value::opaque(const OpaqueData* data) {
  return Value(ValueKind::kOpaque, Payload{.opaque = data});
}
inline Value Value::error(const ErrorData* data) {
  return Value(ValueKind::kError, Payload{.error = data});
}
inline Value Value::type(const TypeData* data) {
  return Value(ValueKind::kType, Payload{.type = data});
}
inline Value Value::absent() {
  return Value(ValueKind::kAbsent, Payload{.integer = 0});
}
inline Value Value::foreign_list(const void* node, const Adapter* adapter) {
  Value value(ValueKind::kList, Payload{.foreign = {node, adapter}});
  value.foreign_ = true;
  return value;
}
inline Value Value::foreign_map(const void* node, const Adapter* adapter) {
  Value value(ValueKind::kMap, Payload{.foreign = {node, adapter}});
  value.foreign_ = true;
  return value;
}

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_VALUE_H_
