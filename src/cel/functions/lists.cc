#include <fmt/core.h>

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "cel/functions/libraries.h"
#include "cel/time.h"
#include "cel/value_build.h"
#include "cel/value_compare.h"
#include "cel/value_read.h"

// The list library of Kubernetes and cel-go's ext.Lists, version 3.

namespace tidewaiter::cel {
namespace {

using Args = std::span<const Value>;

// How often sorting looks at each item, about.
constexpr std::uint64_t kWorkOfSorting = 4;

Value not_ordered(CallContext& call, std::string_view function, const Value& item) {
  return make_type_error(call.arena, function, std::span(&item, 1));
}

Value is_sorted(CallContext& call, Args args) {
  const std::uint32_t size = size_of(args[0]);
  if (!call.spend(size)) return cost_error();
  for (std::uint32_t i = 0; i < size; ++i) {
    const Value item = item_at(args[0], i);
    if (!is_ordered(item)) return not_ordered(call, "isSorted", item);
    if (!call.spend(work_of(item))) return cost_error();
    if (i > 0 && compare(item_at(args[0], i - 1), item) == 1) return Value::boolean(false);
  }
  return Value::boolean(true);
}

Value add(CallContext& call, const Value& a, const Value& b) {
  const auto overflow = [&call] { return make_error(call.arena, "The sum is out of range."); };
  if (a.is(ValueKind::kInt) && b.is(ValueKind::kInt)) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a.as_int(), b.as_int(), &sum)) return overflow();
    return Value::integer(sum);
  }
  if (a.is(ValueKind::kUint) && b.is(ValueKind::kUint)) {
    std::uint64_t sum = 0;
    if (__builtin_add_overflow(a.as_uint(), b.as_uint(), &sum)) return overflow();
    return Value::unsigned_integer(sum);
  }
  if (a.is(ValueKind::kDouble) && b.is(ValueKind::kDouble)) {
    return Value::floating(a.as_double() + b.as_double());
  }
  if (a.is(ValueKind::kDuration) && b.is(ValueKind::kDuration)) {
    return add_durations(call.arena, a, b);
  }
  const std::array<Value, 2> pair{a, b};
  return make_type_error(call.arena, "sum", pair);
}

// The zero of an empty list is that of its static type, so there is an overload for each.
Value sum_from(CallContext& call, const Value& list, const Value& zero) {
  const std::uint32_t size = size_of(list);
  if (!call.spend(size)) return cost_error();
  Value sum = zero;
  for (std::uint32_t i = 0; i < size; ++i) {
    const Value item = item_at(list, i);
    // The first item says what is summed: a dynamic list came to the overload of integers.
    if (i == 0 && item.is(ValueKind::kDouble)) sum = Value::floating(0);
    if (i == 0 && item.is(ValueKind::kUint)) sum = Value::unsigned_integer(0);
    if (i == 0 && item.is(ValueKind::kDuration)) sum = Value::duration(0, 0);
    sum = add(call, sum, item);
    if (sum.is_error()) return sum;
  }
  return sum;
}

Value sum_of_ints(CallContext& call, Args args) {
  return sum_from(call, args[0], Value::integer(0));
}
Value sum_of_uints(CallContext& call, Args args) {
  return sum_from(call, args[0], Value::unsigned_integer(0));
}
Value sum_of_doubles(CallContext& call, Args args) {
  return sum_from(call, args[0], Value::floating(0));
}
Value sum_of_durations(CallContext& call, Args args) {
  return sum_from(call, args[0], Value::duration(0, 0));
}

// The first of equals is kept, as before what has an order, but none with it (a text, NaN).
Value extreme(CallContext& call, const Value& list, int wanted, std::string_view name) {
  const std::uint32_t size = size_of(list);
  if (size == 0) {
    return make_error(call.arena, fmt::format("'{}' was called on an empty list.", name));
  }
  if (!call.spend(size)) return cost_error();
  Value best = item_at(list, 0);
  for (std::uint32_t i = 0; i < size; ++i) {
    const Value item = item_at(list, i);
    if (!is_ordered(item)) return not_ordered(call, name, item);
    if (!call.spend(work_of(item))) return cost_error();
    if (compare(item, best) == wanted) best = item;
  }
  return best;
}

