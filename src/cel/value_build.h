#ifndef TIDEWAITER_CEL_VALUE_BUILD_H_
#define TIDEWAITER_CEL_VALUE_BUILD_H_

#include <cstddef>
#include <span>
#include <string_view>

#include "cel/arena.h"
#include "cel/value.h"
#include "cel/value_data.h"

namespace tidewaiter::cel {

/// An error value; `message` (a sentence) is copied. `origin`: the node at fault. The evaluator
/// gives an error of a function without origin that of the first argument that has one.
Value make_error(Arena& arena, std::string_view message, ErrorCause cause = ErrorCause::kValue,
                 Origin origin = nullptr);
/// The error for an operand of the wrong kind: "… cannot be applied to 'int'."
Value make_type_error(Arena& arena, std::string_view operation,
                      std::span<const Value> operands);
/// The error of an expression that needs more memory than it may have.
Value memory_error();
/// The error of an expression that does more work than it may.
Value cost_error();

/// A string whose bytes are copied.
Value make_string(Arena& arena, std::string_view text);
Value make_bytes(Arena& arena, std::string_view bytes);
/// A list of copies of the items (a Value is a reference, so this is cheap).
Value make_list(Arena& arena, std::span<const Value> items);
/// A map of the entries; of equal keys the last wins, at the place of the first. Keys must be
/// bool, int, uint, string (or a double for a map made through dyn).
Value make_map(Arena& arena, std::span<const MapEntry> entries);
Value make_optional(Arena& arena, const Value& value);
Value optional_none();
/// A value of a library's type; the payload must lie in the arena (or be static).
Value make_opaque(Arena& arena, const OpaqueType& type, const void* payload);
/// The type named `name`, which is copied.
Value make_type(Arena& arena, std::string_view name);

/// Collects the items of a list whose length is not known before. Linear.
class ListBuilder {
 public:
  explicit ListBuilder(Arena& arena) : arena_(arena) {}
  ListBuilder(Arena& arena, std::size_t expected);
  ListBuilder(const ListBuilder&) = delete;
  ListBuilder& operator=(const ListBuilder&) = delete;

  /// Dropped when the arena is exhausted.
  void add(const Value& item);
  std::span<Value> items() { return storage_.first(size_); }
  /// The list; the builder is used up.
  Value build();

 private:
  Arena& arena_;
  std::span<Value> storage_;
  std::size_t size_ = 0;
};

/// Collects the entries of a map.
class MapBuilder {
 public:
  explicit MapBuilder(Arena& arena) : arena_(arena) {}
  MapBuilder(const MapBuilder&) = delete;
  MapBuilder& operator=(const MapBuilder&) = delete;

  /// Dropped when the arena is exhausted.
  void add(const Value& key, const Value& value);
  std::span<const MapEntry> entries() const { return storage_.first(size_); }
  /// The map, as make_map; the builder is used up.
  Value build();

 private:
  Arena& arena_;
  std::span<MapEntry> storage_;
  std::size_t size_ = 0;
};

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_VALUE_BUILD_H_
