#ifndef TIDEWAITER_CLI_VALUE_WALK_H_
#define TIDEWAITER_CLI_VALUE_WALK_H_

#include <cstdint>
#include <deque>

#include "cel/value.h"
#include "cel/value_read.h"

namespace tidewaiter::cli {

/// A list, map or optional whose contents are looked at one by one; an optional holds its value
/// or nothing. Neither copied nor moved.
class OpenValue {
 public:
  explicit OpenValue(const cel::Value& value) : value_(value), entries_(value_) {}
  OpenValue(const OpenValue&) = delete;
  OpenValue& operator=(const OpenValue&) = delete;

  const cel::Value& value() const { return value_; }
  bool is_map() const { return value_.is(cel::ValueKind::kMap); }
  /// How many were given out.
  std::uint32_t given() const { return given_; }

  /// The next item or entry (`key` only of a map); false at the end.
  bool next(cel::Value& key, cel::Value& item) {
    if (is_map()) {
      if (!entries_.next(key, item)) return false;
    } else if (value_.is(cel::ValueKind::kOptional)) {
      if (given_ > 0 || !value_.as_optional()->has_value) return false;
      item = value_.as_optional()->value;
    } else {
      if (given_ == cel::size_of(value_)) return false;
      item = cel::item_at(value_, given_);
    }
    ++given_;
    return true;
  }

 private:
  cel::Value value_;
  cel::MapCursor entries_;
  std::uint32_t given_ = 0;
};

/// Whether a value holds others.
inline bool is_collection(const cel::Value& value) {
  return value.is(cel::ValueKind::kList) || value.is(cel::ValueKind::kMap) ||
         value.is(cel::ValueKind::kOptional);
}

/// Shows a value and all that it holds to `visitor`, in order and without recursion, however
/// deep it is. Each call answers whether to go on:
///   bool scalar(const Value&); bool open(const Value&); bool key(const Value&);
///   bool close(const Value&);
/// False when it stopped before the end. A value that an expression made may hold the same part
/// many times over, so a visitor must stop somewhere.
template <class Visitor>
bool walk_value(const cel::Value& root, Visitor& visitor) {
  std::deque<OpenValue> open;  // what is in it never moves
  const auto visit = [&](const cel::Value& value) {
    if (!is_collection(value)) return visitor.scalar(value);
    if (!visitor.open(value)) return false;
    open.emplace_back(value);
    return true;
  };
  if (!visit(root)) return false;
  while (!open.empty()) {
    cel::Value key;
    cel::Value item;
    if (!open.back().next(key, item)) {
      if (!visitor.close(open.back().value())) return false;
      open.pop_back();
      continue;
    }
    if (open.back().is_map() && !visitor.key(key)) return false;
    if (!visit(item)) return false;
  }
  return true;
}

/// Whether a value is small enough to be printed: at most some million parts and 64 MiB of
/// text, counting what it holds twice twice.
bool is_printable(const cel::Value& value);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_VALUE_WALK_H_