Value min(CallContext& call, Args args) {
  return extreme(call, args[0], -1, "min");
}
Value max(CallContext& call, Args args) {
  return extreme(call, args[0], 1, "max");
}

Value index_of(CallContext& call, Args args) {
  const std::uint32_t size = size_of(args[0]);
  for (std::uint32_t i = 0; i < size; ++i) {
    if (!call.spend(1)) return cost_error();
    if (equal(item_at(args[0], i), args[1], call.budget) == Equality::kEqual) {
      return Value::integer(i);
    }
  }
  return Value::integer(-1);
}

Value last_index_of(CallContext& call, Args args) {
  for (std::uint32_t i = size_of(args[0]); i-- > 0;) {
    if (!call.spend(1)) return cost_error();
    if (equal(item_at(args[0], i), args[1], call.budget) == Equality::kEqual) {
      return Value::integer(i);
    }
  }
  return Value::integer(-1);
}

Value includes(CallContext& call, Args args) {
  if (!args[0].is(ValueKind::kList)) {
    return Value::boolean(equal(args[0], args[1], call.budget) == Equality::kEqual);
  }
  const Value index = index_of(call, args);
  return index.is_error() ? index : Value::boolean(index.as_int() >= 0);
}

Value part_of(CallContext& call, const Value& list, std::uint32_t begin, std::uint32_t end) {
  if (!call.spend(end - begin)) return cost_error();
  ListBuilder builder(call.arena, end - begin);
  for (std::uint32_t i = begin; i < end; ++i) builder.add(item_at(list, i));
  return builder.build();
}

Value slice(CallContext& call, Args args) {
  const std::int64_t begin = args[1].as_int();
  const std::int64_t end = args[2].as_int();
  const std::uint32_t size = size_of(args[0]);
  if (begin < 0 || begin > end || end > size) {
    return make_error(
        call.arena,
        fmt::format("slice({}, {}) does not lie in a list of {} items.", begin, end, size));
  }
  return part_of(call, args[0], static_cast<std::uint32_t>(begin),
                 static_cast<std::uint32_t>(end));
}

// Depth first with a stack of the lists that are open.
Value flatten_to(CallContext& call, const Value& list, std::int64_t depth) {
  if (depth < 0) return make_error(call.arena, "The level of flatten cannot be negative.");
  struct Open {
    Value list;
    std::uint32_t next;
  };
  std::vector<Open> open{{.list = list, .next = 0}};
  ListBuilder builder(call.arena);
  while (!open.empty()) {
    Open& top = open.back();
    if (top.next >= size_of(top.list)) {
      open.pop_back();
      continue;
    }
    if (!call.spend(1)) return cost_error();
    const Value item = item_at(top.list, top.next++);
    if (item.is(ValueKind::kList) && static_cast<std::int64_t>(open.size()) <= depth) {
      open.push_back({.list = item, .next = 0});
    } else {
      builder.add(item);
    }
  }
  return builder.build();
}

Value flatten(CallContext& call, Args args) {
  return flatten_to(call, args[0], 1);
}
Value flatten_levels(CallContext& call, Args args) {
  return flatten_to(call, args[0], args[1].as_int());
}

Value sort(CallContext& call, Args args) {
  const std::uint32_t size = size_of(args[0]);
  if (!call.spend(size * kWorkOfSorting)) return cost_error();
  std::vector<Value> items;
  items.reserve(size);
  for (std::uint32_t i = 0; i < size; ++i) {
    items.push_back(item_at(args[0], i));
    if (!call.spend(work_of(items.back()) * kWorkOfSorting)) return cost_error();
    if (!is_ordered(items.back())) return not_ordered(call, "sort", items.back());
    if (items.back().kind() != items.front().kind()) {
      return make_error(call.arena, "The items of a sorted list must have the same type.",
                        ErrorCause::kType, items.back().origin());
    }
  }
  std::stable_sort(items.begin(), items.end(), is_less);
  return make_list(call.arena, items);
}

