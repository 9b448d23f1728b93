#include "cel/adapter.h"
#include "cel/evaluator.h"
#include "cel/value_compare.h"
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

}  // namespace

Evaluator::Place Evaluator::find_place(StepId id) {
  if (!call_.spend(1)) return {};
  const Step& step = plan_.steps[id];
  switch (step.op) {
    case Op::kConstant:
    case Op::kInvalid: return {};
    case Op::kVariable: {
      const Origin own = own_place(activation_->variable(step.slot));
      return {own != nullptr ? own : activation_->blame_of_variable(step.slot)};
    }
    case Op::kLocal: return place_of_local(step);
    // Of has(): what lacks the field; the entry when it is there, or written as null.
    case Op::kHas:
    case Op::kPath:
    case Op::kOptionalSelect: return place_of_path(step);
    case Op::kIndex:
    case Op::kOptionalIndex: return place_of_index(step);
    case Op::kAnd: return place_of_logic(step, false);
    case Op::kOr: return place_of_logic(step, true);
    case Op::kNot: return find_place(plan_.arg(step, 0));
    case Op::kTernary: return place_of_ternary(step);
    case Op::kIn: return place_of_in(step, id);
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual: return place_of_comparison(step, id);
    case Op::kComprehension: return place_of_comprehension(step, id);
    default: return place_of_arguments(step, id);
  }
}

// Follows the fields as far as there is something, and points to what it reached.
Evaluator::Place Evaluator::place_of_path(const Step& step) {
  const StepId base = plan_.arg(step, 0);
  Value value = unwrapped(eval(base));
  Place reached{own_place(value)};
  if (reached.origin == nullptr) reached = find_place(base);
  std::uint32_t left = step.extra.count;
  for (const std::string_view field : plan_.fields_of(step)) {
    const Value found = unwrapped(find_key(value, field));
    if (found.is(ValueKind::kAbsent)) {
      const Origin hidden = hidden_entry(value, field);
      if (hidden != nullptr) return {hidden, left - 1};
      return {reached.origin, reached.missing + left};
    }
    --left;
    value = found;
    if (value.origin() != nullptr) reached = {value.origin()};
  }
  return reached;
}

Evaluator::Place Evaluator::place_of_index(const Step& step) {
  const StepId base = plan_.arg(step, 0);
  const Value operand = unwrapped(eval(base));
  Place reached{own_place(operand)};
  if (reached.origin == nullptr) reached = find_place(base);
  const Value key = eval(plan_.arg(step, 1));
  if (key.is_error() || operand.is_error() || operand.is(ValueKind::kAbsent)) {
    return {reached.origin, reached.missing + 1};
  }
  const Value found = unwrapped(index(operand, key));
  if (!found.is_error()) return found.origin() != nullptr ? Place{found.origin()} : reached;
  const Origin hidden =
      key.is(ValueKind::kString) ? hidden_entry(operand, key.as_string()) : nullptr;
  return hidden != nullptr ? Place{hidden} : Place{reached.origin, reached.missing + 1};
}

// The operand that decided: the first false one of &&, the first true one of ||. If none did,
// all took part: the one that failed, else the deepest.
Evaluator::Place Evaluator::place_of_logic(const Step& step, bool decisive) {
  const StepId left = plan_.arg(step, 0);
  const StepId right = plan_.arg(step, 1);
  const Value left_value = eval(left);
  if (is_bool(left_value, decisive)) return find_place(left);
  const Value right_value = eval(right);
  if (is_bool(right_value, decisive)) return find_place(right);
  if (left_value.is_error()) return find_place(left);
  if (right_value.is_error()) return find_place(right);
  Place first = find_place(left);
  Place second = find_place(right);
  // `guard || demand`: unless the guard looks deeper into the document, the demand is not met.
  if (decisive && is_guard(left)) return is_deeper(first, second) ? first : second;
  // Of alternatives what is there and wrong, rather than what is missing.
  first.missing = 0;
  second.missing = 0;
  return is_deeper(second, first) ? second : first;
}

// Whether an operand of || reads as "unless this is something else": `x != 'a'`, `!has(x.y)`,
// among other operands of ||, several by &&, or one for each item of a list.
bool Evaluator::is_guard(StepId id) const {
  const Step& step = plan_.steps[id];
  switch (step.op) {
    case Op::kNot:
    case Op::kNotEqual: return true;
    case Op::kOr: return is_guard(plan_.arg(step, 1)) || is_guard(plan_.arg(step, 0));
    case Op::kAnd: return is_guard(plan_.arg(step, 0)) && is_guard(plan_.arg(step, 1));
    case Op::kComprehension:
      return step.comprehension == Comprehension::kAll && is_guard(plan_.arg(step, 2));
    default: return false;
  }
}

Evaluator::Place Evaluator::place_of_ternary(const Step& step) {
  const StepId condition = plan_.arg(step, 0);
  const Value taken = eval(condition);
  if (!taken.is(ValueKind::kBool)) return find_place(condition);
  const Place branch = find_place(plan_.arg(step, taken.as_bool() ? 1 : 2));
  return branch.origin != nullptr ? branch : find_place(condition);
}

// A variable of a comprehension points to its item, or where the items came from.
Evaluator::Place Evaluator::place_of_local(const Step& step) {
  const Origin own = own_place(locals_[step.slot]);
  if (own != nullptr) return {own};
  const Step& owner = plan_.steps[step.owner];
  // An index has no place, but the item that it counts has.
  const Origin item = locals_[owner.slot].origin();
  if (item != nullptr) return {item};
  return find_place(plan_.arg(owner, 0));
}

