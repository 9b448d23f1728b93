#ifndef TIDEWAITER_CEL_VALUE_READ_H_
#define TIDEWAITER_CEL_VALUE_READ_H_

#include <cstdint>
#include <string_view>

#include "cel/value.h"
#include "cel/value_data.h"

// Reading lists and maps, whether an expression made them or they lie in a document. What an
// item or entry yields keeps its origin.

namespace tidewaiter::cel {

/// Items of a list or entries of a map; 0 for any other value.
std::uint32_t size_of(const Value& collection);
/// Item `index` of a list; index < size_of(list).
Value item_at(const Value& list, std::uint32_t index);
/// The value of the entry; kAbsent when there is none or `map` is no map.
Value find_key(const Value& map, std::string_view key);
/// As above with any key: 1, 1u and 1.0 are the same key.
Value find_key(const Value& map, const Value& key);

/// Walks the entries of a map; the map must outlive it.
class MapCursor {
 public:
  explicit MapCursor(const Value& map) : map_(map) {}
  /// The next entry; false at the end (at once for a value that is no map).
  bool next(Value& key, Value& value);

 private:
  const Value& map_;
  std::uint32_t position_ = 0;
};

/// The name of a value's type as CEL writes it: "int", "list", "google.protobuf.Timestamp",
/// "kubernetes.Quantity", "error".
std::string_view type_name(const Value& value);
/// The value of type(value).
Value type_of(const Value& value);

/// What optional.ofNonZeroValue takes for zero: null, false, 0, "", empty collections, a zero
/// duration, and the first moment of the year 1.
bool is_zero(const Value& value);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_VALUE_READ_H_
