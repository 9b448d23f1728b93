#ifndef TIDEWAITER_CEL_VALUE_COMPARE_H_
#define TIDEWAITER_CEL_VALUE_COMPARE_H_

#include <cstdint>
#include <optional>

#include "cel/value.h"
#include "cel/value_data.h"

namespace tidewaiter::cel {

/// What it takes to look at all of a value, in units of CallContext::spend: one for each 16
/// bytes of a text or of a library's value. Nothing for others: items of collections are
/// counted where they are visited.
inline std::uint64_t work_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kString:
    case ValueKind::kBytes: return value.as_string().size() / 16;
    case ValueKind::kOpaque: {
      const OpaqueData& opaque = *value.as_opaque();
      return opaque.type->size == nullptr ? 0 : opaque.type->size(opaque.payload) / 16;
    }
    default: return 0;
  }
}

/// `a == b` as the specification defines it: numbers compare across int, uint and double, NaN
/// equals nothing, values of different kinds are unequal, lists and maps compare by content.
/// Each pair of values inside collections takes one from `budget`, and texts what is compared
/// of them; when it runs out (documents with aliases can be exponentially large) it is 0 and
/// the answer is kError.
Equality equal(const Value& a, const Value& b, std::uint64_t& budget);
/// The same with a budget of a million pairs; kError counts as unequal.
bool equals(const Value& a, const Value& b);

/// The order of two values that CEL orders: -1, 0, 1; numbers across their types, false before
/// true, strings by code point, bytes, durations, timestamps. Nothing for other kinds,
/// different kinds, and NaN.
std::optional<int> compare(const Value& a, const Value& b);

bool is_number(const Value& value);
/// Whether compare() knows values of this kind.
bool is_ordered(const Value& value);
/// A strict weak order of values of one ordered kind (NaN last), for sorting.
bool is_less(const Value& a, const Value& b);

/// Equal values (of the kinds that may be keys) have equal hashes, also across number types.
std::uint64_t hash_of(const Value& key);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_VALUE_COMPARE_H_