// What was found in a list, else a missing key of a map, else as any operator.
Evaluator::Place Evaluator::place_of_in(const Step& step, StepId id) {
  const Value item = eval(plan_.arg(step, 0));
  const Value collection = eval(plan_.arg(step, 1));
  const bool contained = eval(id).is_true();
  if (contained && collection.is(ValueKind::kList)) {
    const std::uint32_t size = size_of(collection);
    for (std::uint32_t i = 0; i < size && call_.spend(1); ++i) {
      const Value each = item_at(collection, i);
      if (equal(item, each, call_.budget) != Equality::kEqual) continue;
      const Place found{each.origin()};
      const Place asked = find_place(plan_.arg(step, 0));
      return is_deeper(asked, found) ? asked : found;
    }
  }
  if (!contained && collection.is(ValueKind::kMap)) {
    const Place asked = find_place(plan_.arg(step, 0));
    Place lacking = find_place(plan_.arg(step, 1));
    ++lacking.missing;
    return is_deeper(asked, lacking) ? asked : lacking;
  }
  return place_of_arguments(step, id);
}

// When a list that an expression made is longer than what it is compared with: the first item
// too many.
Evaluator::Place Evaluator::place_of_comparison(const Step& step, StepId id) {
  const StepId left = plan_.arg(step, 0);
  const StepId right = plan_.arg(step, 1);
  Origin excess =
      place_of_excess(left, right, step.op == Op::kLess || step.op == Op::kGreaterEqual);
  if (excess == nullptr) {
    excess = place_of_excess(right, left, step.op == Op::kGreater || step.op == Op::kLessEqual);
  }
  return excess != nullptr ? Place{excess} : place_of_arguments(step, id);
}

// `below`: even as many as the limit are too many.
Origin Evaluator::place_of_excess(StepId counted, StepId limited, bool below) {
  const Step& step = plan_.steps[counted];
  const bool is_size = step.op == Op::kCall && plan_.checked.ast[counted].name == "size";
  const StepId made = is_size ? plan_.arg(step, 0) : counted;
  const Value list = eval(made);
  if (!list.is(ValueKind::kList) || list.is_foreign()) return nullptr;
  const Value limit = eval(limited);
  std::int64_t allowed = -1;
  if (is_size && limit.is(ValueKind::kInt) && limit.as_int() >= 0) {
    allowed = limit.as_int() - (below ? 1 : 0);
  }
  if (!is_size && limit.is(ValueKind::kList)) allowed = size_of(limit);
  if (allowed < 0 || allowed >= size_of(list)) return nullptr;
  return place_of_element(made, static_cast<std::uint32_t>(allowed));
}

Origin Evaluator::place_of_element(StepId id, std::uint32_t index) {
  const Value list = eval(id);
  if (!call_.spend(1) || !list.is(ValueKind::kList) || index >= size_of(list)) return nullptr;
  const Step& step = plan_.steps[id];
  Origin found = nullptr;
  switch (step.op) {
    case Op::kVariable: found = activation_->blame_of_item(step.slot, index); break;
    case Op::kComprehension: found = place_of_made(step, index); break;
    case Op::kTernary:
      found =
          place_of_element(plan_.arg(step, eval(plan_.arg(step, 0)).is_true() ? 1 : 2), index);
      break;
    case Op::kAdd: {
      const std::uint32_t first = size_of(eval(plan_.arg(step, 0)));
      found = index < first ? place_of_element(plan_.arg(step, 0), index)
                            : place_of_element(plan_.arg(step, 1), index - first);
      break;
    }
    default: break;
  }
  const Origin item = item_at(list, index).origin();
  // What is nearer to the root than the item holds for all of them.
  return is_deeper({item}, {found}) ? item : found;
}

Evaluator::Place Evaluator::place_of_comprehension(const Step& step, StepId id) {
  const StepId range = plan_.arg(step, 0);
  Place found;
  switch (step.comprehension) {
    case Comprehension::kAll:
    case Comprehension::kExists:
      found = place_of_item(step, step.comprehension == Comprehension::kExists);
      return found.origin != nullptr ? found : place_of_no_item(step, id);
    case Comprehension::kExistsOne:
      if (eval(id).is_true()) found = place_of_item(step, true);
      return found.origin != nullptr ? found : place_of_no_item(step, id);
    case Comprehension::kBind:
      locals_[step.slot] = eval(range);
      found = find_place(plan_.arg(step, 2));
      break;
    case Comprehension::kOptMap:
    case Comprehension::kOptFlatMap: {
      const Value value = unwrapped(eval(range));
      if (value.is(ValueKind::kAbsent) || value.is_error()) break;
      locals_[step.slot] = value;
      found = find_place(plan_.arg(step, 2));
      break;
    }
    default: break;
  }
  return found.origin != nullptr ? found : find_place(range);
}

// A value with a place of its own, else the argument with the longest path.
Evaluator::Place Evaluator::place_of_arguments(const Step& step, StepId id) {
  const Value value = eval(id);
  if (own_place(value) != nullptr) return {value.origin()};
  const Place best = deepest(plan_.args_of(step));
  return best.origin != nullptr ? best : Place{value.origin()};
}

Evaluator::Place Evaluator::deepest(std::span<const StepId> ids) {
  Place best;
  for (const StepId id : ids) {
    const Place candidate = find_place(id);
    if (candidate.origin != nullptr && is_deeper(candidate, best)) best = candidate;
  }
  return best;
}

// Counts what the expression asked for, whether it is there or not.
bool Evaluator::is_deeper(const Place& place, const Place& than) const {
  if (place.origin == nullptr || than.origin == nullptr) return place.origin != nullptr;
  const auto depth = [&](const Place& each) {
    return each.missing + (activation_ == nullptr ? 0 : activation_->depth(each.origin));
  };
  return depth(place) > depth(than);
}

}  // namespace tidewaiter::cel
