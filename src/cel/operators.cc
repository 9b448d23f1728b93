#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "cel/evaluator.h"
#include "cel/time.h"
#include "cel/value_build.h"
#include "cel/value_compare.h"
#include "cel/value_read.h"

// The operators of CEL. Those of numbers fail on overflow (language definition, Numeric
// Values).

namespace tidewaiter::cel {
namespace {

constexpr std::int64_t kSmallest = std::numeric_limits<std::int64_t>::min();

std::string_view name_of(Op op) {
  switch (op) {
    case Op::kAdd: return "+";
    case Op::kSubtract: return "-";
    case Op::kMultiply: return "*";
    case Op::kDivide: return "/";
    case Op::kModulo: return "%";
    case Op::kLess: return "<";
    case Op::kLessEqual: return "<=";
    case Op::kGreater: return ">";
    case Op::kGreaterEqual: return ">=";
    default: return "operator";
  }
}

Value overflow(Arena& arena) {
  return make_error(arena, "The number is out of range.");
}

Value division_by_zero(Arena& arena, Op op) {
  return make_error(arena, op == Op::kModulo ? "Modulus by zero." : "Division by zero.");
}

template <class T>
Value number(T value) {
  if constexpr (std::is_signed_v<T>) {
    return Value::integer(value);
  } else {
    return Value::unsigned_integer(value);
  }
}

template <class T>
Value integer_arithmetic(Arena& arena, Op op, T a, T b) {
  T result = 0;
  bool overflowed = false;
  switch (op) {
    case Op::kAdd: overflowed = __builtin_add_overflow(a, b, &result); break;
    case Op::kSubtract: overflowed = __builtin_sub_overflow(a, b, &result); break;
    case Op::kMultiply: overflowed = __builtin_mul_overflow(a, b, &result); break;
    default:
      if (b == 0) return division_by_zero(arena, op);
      if constexpr (std::is_signed_v<T>) {
        if (a == kSmallest && b == -1) return overflow(arena);
      }
      result = op == Op::kDivide ? a / b : a % b;
  }
  return overflowed ? overflow(arena) : number(result);
}

std::optional<double> double_arithmetic(Op op, double a, double b) {
  switch (op) {
    case Op::kAdd: return a + b;
    case Op::kSubtract: return a - b;
    case Op::kMultiply: return a * b;
    case Op::kDivide: return a / b;
    default: return std::nullopt;
  }
}

bool is_time(const Value& value) {
  return value.is(ValueKind::kDuration) || value.is(ValueKind::kTimestamp);
}

// duration ± duration, timestamp ± duration, duration + timestamp, timestamp - timestamp.
std::optional<Value> time_arithmetic(Arena& arena, Op op, const Value& a, const Value& b) {
  const bool from_duration = a.is(ValueKind::kDuration);
  const bool by_duration = b.is(ValueKind::kDuration);
  if (op == Op::kAdd && from_duration && by_duration) return add_durations(arena, a, b);
  if (op == Op::kAdd && by_duration) return add_to_timestamp(arena, a, b);
  if (op == Op::kAdd && from_duration) return add_to_timestamp(arena, b, a);
  if (op != Op::kSubtract) return std::nullopt;
  if (from_duration && by_duration) return add_durations(arena, a, negated_duration(b));
  if (by_duration) return add_to_timestamp(arena, a, negated_duration(b));
  if (!from_duration) return difference(arena, a, b);
  return std::nullopt;
}

}  // namespace

Value Evaluator::eval_and(const Step& step) {
  const Value left = eval(plan_.arg(step, 0));
  if (left.is_false()) return left;
  const Value right = eval(plan_.arg(step, 1));
  if (right.is_false()) return right;
  if (left.is_true() && right.is_true()) return right;
  if (left.is_error()) return left;
  if (!left.is(ValueKind::kBool)) return type_error("&&", std::span(&left, 1));
  return right.is_error() ? right : type_error("&&", std::span(&right, 1));
}

Value Evaluator::eval_or(const Step& step) {
  const Value left = eval(plan_.arg(step, 0));
  if (left.is_true()) return left;
  const Value right = eval(plan_.arg(step, 1));
  if (right.is_true()) return right;
  if (left.is_false() && right.is_false()) return right;
  if (left.is_error()) return left;
  if (!left.is(ValueKind::kBool)) return type_error("||", std::span(&left, 1));
  return right.is_error() ? right : type_error("||", std::span(&right, 1));
}

Value Evaluator::eval_not(const Step& step) {
  const Value operand = eval(plan_.arg(step, 0));
  if (operand.is(ValueKind::kBool)) return Value::boolean(!operand.as_bool());
  return operand.is_error() ? operand : type_error("!", std::span(&operand, 1));
}

Value Evaluator::eval_ternary(const Step& step) {
  const Value condition = eval(plan_.arg(step, 0));
  if (condition.is(ValueKind::kBool)) return eval(plan_.arg(step, condition.as_bool() ? 1 : 2));
  return condition.is_error() ? condition : type_error("?:", std::span(&condition, 1));
}

Value Evaluator::eval_equality(const Step& step) {
  const std::array<Value, 2> sides{eval(plan_.arg(step, 0)), eval(plan_.arg(step, 1))};
  if (sides[0].is_error()) return sides[0];
  if (sides[1].is_error()) return sides[1];
  const Equality result = equal(sides[0], sides[1], call_.budget);
  if (result == Equality::kError && call_.budget == 0) {
    call_.exceeded = true;
    return cost_error();
  }
  // cel-go's `!=` is true for whatever `==` is not.
  if (step.op == Op::kNotEqual) return Value::boolean(result != Equality::kEqual);
  if (result == Equality::kError) return type_error("==", sides);
  return Value::boolean(result == Equality::kEqual);
}

Value Evaluator::eval_order(const Step& step) {
  const std::array<Value, 2> sides{eval(plan_.arg(step, 0)), eval(plan_.arg(step, 1))};
  if (sides[0].is_error()) return sides[0];
  if (sides[1].is_error()) return sides[1];
  if (!call_.spend(std::min(work_of(sides[0]), work_of(sides[1])))) return cost_error();
  const std::optional<int> order = compare(sides[0], sides[1]);
  if (!order) {
    // NaN is neither less nor greater than any number.
    if (!is_number(sides[0]) || !is_number(sides[1])) {
      return type_error(name_of(step.op), sides);
    }
    return plan_.kubernetes_rules ? make_error(call_.arena, "NaN has no order.")
                                  : Value::boolean(false);
  }
  switch (step.op) {
    case Op::kLess: return Value::boolean(*order < 0);
    case Op::kLessEqual: return Value::boolean(*order <= 0);
    case Op::kGreater: return Value::boolean(*order > 0);
    default: return Value::boolean(*order >= 0);
  }
}

Value Evaluator::eval_in(const Step& step) {
  const std::array<Value, 2> sides{eval(plan_.arg(step, 0)), eval(plan_.arg(step, 1))};
  const auto& [item, collection] = sides;
  if (item.is_error()) return item;
  if (collection.is_error()) return collection;
  if (collection.is(ValueKind::kMap)) {
    if (!call_.spend(work_of(item))) return cost_error();
    return Value::boolean(!find_key(collection, item).is(ValueKind::kAbsent));
  }
  if (!collection.is(ValueKind::kList)) return type_error("in", sides);
  const std::uint32_t size = size_of(collection);
  if (!call_.spend(size)) return cost_error();
  for (std::uint32_t i = 0; i < size; ++i) {
    const Equality result = equal(item, item_at(collection, i), call_.budget);
    if (result == Equality::kEqual) return Value::boolean(true);
    if (result == Equality::kError && call_.budget == 0) {
      call_.exceeded = true;
      return cost_error();
    }
  }
  return Value::boolean(false);
}

Value Evaluator::eval_arithmetic(const Step& step) {
  const std::array<Value, 2> sides{eval(plan_.arg(step, 0)), eval(plan_.arg(step, 1))};
  const auto& [a, b] = sides;
  if (a.is_error()) return a;
  if (b.is_error()) return b;
  Arena& arena = call_.arena;
  if (a.is(ValueKind::kInt) && b.is(ValueKind::kInt)) {
    return integer_arithmetic(arena, step.op, a.as_int(), b.as_int());
  }
  if (a.is(ValueKind::kUint) && b.is(ValueKind::kUint)) {
    return integer_arithmetic(arena, step.op, a.as_uint(), b.as_uint());
  }
  std::optional<Value> result;
  if (a.is(ValueKind::kDouble) && b.is(ValueKind::kDouble)) {
    const auto value = double_arithmetic(step.op, a.as_double(), b.as_double());
    if (value) return Value::floating(*value);
  } else if (is_time(a) && is_time(b)) {
    result = time_arithmetic(arena, step.op, a, b);
  } else if (step.op == Op::kAdd && a.kind() == b.kind()) {
    return concatenate(a, b);
  }
  return result ? *result : type_error(name_of(step.op), sides);
}

Value Evaluator::concatenate(const Value& a, const Value& b) {
  Arena& arena = call_.arena;
  if (a.is(ValueKind::kString) || a.is(ValueKind::kBytes)) {
    const std::size_t size = a.as_string().size() + b.as_string().size();
    if (!call_.spend(size / 16)) return cost_error();
    const std::span<char> text = arena.make_array<char>(size);
    if (text.size() != size) return memory_error();
    a.as_string().copy(text.data(), a.as_string().size());
    b.as_string().copy(text.data() + a.as_string().size(), b.as_string().size());
    const std::string_view joined(text.data(), size);
    return a.is(ValueKind::kString) ? Value::string(joined) : Value::bytes(joined);
  }
  if (!a.is(ValueKind::kList)) {
    const std::array<Value, 2> sides{a, b};
    return type_error("+", sides);
  }
  const std::size_t size = std::size_t{size_of(a)} + size_of(b);
  if (!call_.spend(size)) return cost_error();
  ListBuilder builder(arena, size);
  for (std::uint32_t i = 0; i < size_of(a); ++i) builder.add(item_at(a, i));
  for (std::uint32_t i = 0; i < size_of(b); ++i) builder.add(item_at(b, i));
  return builder.build();
}

Value Evaluator::eval_negate(const Step& step) {
  const Value operand = eval(plan_.arg(step, 0));
  if (operand.is(ValueKind::kDouble)) return Value::floating(-operand.as_double());
  if (operand.is(ValueKind::kDuration)) return negated_duration(operand);
  if (operand.is_error()) return operand;
  if (!operand.is(ValueKind::kInt)) return type_error("-", std::span(&operand, 1));
  return operand.as_int() == kSmallest ? overflow(call_.arena)
                                       : Value::integer(-operand.as_int());
}

}  // namespace tidewaiter::cel
