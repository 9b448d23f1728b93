#include <algorithm>
#include <optional>
#include <vector>

#include "cel/evaluator.h"
#include "cel/value_build.h"
#include "cel/value_compare.h"
#include "cel/value_read.h"

// The macros over collections and optionals, each as what it means rather than as a fold, so
// that map and filter are linear.

namespace tidewaiter::cel {
namespace {

constexpr std::uint32_t kRange = 0;
constexpr std::uint32_t kFilter = 1;
constexpr std::uint32_t kBody = 2;

// How often sorting looks at each key, about.
constexpr std::uint64_t kWorkOfSorting = 8;

}  // namespace

// Calls `body` for each item with the variables set, until it returns a value; that value, or
// absent at the end.
template <class Body>
Value Evaluator::for_each(const Step& step, const Value& range, Body&& body) {
  Value& first = locals_[step.slot];
  Value& second = locals_[step.slot + 1];
  if (range.is(ValueKind::kList)) {
    const std::uint32_t size = size_of(range);
    for (std::uint32_t i = 0; i < size; ++i) {
      if (!call_.spend(1)) return cost_error();
      first = item_at(range, i);
      second = Value::integer(i);
      const Value result = body();
      if (!result.is(ValueKind::kAbsent)) return result;
    }
    return Value::absent();
  }
  if (!range.is(ValueKind::kMap)) {
    return range.is_error() ? range : type_error("comprehension", std::span(&range, 1));
  }
  MapCursor cursor(range);
  Value key;
  Value value;
  while (cursor.next(key, value)) {
    if (!call_.spend(1)) return cost_error();
    first = step.two_variables ? value : key;
    second = key;
    const Value result = body();
    if (!result.is(ValueKind::kAbsent)) return result;
  }
  return Value::absent();
}

Value Evaluator::eval_comprehension(const Step& step) {
  switch (step.comprehension) {
    case Comprehension::kAll:
    case Comprehension::kExists: return eval_quantifier(step);
    case Comprehension::kExistsOne: return eval_exists_one(step);
    case Comprehension::kMap:
    case Comprehension::kFilter:
    case Comprehension::kTransformList: return eval_transform_list(step);
    case Comprehension::kTransformMap:
    case Comprehension::kTransformMapEntry: return eval_transform_map(step);
    case Comprehension::kSortBy: return eval_sort_by(step);
    case Comprehension::kBind: return eval_bind(step);
    case Comprehension::kOptMap:
    case Comprehension::kOptFlatMap: return eval_optional_map(step);
  }
  return Value::null();
}

// all: && over the items; exists: ||. An error matters only if no item decides.
Value Evaluator::eval_quantifier(const Step& step) {
  const bool decisive = step.comprehension == Comprehension::kExists;
  const Value range = eval(plan_.arg(step, kRange));
  std::optional<Value> failure;
  const Value decided = for_each(step, range, [&]() -> Value {
    const Value result = eval(plan_.arg(step, kBody));
    if (result.is(ValueKind::kBool)) {
      return result.as_bool() == decisive ? Value::boolean(decisive) : Value::absent();
    }
    if (!failure) {
      failure = result.is_error()
                    ? result
                    : type_error(decisive ? "exists" : "all", std::span(&result, 1));
    }
    return Value::absent();
  });
  if (!decided.is(ValueKind::kAbsent)) return decided;
  return failure ? *failure : Value::boolean(!decisive);
}

Value Evaluator::eval_exists_one(const Step& step) {
  const Value range = eval(plan_.arg(step, kRange));
  std::uint32_t count = 0;
  const Value failure = for_each(step, range, [&]() -> Value {
    const Value result = eval(plan_.arg(step, kBody));
    if (!result.is(ValueKind::kBool)) {
      return result.is_error() ? result : type_error("exists_one", std::span(&result, 1));
    }
    count += result.as_bool() ? 1U : 0U;
    return Value::absent();
  });
  return failure.is(ValueKind::kAbsent) ? Value::boolean(count == 1) : failure;
}

// True when the item passes the comprehension's filter (or there is none), else false or error.
Value Evaluator::filter_item(const Step& step, std::uint32_t predicate) {
  const StepId id = plan_.arg(step, predicate);
  if (id == kNoStep) return Value::boolean(true);
  const Value result = eval(id);
  if (result.is(ValueKind::kBool) || result.is_error()) return result;
  return type_error("filter", std::span(&result, 1));
}

Value Evaluator::eval_transform_list(const Step& step) {
  const bool is_filter = step.comprehension == Comprehension::kFilter;
  const Value range = eval(plan_.arg(step, kRange));
  ListBuilder builder(call_.arena);
  const Value failure = for_each(step, range, [&]() -> Value {
    const Value passes = filter_item(step, is_filter ? kBody : kFilter);
    if (passes.is_error()) return passes;
    if (!passes.as_bool()) return Value::absent();
    const Value source = locals_[step.slot];
    Value item = is_filter ? source : eval(plan_.arg(step, kBody));
    if (item.is_error()) return item;
    // What is made of an item is found where the item is.
    if (item.origin() == nullptr) item = item.with_origin(source.origin());
    builder.add(item);
    return Value::absent();
  });
  return failure.is(ValueKind::kAbsent) ? builder.build() : failure;
}

Value Evaluator::eval_transform_map(const Step& step) {
  const bool whole_entries = step.comprehension == Comprehension::kTransformMapEntry;
  const Value range = eval(plan_.arg(step, kRange));
  MapBuilder builder(call_.arena);
  const Value failure = for_each(step, range, [&]() -> Value {
    const Value key = locals_[step.slot + 1];
    const Value passes = filter_item(step, kFilter);
    if (passes.is_error()) return passes;
    if (!passes.as_bool()) return Value::absent();
    const Value result = eval(plan_.arg(step, kBody));
    if (result.is_error()) return result;
    if (!whole_entries) {
      if (!call_.spend(work_of(key))) return cost_error();
      builder.add(key, result);
      return Value::absent();
    }
    if (!result.is(ValueKind::kMap))
      return type_error("transformMapEntry", std::span(&result, 1));
    MapCursor cursor(result);
    Value inner_key;
    Value inner_value;
    while (cursor.next(inner_key, inner_value)) {
      if (!call_.spend(1 + work_of(inner_key))) return cost_error();
      builder.add(inner_key, inner_value);
    }
    return Value::absent();
  });
  if (!failure.is(ValueKind::kAbsent)) return failure;
  const std::size_t inserted = builder.entries().size();
  const Value map = builder.build();
  if (!map.is_error() && size_of(map) != inserted) {
    return make_error(call_.arena, "transformMapEntry gave the same key twice.");
  }
  return map;
}

Value Evaluator::eval_sort_by(const Step& step) {
  const Value range = eval(plan_.arg(step, kRange));
  if (!range.is(ValueKind::kList)) {
    return range.is_error() ? range : type_error("sortBy", std::span(&range, 1));
  }
  MapBuilder keyed(call_.arena);  // pairs of sort key and item
  const Value failure = for_each(step, range, [&]() -> Value {
    const Value item = locals_[step.slot];
    const Value key = eval(plan_.arg(step, kBody));
    if (key.is_error()) return key;
    if (!call_.spend(kWorkOfSorting * work_of(key))) return cost_error();
    keyed.add(key, item);
    return Value::absent();
  });
  if (!failure.is(ValueKind::kAbsent)) return failure;
  const std::span<const MapEntry> pairs = keyed.entries();
  for (const MapEntry& pair : pairs) {
    if (pair.key.kind() != pairs.front().key.kind() || !is_ordered(pair.key)) {
      return make_error(call_.arena,
                        "The keys of sortBy must be of one type that has an order.",
                        ErrorCause::kType, pair.key.origin());
    }
  }
  std::vector<std::uint32_t> order(pairs.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return is_less(pairs[a].key, pairs[b].key);
  });
  ListBuilder sorted(call_.arena, pairs.size());
  for (const std::uint32_t i : order) sorted.add(pairs[i].value);
  return sorted.build();
}