// By hash where the kind has one; else each item is compared with all before it.
Value distinct(CallContext& call, Args args) {
  const std::uint32_t size = size_of(args[0]);
  ListBuilder builder(call.arena);
  std::unordered_multimap<std::uint64_t, Value> seen;
  for (std::uint32_t i = 0; i < size; ++i) {
    const Value item = item_at(args[0], i);
    if (!call.spend(1 + work_of(item))) return cost_error();
    const auto [begin, end] = seen.equal_range(hash_of(item));
    bool known = false;
    for (auto at = begin; at != end && !known; ++at) {
      if (!call.spend(1)) return cost_error();
      known = equal(at->second, item, call.budget) == Equality::kEqual;
    }
    if (known) continue;
    seen.emplace(hash_of(item), item);
    builder.add(item);
  }
  return builder.build();
}

Value range(CallContext& call, Args args) {
  const std::int64_t count = args[0].as_int();
  if (count < 0)
    return make_error(call.arena, "lists.range cannot count to a negative number.");
  if (!call.spend(static_cast<std::uint64_t>(count))) return cost_error();
  ListBuilder builder(call.arena, static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) builder.add(Value::integer(i));
  return builder.build();
}

Value reverse(CallContext& call, Args args) {
  const std::uint32_t size = size_of(args[0]);
  if (!call.spend(size)) return cost_error();
  ListBuilder builder(call.arena, size);
  for (std::uint32_t i = size; i-- > 0;) builder.add(item_at(args[0], i));
  return builder.build();
}

Value first(CallContext& call, Args args) {
  if (size_of(args[0]) == 0) return optional_none();
  return make_optional(call.arena, item_at(args[0], 0));
}

Value last(CallContext& call, Args args) {
  const std::uint32_t size = size_of(args[0]);
  if (size == 0) return optional_none();
  return make_optional(call.arena, item_at(args[0], size - 1));
}

// For each type that has an order: the checker refuses others.
constexpr std::string_view kOrderedTypes[] = {"int",      "uint",      "double", "bool",
                                              "duration", "timestamp", "string", "bytes"};

constexpr LibraryRow kRows[] = {
    {"list(int).sum() -> int", sum_of_ints, "The sum of the items."},
    {"list(uint).sum() -> uint", sum_of_uints, "The sum of the items."},
    {"list(double).sum() -> double", sum_of_doubles, "The sum of the items."},
    {"list(duration).sum() -> duration", sum_of_durations, "The sum of the items."},
    {"list(T).indexOf(T) -> int", index_of,
     "The position of the first item that equals the argument, or -1."},
    {"list(T).lastIndexOf(T) -> int", last_index_of,
     "The position of the last item that equals the argument, or -1."},
    {"dyn.includes(dyn) -> bool", includes,
     "Whether a list holds the item; of other values whether they are equal.", 37},
    {"list(T).slice(int, int) -> list(T)", slice,
     "The items from a position to before another.", 34},
    {"list(list(T)).flatten() -> list(T)", flatten,
     "The items of the lists in the list, in one list.", 34},
    {"list(dyn).flatten(int) -> list(dyn)", flatten_levels,
     "The list with the lists in it opened, down to this depth.", 34},
    {"list(T).distinct() -> list(T)", distinct, "The list with only the first of equal items.",
     34},
    {"lists.range(int) -> list(int)", range, "The integers from 0 to before the argument.", 34},
    {"list(T).reverse() -> list(T)", reverse, "The items from last to first.", 34},
    {"list(T).first() -> optional_type(T)", first, "The first item, if there is one.", 28},
    {"list(T).last() -> optional_type(T)", last, "The last item, if there is one.", 28},
};

}  // namespace

void add_list_functions(FunctionRegistry& registry) {
  for (const std::string_view type : kOrderedTypes) {
    registry.add(fmt::format("list({}).isSorted() -> bool", type), Purity::kPure, is_sorted,
                 "Whether no item is less than the one before it.");
    registry.add(fmt::format("list({0}).min() -> {0}", type), Purity::kPure, min,
                 "The least item; an error if there is none.");
    registry.add(fmt::format("list({0}).max() -> {0}", type), Purity::kPure, max,
                 "The greatest item; an error if there is none.");
    registry.add(fmt::format("list({0}).sort() -> list({0})", type), Purity::kPure, sort,
                 "The items from least to greatest.", 34);
  }
  add_rows(registry, kRows);
}

}  // namespace tidewaiter::cel
