#include "cel/target.h"

#include <optional>

#include "cel/adapter.h"
#include "cel/evaluator.h"
#include "cel/value_read.h"

// What a selection names in a document, also where there is nothing yet: where a fix writes.

namespace tidewaiter::cel {
namespace {

Value unwrapped(Value value) {
  while (value.is(ValueKind::kOptional)) {
    if (!value.as_optional()->has_value) return Value::absent();
    value = value.as_optional()->value;
  }
  return value;
}

/// The place of a value that is a node of a document, not something made from one.
std::optional<NamedPlace> node_place(const Value& value) {
  if (value.origin() == nullptr || value.is_error() || value.is(ValueKind::kAbsent)) {
    return std::nullopt;
  }
  const bool collection = value.is(ValueKind::kList) || value.is(ValueKind::kMap);
  if (collection && (!value.is_foreign() || value.node() != value.origin())) {
    return std::nullopt;
  }
  return NamedPlace{.value = value, .target = {.origin = value.origin()}};
}

std::optional<NamedPlace> nothing_at(NamedPlace place, std::string_view key) {
  place.target.missing.emplace_back(key);
  place.value = Value::absent();
  return place;
}

/// One key further: to the entry, to one that is hidden because it is null, or to nothing.
std::optional<NamedPlace> entry_of(const std::optional<NamedPlace>& place,
                                   std::string_view key) {
  if (!place) return std::nullopt;
  const Value& value = place->value;
  if (value.is(ValueKind::kAbsent) || value.is(ValueKind::kNull))
    return nothing_at(*place, key);
  if (!value.is(ValueKind::kMap)) return std::nullopt;
  const Value found = unwrapped(find_key(value, key));
  if (!found.is(ValueKind::kAbsent)) return node_place(found);
  if (!value.is_foreign()) return std::nullopt;
  const Origin hidden = value.adapter()->hidden(value.node(), key);
  if (hidden == nullptr) return nothing_at(*place, key);
  return NamedPlace{.value = Value::absent(), .target = {.origin = hidden}};
}

}  // namespace

std::optional<NamedPlace> Evaluator::name(StepId id) {
  if (!call_.spend(1)) return std::nullopt;
  const Step& step = plan_.steps[id];
  switch (step.op) {
    case Op::kVariable: return name_variable(step);
    case Op::kPath:
    case Op::kOptionalSelect: {
      auto place = name_operand(plan_.arg(step, 0));
      for (const std::string_view field : plan_.fields_of(step)) place = entry_of(place, field);
      return place;
    }
    case Op::kIndex:
    case Op::kOptionalIndex: return name_entry(step);
    case Op::kTernary: {
      const Value condition = eval(plan_.arg(step, 0));
      if (!condition.is(ValueKind::kBool)) return std::nullopt;
      return name(plan_.arg(step, condition.as_bool() ? 1 : 2));
    }
    default: return node_place(unwrapped(eval(id)));
  }
}

std::optional<NamedPlace> Evaluator::name_variable(const Step& step) {
  const Value value = unwrapped(activation_->variable(step.slot));
  if (auto place = node_place(value)) return place;
  // It stands for a mapping that the document leaves out.
  if (!value.is_foreign() || value.origin() == nullptr) return std::nullopt;
  NamedPlace place{.value = Value::absent(), .target = {.origin = value.origin()}};
  for (const std::string_view key : activation_->missing_path(step.slot)) {
    place.target.missing.emplace_back(key);
  }
  if (place.target.missing.empty()) return std::nullopt;
  return place;
}

/// What a selection starts from may also be a map that an expression made and that holds nodes.
std::optional<NamedPlace> Evaluator::name_operand(StepId id) {
  if (auto place = name(id)) return place;
  const Value value = unwrapped(eval(id));
  const bool is_of_document = value.is_foreign() && value.origin() != nullptr;
  if (!value.is(ValueKind::kMap) || is_of_document) return std::nullopt;
  return NamedPlace{.value = value};
}

std::optional<NamedPlace> Evaluator::name_entry(const Step& step) {
  const Value key = eval(plan_.arg(step, 1));
  if (key.is(ValueKind::kString)) {
    return entry_of(name_operand(plan_.arg(step, 0)), key.as_string());
  }
  const Value operand = unwrapped(eval(plan_.arg(step, 0)));
  if (key.is_error() || !operand.is(ValueKind::kList)) return std::nullopt;
  return node_place(unwrapped(index(operand, key)));
}

}  // namespace tidewaiter::cel