Value Evaluator::eval_bind(const Step& step) {
  locals_[step.slot] = eval(plan_.arg(step, kRange));
  return eval(plan_.arg(step, kBody));
}

Value Evaluator::eval_optional_map(const Step& step) {
  const bool flat = step.comprehension == Comprehension::kOptFlatMap;
  const Value range = eval(plan_.arg(step, kRange));
  if (range.is_error()) return range;
  if (!range.is(ValueKind::kOptional)) {
    return type_error(flat ? "optFlatMap" : "optMap", std::span(&range, 1));
  }
  if (!range.as_optional()->has_value) return range;
  locals_[step.slot] = range.as_optional()->value;
  const Value result = eval(plan_.arg(step, kBody));
  if (result.is_error()) return result;
  if (!flat) return make_optional(call_.arena, result);
  return result.is(ValueKind::kOptional) ? result
                                         : type_error("optFlatMap", std::span(&result, 1));
}

// The first item whose body gives `decisive` (or fails, if none does): its blame.
Evaluator::Place Evaluator::place_of_item(const Step& step, bool decisive) {
  const Value range = eval(plan_.arg(step, kRange));
  Place place_of_failure;
  Place found;
  const auto place_here = [&]() -> Place {
    const Place inner = find_place(plan_.arg(step, kBody));
    return inner.origin != nullptr ? inner : Place{locals_[step.slot].origin()};
  };
  for_each(step, range, [&]() -> Value {
    const Value result = eval(plan_.arg(step, kBody));
    if (result.is(ValueKind::kBool) && result.as_bool() == decisive) {
      found = place_here();
      return Value::null();
    }
    if (result.is_error() && place_of_failure.origin == nullptr) {
      place_of_failure = place_here();
    }
    return Value::absent();
  });
  return found.origin != nullptr ? found : place_of_failure;
}

