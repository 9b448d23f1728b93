#include "cel/value_compare.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "cel/value_read.h"

namespace tidewaiter::cel {
namespace {

constexpr double kTwo63 = 9223372036854775808.0;
constexpr double kTwo64 = 18446744073709551616.0;
constexpr std::uint64_t kDefaultBudget = 1'000'000;

template <class T>
int order(T a, T b) {
  return a < b ? -1 : (b < a ? 1 : 0);
}

std::optional<int> order_doubles(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::nullopt;
  return order(a, b);
}

// As cel-go compares: as doubles, so that large integers lose their last bits.
std::optional<int> order_with_double(const Value& integer, double b) {
  if (std::isnan(b)) return std::nullopt;
  if (integer.is(ValueKind::kInt)) {
    if (b < -kTwo63) return 1;
    if (b > kTwo63) return -1;
    return order(static_cast<double>(integer.as_int()), b);
  }
  if (b < 0) return 1;
  if (b > kTwo64) return -1;
  return order(static_cast<double>(integer.as_uint()), b);
}

std::optional<int> negated(std::optional<int> result) {
  if (result) *result = -*result;
  return result;
}

std::optional<int> order_numbers(const Value& a, const Value& b) {
  if (a.is(ValueKind::kInt) && b.is(ValueKind::kInt)) return order(a.as_int(), b.as_int());
  if (a.is(ValueKind::kDouble)) {
    if (b.is(ValueKind::kDouble)) return order_doubles(a.as_double(), b.as_double());
    return negated(order_with_double(b, a.as_double()));
  }
  if (b.is(ValueKind::kDouble)) return order_with_double(a, b.as_double());
  if (a.is(ValueKind::kUint) && b.is(ValueKind::kUint)) return order(a.as_uint(), b.as_uint());
  if (a.is(ValueKind::kInt)) {
    return a.as_int() < 0 ? -1 : order(static_cast<std::uint64_t>(a.as_int()), b.as_uint());
  }
  return b.as_int() < 0 ? 1 : order(a.as_uint(), static_cast<std::uint64_t>(b.as_int()));
}

std::optional<int> order_times(const Value& a, const Value& b) {
  if (a.seconds() != b.seconds()) return order(a.seconds(), b.seconds());
  return order(a.nanoseconds(), b.nanoseconds());
}

int order_text(std::string_view a, std::string_view b) {
  // Bytewise order of UTF-8 is the order of its code points.
  const int result = a.compare(b);
  return result < 0 ? -1 : (result > 0 ? 1 : 0);
}

Equality equality(bool equal) {
  return equal ? Equality::kEqual : Equality::kUnequal;
}

// As cel-go: null is equal to null only; else the left side is asked.
Equality equal_to_other_kind(const Value& a, const Value& b) {
  return a.is(ValueKind::kOpaque) && !b.is(ValueKind::kNull) ? Equality::kError
                                                             : equality(false);
}

Equality equal_opaque(const Value& a, const Value& b) {
  const OpaqueData& left = *a.as_opaque();
  const OpaqueData& right = *b.as_opaque();
  if (left.type != right.type) return equal_to_other_kind(a, b);
  return left.type->equal(left.payload, right.payload);
}

// Pairs of values that still have to be equal for the whole to be.
using Pairs = std::vector<std::pair<Value, Value>>;

Equality equal_simple(const Value& a, const Value& b) {
  if (is_number(a) && is_number(b)) return equality(order_numbers(a, b) == 0);
  if (a.kind() != b.kind()) return equal_to_other_kind(a, b);
  switch (a.kind()) {
    case ValueKind::kNull: return equality(true);
    case ValueKind::kBool: return equality(a.as_bool() == b.as_bool());
    case ValueKind::kString:
    case ValueKind::kBytes: return equality(a.as_string() == b.as_string());
    case ValueKind::kDuration:
    case ValueKind::kTimestamp: return equality(order_times(a, b) == 0);
    case ValueKind::kType: return equality(a.as_type()->name == b.as_type()->name);
    case ValueKind::kOpaque: return equal_opaque(a, b);
    default: return Equality::kError;
  }
}

bool is_nested(const Value& value) {
  return value.is(ValueKind::kList) || value.is(ValueKind::kMap) ||
         value.is(ValueKind::kOptional);
}

// Takes what comparing two values that are no collections costs; false when there is too
// little.
bool pay_for(const Value& a, const Value& b, std::uint64_t& budget) {
  if (a.kind() != b.kind()) return true;
  const bool texts = a.is(ValueKind::kString) || a.is(ValueKind::kBytes);
  // Texts of different sizes are not looked at.
  if (texts && a.as_string().size() != b.as_string().size()) return true;
  const std::uint64_t work = std::min(work_of(a), work_of(b));
  if (work > budget) {
    budget = 0;
    return false;
  }
  budget -= work;
  return true;
}

// Compares what can be compared at once and leaves the contents of collections in `pending`.
Equality equal_step(const Value& a, const Value& b, Pairs& pending) {
  if (!is_nested(a) || a.kind() != b.kind()) return equal_simple(a, b);
  if (a.is(ValueKind::kOptional)) {
    const OptionalData& x = *a.as_optional();
    const OptionalData& y = *b.as_optional();
    if (x.has_value && y.has_value) pending.emplace_back(x.value, y.value);
    return equality(x.has_value == y.has_value);
  }
  if (a.is_foreign() && b.is_foreign() && a.node() == b.node() && a.adapter() == b.adapter()) {
    return equality(true);
  }
  const std::uint32_t size = size_of(a);
  if (size != size_of(b)) return equality(false);
  if (a.is(ValueKind::kList)) {
    for (std::uint32_t i = size; i-- > 0;) pending.emplace_back(item_at(a, i), item_at(b, i));
    return equality(true);
  }
  MapCursor cursor(a);
  Value key;
  Value value;
  while (cursor.next(key, value)) {
    const Value other = find_key(b, key);
    if (other.is(ValueKind::kAbsent)) return equality(false);
    pending.emplace_back(value, other);
  }
  return equality(true);
}

std::uint64_t mix(std::uint64_t value) {
  value ^= value >> 33;
  value *= 0xFF51'AFD7'ED55'8CCDULL;
  value ^= value >> 33;
  value *= 0xC4CE'B9FE'1A85'EC53ULL;
  return value ^ (value >> 33);
}

std::uint64_t hash_of_double(double value) {
  if (value >= -kTwo63 && value < kTwo63 && value == std::trunc(value)) {
    return mix(static_cast<std::uint64_t>(static_cast<std::int64_t>(value)));
  }
  if (value >= 0 && value < kTwo64 && value == std::trunc(value)) {
    return mix(static_cast<std::uint64_t>(value));
  }
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return mix(bits);
}

}  // namespace

Equality equal(const Value& a, const Value& b, std::uint64_t& budget) {
  if (!is_nested(a)) {
    return pay_for(a, b, budget) ? equal_simple(a, b) : Equality::kError;
  }
  Pairs pending;
  pending.emplace_back(a, b);
  bool failed = false;
  while (!pending.empty()) {
    if (budget == 0) return Equality::kError;
    --budget;
    const auto [x, y] = pending.back();
    pending.pop_back();
    if (!pay_for(x, y, budget)) return Equality::kError;
    const Equality result = equal_step(x, y, pending);
    if (result == Equality::kUnequal) return result;
    failed |= result == Equality::kError;
  }
  return failed ? Equality::kError : Equality::kEqual;
}

bool equals(const Value& a, const Value& b) {
  std::uint64_t budget = kDefaultBudget;
  return equal(a, b, budget) == Equality::kEqual;
}

std::optional<int> compare(const Value& a, const Value& b) {
  if (is_number(a) && is_number(b)) return order_numbers(a, b);
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case ValueKind::kBool: return order(a.as_bool(), b.as_bool());
    case ValueKind::kString:
    case ValueKind::kBytes: return order_text(a.as_string(), b.as_string());
    case ValueKind::kDuration:
    case ValueKind::kTimestamp: return order_times(a, b);
    default: return std::nullopt;
  }
}

