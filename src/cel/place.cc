#include "cel/adapter.h"
#include "cel/evaluator.h"
#include "cel/value_read.h"

// Where to point: the blame rules and the lenient evaluation of `at:` (DESIGN 4). Runs only
// after a failure, and evaluates again what it needs to know.

namespace tidewaiter::cel {
namespace {

bool is_bool(const Value& value, bool decisive) {
  return value.is(ValueKind::kBool) && value.as_bool() == decisive;
}

// The value inside an optional, however deep; absent if there is none.
Value unwrapped(Value value) {
  while (value.is(ValueKind::kOptional)) {
    if (!value.as_optional()->has_value) return Value::absent();
    value = value.as_optional()->value;
  }
  return value;
}

// Where an entry that a lookup did not find is written after all: as null.
Origin hidden_entry(const Value& map, std::string_view key) {
  return map.is(ValueKind::kMap) && map.is_foreign() ? map.adapter()->hidden(map.node(), key)
                                                     : nullptr;
}

// The node a value came from; that of an error is not where the lenient rules point.
Origin own_place(const Value& value) {
  return value.is_error() ? nullptr : value.origin();
}

Origin first_of(Origin preferred, Origin otherwise) {
  return preferred != nullptr ? preferred : otherwise;
}

}  // namespace

Origin Evaluator::place(StepId id) {
  if (!call_.spend(1)) return nullptr;
  const Step& step = plan_.steps[id];
  switch (step.op) {
    case Op::kConstant:
    case Op::kInvalid: return nullptr;
    case Op::kVariable: {
      const Origin own = own_place(activation_->variable(step.slot));
      return own != nullptr ? own : activation_->blame_of_variable(step.slot);
    }
    case Op::kLocal: return place_of_local(step);
    case Op::kPath:
    case Op::kOptionalSelect: return place_of_path(step, step.extra.count);
    case Op::kHas: return place_of_has(step);
    case Op::kIndex:
    case Op::kOptionalIndex: return place_of_index(step);
    case Op::kAnd: return place_of_logic(step, false);
    case Op::kOr: return place_of_logic(step, true);
    case Op::kNot: return place(plan_.arg(step, 0));
    case Op::kTernary: return place_of_ternary(step);
    case Op::kComprehension: return place_of_comprehension(step, id);
    default: return place_of_arguments(step, id);
  }
}

// Follows the first `count` fields as far as there is something, and points to what it reached.
Origin Evaluator::place_of_path(const Step& step, std::size_t count) {
  const StepId base = plan_.arg(step, 0);
  Value value = unwrapped(eval(base));
  Origin reached = own_place(value);
  if (reached == nullptr) reached = place(base);
  for (const std::string_view field : plan_.fields_of(step).first(count)) {
    const Value found = unwrapped(find_key(value, field));
    if (found.is(ValueKind::kAbsent)) return first_of(hidden_entry(value, field), reached);
    value = found;
    reached = first_of(value.origin(), reached);
  }
  return reached;
}

// What lacks the field; the field's entry when it is there, or written as null.
Origin Evaluator::place_of_has(const Step& step) {
  return place_of_path(step, step.extra.count);
}

Origin Evaluator::place_of_index(const Step& step) {
  const StepId base = plan_.arg(step, 0);
  const Value operand = unwrapped(eval(base));
  const Origin own = own_place(operand);
  const Origin reached = own != nullptr ? own : place(base);
  const Value key = eval(plan_.arg(step, 1));
  if (key.is_error() || operand.is_error() || operand.is(ValueKind::kAbsent)) return reached;
  const Value found = unwrapped(index(operand, key));
  if (found.is_error()) {
    return key.is(ValueKind::kString)
               ? first_of(hidden_entry(operand, key.as_string()), reached)
               : reached;
  }
  return first_of(found.origin(), reached);
}

// The operand that decided: the first false one of &&, the first true one of ||. If none did,
// all took part: the one that failed, else the deepest.
Origin Evaluator::place_of_logic(const Step& step, bool decisive) {
  const StepId left = plan_.arg(step, 0);
  const StepId right = plan_.arg(step, 1);
  const Value left_value = eval(left);
  if (is_bool(left_value, decisive)) return place(left);
  const Value right_value = eval(right);
  if (is_bool(right_value, decisive)) return place(right);
  if (left_value.is_error()) return place(left);
  if (right_value.is_error()) return place(right);
  return deepest(plan_.args_of(step));
}

Origin Evaluator::place_of_ternary(const Step& step) {
  const StepId condition = plan_.arg(step, 0);
  const Value taken = eval(condition);
  if (!taken.is(ValueKind::kBool)) return place(condition);
  const Origin branch = place(plan_.arg(step, taken.as_bool() ? 1 : 2));
  return branch != nullptr ? branch : place(condition);
}

// A variable of a comprehension points to its item, or where the items came from.
Origin Evaluator::place_of_local(const Step& step) {
  const Origin own = own_place(locals_[step.slot]);
  if (own != nullptr) return own;
  const Step& owner = plan_.steps[step.owner];
  // An index has no place, but the item that it counts has.
  const Origin item = locals_[owner.slot].origin();
  if (item != nullptr) return item;
  return place(plan_.arg(owner, 0));
}

Origin Evaluator::place_of_comprehension(const Step& step, StepId id) {
  const StepId range = plan_.arg(step, 0);
  Origin found = nullptr;
  switch (step.comprehension) {
    case Comprehension::kAll: found = place_of_item(step, false); break;
    case Comprehension::kExists: found = place_of_item(step, true); break;
    case Comprehension::kExistsOne:
      if (eval(id).is_true()) found = place_of_item(step, true);
      break;
    case Comprehension::kBind:
      locals_[step.slot] = eval(range);
      found = place(plan_.arg(step, 2));
      break;
    case Comprehension::kOptMap:
    case Comprehension::kOptFlatMap: {
      const Value value = unwrapped(eval(range));
      if (value.is(ValueKind::kAbsent) || value.is_error()) break;
      locals_[step.slot] = value;
      found = place(plan_.arg(step, 2));
      break;
    }
    default: break;
  }
  return found != nullptr ? found : place(range);
}

// A value with a place of its own, else the argument with the longest path.
Origin Evaluator::place_of_arguments(const Step& step, StepId id) {
  const Value value = eval(id);
  if (own_place(value) != nullptr) return value.origin();
  return first_of(deepest(plan_.args_of(step)), value.origin());
}

Origin Evaluator::deepest(std::span<const StepId> ids) {
  Origin best = nullptr;
  std::uint32_t best_depth = 0;
  for (const StepId id : ids) {
    const Origin candidate = place(id);
    if (candidate == nullptr) continue;
    const std::uint32_t depth = activation_ == nullptr ? 0 : activation_->depth(candidate);
    if (best == nullptr || depth > best_depth) {
      best = candidate;
      best_depth = depth;
    }
  }
  return best;
}

}  // namespace tidewaiter::cel