// The place of item `index` of what filter() or map() gives: why the filter took it, else the
// item that it is made of.
Origin Evaluator::place_of_made(const Step& step, std::uint32_t index) {
  const bool is_filter = step.comprehension == Comprehension::kFilter;
  if (!is_filter && step.comprehension != Comprehension::kMap) return nullptr;
  const StepId predicate = plan_.arg(step, is_filter ? kBody : kFilter);
  std::uint32_t position = 0;
  std::optional<std::uint32_t> source;
  Origin found = nullptr;
  for_each(step, eval(plan_.arg(step, kRange)), [&]() -> Value {
    const bool taken = predicate == kNoStep || eval(predicate).is_true();
    if (taken && index-- == 0) {
      source = position;
      if (predicate != kNoStep) found = find_place(predicate).origin;
      return Value::null();
    }
    ++position;
    return Value::absent();
  });
  if (found != nullptr || !source) return found;
  return place_of_element(plan_.arg(step, kRange), *source);
}

// No item decides: within another loop the place is what its item is compared by; else the
// collection, or if that has no place what its items are compared with.
Evaluator::Place Evaluator::place_of_no_item(const Step& step, StepId id) {
  const StepId body = plan_.arg(step, kBody);
  Place found = place_of_outer_locals(body, id);
  if (found.origin == nullptr) found = find_place(plan_.arg(step, kRange));
  if (found.origin != nullptr) return found;
  for_each(step, eval(plan_.arg(step, kRange)), [&]() -> Value {
    found = find_place(body);
    return Value::null();
  });
  return found;
}

// The deepest of what `body` reads of the items of loops around the comprehension `inner`.
Evaluator::Place Evaluator::place_of_outer_locals(StepId body, StepId inner) {
  const auto reads_outer_local = [&](StepId id) {
    const auto selects = [&](Op op) {
      return op == Op::kPath || op == Op::kHas || op == Op::kIndex ||
             op == Op::kOptionalSelect || op == Op::kOptionalIndex;
    };
    while (selects(plan_.steps[id].op)) id = plan_.arg(plan_.steps[id], 0);
    // A step comes after its parts, so an enclosing comprehension after this one.
    return plan_.steps[id].op == Op::kLocal && plan_.steps[id].owner > inner;
  };
  Place best;
  std::vector<StepId> pending{body};
  while (!pending.empty()) {
    const StepId id = pending.back();
    pending.pop_back();
    if (id == kNoStep || !call_.spend(1)) continue;
    if (reads_outer_local(id)) {
      const Place candidate = find_place(id);
      if (is_deeper(candidate, best)) best = candidate;
      continue;
    }
    const std::span<const StepId> args = plan_.args_of(plan_.steps[id]);
    pending.insert(pending.end(), args.rbegin(), args.rend());
  }
  return best;
}

}  // namespace tidewaiter::cel