bool is_number(const Value& value) {
  return value.is(ValueKind::kInt) || value.is(ValueKind::kUint) ||
         value.is(ValueKind::kDouble);
}

bool is_ordered(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kBool:
    case ValueKind::kInt:
    case ValueKind::kUint:
    case ValueKind::kDouble:
    case ValueKind::kString:
    case ValueKind::kBytes:
    case ValueKind::kDuration:
    case ValueKind::kTimestamp: return true;
    default: return false;
  }
}

bool is_less(const Value& a, const Value& b) {
  if (a.is(ValueKind::kDouble) && b.is(ValueKind::kDouble)) {
    const bool a_is_nan = std::isnan(a.as_double());
    const bool b_is_nan = std::isnan(b.as_double());
    if (a_is_nan || b_is_nan) return b_is_nan && !a_is_nan;
  }
  return compare(a, b) == -1;
}

std::uint64_t hash_of(const Value& key) {
  switch (key.kind()) {
    case ValueKind::kBool: return mix(key.as_bool() ? 3 : 2);
    case ValueKind::kInt: return mix(static_cast<std::uint64_t>(key.as_int()));
    case ValueKind::kUint: return mix(key.as_uint());
    case ValueKind::kDouble: return hash_of_double(key.as_double());
    case ValueKind::kString:
    case ValueKind::kBytes: return mix(std::hash<std::string_view>{}(key.as_string()));
    case ValueKind::kDuration:
    case ValueKind::kTimestamp:
      return mix(static_cast<std::uint64_t>(key.seconds()) * 31 +
                 static_cast<std::uint64_t>(key.nanoseconds()));
    default: return 0;
  }
}

}  // namespace tidewaiter::cel
