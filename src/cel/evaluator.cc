#include "cel/evaluator.h"

#include <fmt/core.h>
#include <re2/re2.h>

#include <cmath>
#include <limits>
#include <vector>

#include "base/utf8.h"
#include "cel/adapter.h"
#include "cel/messages.h"
#include "cel/value_build.h"
#include "cel/value_compare.h"
#include "cel/value_read.h"

namespace tidewaiter::cel {
namespace {

constexpr std::size_t kFewArguments = 4;
constexpr std::size_t kShownField = 100;  // bytes
// What is larger is no index at all, rather than one that is out of range.
constexpr std::uint64_t kLargestIndex = std::numeric_limits<std::int64_t>::max();

bool is_key(const Value& value, bool strict) {
  switch (value.kind()) {
    case ValueKind::kBool:
    case ValueKind::kInt:
    case ValueKind::kUint:
    case ValueKind::kString: return true;
    case ValueKind::kDouble: return !strict;
    default: return false;
  }
}

}  // namespace

Evaluator::Evaluator(const Plan& plan, Activation* activation, Arena& arena,
                     std::uint64_t budget)
    : plan_(plan),
      activation_(activation),
      call_{.arena = arena,
            .context = activation == nullptr ? nullptr : activation->context(),
            .budget = budget} {
  if (plan.local_count > few_locals_.size()) {
    const auto many = arena.make_array<Value>(plan.local_count);
    if (many.empty()) {
      call_.exceeded = true;
      call_.budget = 0;
    } else {
      locals_ = many.data();
    }
  }
}

Value Evaluator::run(StepId id) {
  const Value value = eval(id);
  // Neither may be absorbed by || or &&: the rest of the expression did not get its share.
  if (call_.exceeded || call_.budget == 0) return cost_error();
  if (call_.arena.exhausted()) return memory_error();
  return value;
}

Value Evaluator::eval(StepId id) {
  if (!call_.spend(1)) return cost_error();
  const Step& step = plan_.steps[id];
  switch (step.op) {
    case Op::kConstant:
    case Op::kInvalid: return step.constant;
    case Op::kVariable: return eval_variable(step.slot, id);
    case Op::kLocal: return locals_[step.slot];
    case Op::kPath: return eval_path(step);
    case Op::kHas: return eval_has(step);
    case Op::kPresent: return eval_present(step);
    case Op::kOptionalSelect: return eval_optional_select(step);
    case Op::kIndex: return eval_index(step);
    case Op::kOptionalIndex: return eval_optional_index(step);
    case Op::kAnd: return eval_and(step);
    case Op::kOr: return eval_or(step);
    case Op::kNot: return eval_not(step);
    case Op::kTernary: return eval_ternary(step);
    case Op::kEqual:
    case Op::kNotEqual: return eval_equality(step);
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual: return eval_order(step);
    case Op::kIn: return eval_in(step);
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
    case Op::kModulo: return eval_arithmetic(step);
    case Op::kNegate: return eval_negate(step);
    case Op::kCall: return eval_call(step, id);
    case Op::kMatches: return eval_matches(step);
    case Op::kOptionalOr:
    case Op::kOptionalOrValue: return eval_optional_or(step);
    case Op::kList: return eval_list(step, id);
    case Op::kMap: return eval_map(step, id);
    case Op::kMessage: return eval_message(step, id);
    case Op::kComprehension: return eval_comprehension(step);
  }
  return Value::null();
}

Value Evaluator::eval_variable(std::uint32_t slot, StepId id) {
  const Value value = activation_->variable(slot);
  if (!value.is(ValueKind::kAbsent)) return value;
  return make_error(call_.arena,
                    fmt::format("'{}' has no value here.", plan_.checked.ast[id].name),
                    ErrorCause::kNoSuchKey);
}

Value Evaluator::type_error(std::string_view operation, std::span<const Value> operands) {
  return make_type_error(call_.arena, operation, operands);
}

Value Evaluator::no_such_field(const Value& map, std::string_view field) {
  return make_error(call_.arena,
                    fmt::format("There is no field '{}'.", utf8_prefix(field, kShownField)),
                    ErrorCause::kNoSuchKey, map.origin());
}

Value Evaluator::eval_path(const Step& step) {
  Value value = eval(plan_.arg(step, 0));
  for (const std::string_view field : plan_.fields_of(step)) {
    if (value.is(ValueKind::kMap) && value.is_foreign()) {
      const Value found = value.adapter()->get(value.node(), field);
      if (found.is(ValueKind::kAbsent)) return no_such_field(value, field);
      value = found;
    } else {
      value = select(value, field);
      if (value.is_error()) return value;
    }
  }
  return value;
}

// operand.field; through an optional it stays optional.
Value Evaluator::select(const Value& operand, std::string_view field) {
  if (operand.is(ValueKind::kMap)) {
    const Value found = find_key(operand, field);
    return found.is(ValueKind::kAbsent) ? no_such_field(operand, field) : found;
  }
  if (operand.is(ValueKind::kOptional)) return lookup(operand, Value::string(field));
  if (operand.is_error()) return operand;
  if (operand.is(ValueKind::kNull)) {
    return make_error(call_.arena, fmt::format("Null has no field '{}'.", field),
                      ErrorCause::kNoSuchKey, operand.origin());
  }
  return make_error(
      call_.arena,
      fmt::format("A value of type '{}' has no field '{}'.", type_name(operand), field),
      ErrorCause::kType, operand.origin());
}

Value Evaluator::eval_has(const Step& step) {
  Value value = eval(plan_.arg(step, 0));
  const auto fields = plan_.fields_of(step);
  for (const std::string_view field : fields.first(fields.size() - 1)) {
    value = select(value, field);
    if (value.is_error()) return value;
  }
  if (value.is(ValueKind::kMap)) {
    return Value::boolean(!find_key(value, fields.back()).is(ValueKind::kAbsent));
  }
  if (value.is(ValueKind::kOptional)) {
    const Value found = select(value, fields.back());
    return found.is_error() ? found : Value::boolean(found.as_optional()->has_value);
  }
  if (has_no_entries(value)) return Value::boolean(false);
  return select(value, fields.back());
}

// As Kubernetes' lazy map of variables: to be asked for is to be evaluated.
Value Evaluator::eval_present(const Step& step) {
  const Value value = activation_->variable(plan_.steps[plan_.arg(step, 0)].slot);
  return value.is_error() ? value : Value::boolean(!value.is(ValueKind::kAbsent));
}

Value Evaluator::eval_optional_select(const Step& step) {
  const Value operand = eval(plan_.arg(step, 0));
  if (operand.is_error()) return operand;
  return lookup(operand, Value::string(plan_.fields_of(step).front()));
}

// Whether to ask for a field or an entry of the value is to hear that there is none. A list may
// be asked, but not for a field; cel-go leaves it with an error.
bool Evaluator::has_no_entries(const Value& value) const {
  if (value.is(ValueKind::kNull)) return true;
  return !plan_.strict_presence && !value.is_error() && !value.is(ValueKind::kList) &&
         !value.is(ValueKind::kMap);
}

// operand[?key] and operand.?key: an optional, none where there is nothing.
Value Evaluator::lookup(const Value& operand, const Value& key) {
  Value target = operand;
  while (target.is(ValueKind::kOptional)) {
    if (!target.as_optional()->has_value) return target;
    target = target.as_optional()->value;
  }
  if (has_no_entries(target)) return optional_none();
  const Value found = index(target, key);
  if (!found.is_error()) return make_optional(call_.arena, found);
  return found.as_error()->cause == ErrorCause::kNoSuchKey ? optional_none() : found;
}

Value Evaluator::eval_index(const Step& step) {
  const Value operand = eval(plan_.arg(step, 0));
  if (operand.is_error()) return operand;
  const Value key = eval(plan_.arg(step, 1));
  if (key.is_error()) return key;
  return operand.is(ValueKind::kOptional) ? lookup(operand, key) : index(operand, key);
}

Value Evaluator::eval_optional_index(const Step& step) {
  const Value operand = eval(plan_.arg(step, 0));
  if (operand.is_error()) return operand;
  const Value key = eval(plan_.arg(step, 1));
  return key.is_error() ? key : lookup(operand, key);
}

Value Evaluator::index(const Value& operand, const Value& key) {
  if (operand.is(ValueKind::kMap)) {
    if (!call_.spend(work_of(key))) return cost_error();
    const Value found = find_key(operand, key);
    if (!found.is(ValueKind::kAbsent)) return found;
    if (key.is(ValueKind::kString)) return no_such_field(operand, key.as_string());
    return make_error(call_.arena, "There is no entry with this key.", ErrorCause::kNoSuchKey,
                      operand.origin());
  }
  if (!operand.is(ValueKind::kList)) {
    const std::array<Value, 2> operands{operand, key};
    return type_error("[]", operands);
  }
  // Every number that is an integer is an index, as everywhere in CEL.
  double position = -1;
  if (key.is(ValueKind::kInt)) {
    position = static_cast<double>(key.as_int());
  } else if (key.is(ValueKind::kUint) && key.as_uint() <= kLargestIndex) {
    position = static_cast<double>(key.as_uint());
  } else if (key.is(ValueKind::kDouble) && key.as_double() == std::trunc(key.as_double()) &&
             std::abs(key.as_double()) < static_cast<double>(kLargestIndex)) {
    position = key.as_double();
  } else {
    const std::array<Value, 2> operands{operand, key};
    return type_error("[]", operands);
  }
  const std::uint32_t size = size_of(operand);
  if (position >= 0 && position < size) {
    return item_at(operand, static_cast<std::uint32_t>(position));
  }
  return make_error(call_.arena,
                    fmt::format("Index {} is outside a list of {} items.", position, size),
                    ErrorCause::kNoSuchKey, operand.origin());
}

Value Evaluator::eval_call(const Step& step, StepId id) {
  std::array<Value, kFewArguments> few;
  std::span<Value> args(few);
  if (step.args.count > few.size()) {
    args = call_.arena.make_array<Value>(step.args.count);
    if (args.empty()) return memory_error();
  }
  args = args.first(step.args.count);
  for (std::uint32_t i = 0; i < step.args.count; ++i) {
    args[i] = eval(plan_.arg(step, i));
    if (args[i].is_error()) return args[i];
    // Every function is at least linear in its texts.
    if (!call_.spend(work_of(args[i]))) return cost_error();
  }
  const Overload* overload = choose(step, args);
  if (overload == nullptr) return type_error(plan_.checked.ast[id].name, args);
  const Value result = overload->callback(call_, args);
  if (!result.is_error() || result.origin() != nullptr) return result;
  for (const Value& arg : args) {
    if (arg.origin() != nullptr) return result.with_origin(arg.origin());
  }
  return result;
}

const Overload* Evaluator::choose(const Step& step, std::span<const Value> args) const {
  for (std::uint32_t i = 0; i < step.extra.count; ++i) {
    const Overload& overload = plan_.overloads[step.extra.first + i];
    if (overload.param_count != args.size()) continue;
    bool fits = true;
    for (std::uint32_t at = 0; at < args.size() && fits; ++at) {
      const ParamCheck& param = plan_.params[overload.first_param + at];
      fits = (param.kinds >> static_cast<unsigned>(args[at].kind()) & 1U) != 0;
      if (fits && !param.opaque_name.empty()) {
        fits = args[at].as_opaque()->type->as_type.name == param.opaque_name;
      }
    }
    if (fits) return &overload;
  }
  return nullptr;
}

Value Evaluator::eval_matches(const Step& step) {
  const Value text = eval(plan_.arg(step, 0));
  if (text.is_error()) return text;
  if (!text.is(ValueKind::kString)) return type_error("matches", std::span(&text, 1));
  const std::string_view subject = text.as_string();
  const Regex& regex = plan_.regexes[step.slot];
  if (!call_.spend(regex.work_on(subject.size()))) return cost_error();
  return Value::boolean(re2::RE2::PartialMatch(re2::StringPiece(subject.data(), subject.size()),
                                               *regex.compiled));
}

// What stands in for a missing value is evaluated only then.
Value Evaluator::eval_optional_or(const Step& step) {
  const Value optional = eval(plan_.arg(step, 0));
  if (optional.is_error()) return optional;
  const bool whole = step.op == Op::kOptionalOr;
  if (!optional.is(ValueKind::kOptional)) {
    return type_error(whole ? "or" : "orValue", std::span(&optional, 1));
  }
  if (!optional.as_optional()->has_value) return eval(plan_.arg(step, 1));
  return whole ? optional : optional.as_optional()->value;
}

Value Evaluator::eval_list(const Step& step, StepId id) {
  ListBuilder builder(call_.arena, step.args.count);
  const Expr& expr = plan_.checked.ast[id];
  for (std::uint32_t i = 0; i < step.args.count; ++i) {
    const Value item = eval(plan_.arg(step, i));
    if (item.is_error()) return item;
    if (!step.has_optional_items || !expr.optional_items[i]) {
      builder.add(item);
    } else if (!item.is(ValueKind::kOptional)) {
      return type_error("[?]", std::span(&item, 1));
    } else if (item.as_optional()->has_value) {
      builder.add(item.as_optional()->value);
    }
  }
  return builder.build();
}

Value Evaluator::eval_map(const Step& step, StepId id) {
  MapBuilder builder(call_.arena);
  const Expr& expr = plan_.checked.ast[id];
  for (std::uint32_t i = 0; i + 1 < step.args.count; i += 2) {
    const Value key = eval(plan_.arg(step, i));
    if (key.is_error()) return key;
    if (!call_.spend(work_of(key))) return cost_error();
    if (!is_key(key, !plan_.kubernetes_rules)) {
      return make_error(call_.arena,
                        fmt::format("A map cannot have a key of type '{}'.", type_name(key)),
                        ErrorCause::kType, key.origin());
    }
    Value value = eval(plan_.arg(step, i + 1));
    if (value.is_error()) return value;
    if (step.has_optional_items && expr.optional_items[i / 2]) {
      if (!value.is(ValueKind::kOptional)) return type_error("{?:}", std::span(&value, 1));
      if (!value.as_optional()->has_value) continue;
      value = value.as_optional()->value;
    }
    builder.add(key, value);
  }
  const std::size_t written = builder.entries().size();
  const Value map = builder.build();
  if (!plan_.kubernetes_rules && !map.is_error() && size_of(map) != written) {
    return make_error(call_.arena, "The map has the same key twice.");
  }
  return map;
}

Value Evaluator::eval_message(const Step& step, StepId id) {
  const Expr& expr = plan_.checked.ast[id];
  std::vector<WrittenField> fields;
  for (std::uint32_t i = 0; i < step.args.count; ++i) {
    Value value = eval(plan_.arg(step, i));
    if (value.is_error()) return value;
    if (step.has_optional_items && expr.optional_items[i]) {
      if (!value.is(ValueKind::kOptional)) return type_error("{?:}", std::span(&value, 1));
      if (!value.as_optional()->has_value) continue;
      value = value.as_optional()->value;
    }
    fields.push_back({.name = expr.fields[i], .value = value});
  }
  return make_message(call_, *step.message, fields);
}

}  // namespace tidewaiter::cel
