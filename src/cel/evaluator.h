#ifndef TIDEWAITER_CEL_EVALUATOR_H_
#define TIDEWAITER_CEL_EVALUATOR_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "cel/plan.h"
#include "cel/target.h"

namespace tidewaiter::cel {

/// One evaluation of a plan. Recursion is as deep as the expression, which the parser limits.
class Evaluator {
 public:
  /// `activation` may be null for a plan, or a part of it, without variables.
  Evaluator(const Plan& plan, Activation* activation, Arena& arena, std::uint64_t budget);
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  /// The value of a step and all below it; an error when the budget or the arena is exhausted.
  Value run(StepId id);
  /// The place of a step's value: the rules of blame and of lenient location, which are one.
  Origin place(StepId id) { return find_place(id).origin; }
  /// The place of an item of the list that a step gives: see Program::blame_item.
  Origin place_of_element(StepId id, std::uint32_t index);
  /// The place that a step names, whether something is there or not; nothing if it names none.
  std::optional<NamedPlace> name(StepId id);
  /// What is left of the budget.
  std::uint64_t budget() const { return call_.budget; }

 private:
  Value eval(StepId id);
  Value eval_variable(std::uint32_t slot, StepId id);

  // Selections and indexes.
  Value eval_path(const Step& step);
  Value eval_has(const Step& step);
  Value eval_present(const Step& step);
  Value eval_optional_select(const Step& step);
  Value eval_index(const Step& step);
  Value eval_optional_index(const Step& step);
  Value select(const Value& operand, std::string_view field);
  Value index(const Value& operand, const Value& key);
  Value lookup(const Value& operand, const Value& key);
  bool has_no_entries(const Value& value) const;
  Value no_such_field(const Value& map, std::string_view field);

  // Operators.
  Value eval_and(const Step& step);
  Value eval_or(const Step& step);
  Value eval_not(const Step& step);
  Value eval_ternary(const Step& step);
  Value eval_equality(const Step& step);
  Value eval_order(const Step& step);
  Value eval_in(const Step& step);
  Value eval_arithmetic(const Step& step);
  Value eval_negate(const Step& step);
  Value concatenate(const Value& a, const Value& b);

  // Calls and collections.
  Value eval_call(const Step& step, StepId id);
  Value eval_matches(const Step& step);
  Value eval_optional_or(const Step& step);
  Value eval_list(const Step& step, StepId id);
  Value eval_message(const Step& step, StepId id);
  Value eval_map(const Step& step, StepId id);
  const Overload* choose(const Step& step, std::span<const Value> args) const;

  // Comprehensions.
  Value eval_comprehension(const Step& step);
  Value eval_quantifier(const Step& step);
  Value eval_exists_one(const Step& step);
  Value eval_transform_list(const Step& step);
  Value eval_transform_map(const Step& step);
  Value eval_sort_by(const Step& step);
  Value eval_bind(const Step& step);
  Value eval_optional_map(const Step& step);
  Value filter_item(const Step& step, std::uint32_t predicate);
  template <class Body>
  Value for_each(const Step& step, const Value& range, Body&& body);

  /// Where to point, and how many fields below it the expression asked for in vain.
  struct Place {
    Origin origin = nullptr;
    std::uint32_t missing = 0;
  };

  // Places.
  Place find_place(StepId id);
  Place place_of_path(const Step& step);
  Place place_of_index(const Step& step);
  Place place_of_logic(const Step& step, bool decisive);
  Place place_of_ternary(const Step& step);
  Place place_of_local(const Step& step);
  Place place_of_in(const Step& step, StepId id);
  Place place_of_comparison(const Step& step, StepId id);
  Origin place_of_excess(StepId counted, StepId limited, bool below);
  Place place_of_comprehension(const Step& step, StepId id);
  Place place_of_item(const Step& step, bool decisive);
  Place place_of_no_item(const Step& step, StepId id);
  Origin place_of_made(const Step& step, std::uint32_t index);
  Place place_of_outer_locals(StepId body, StepId inner);
  Place place_of_arguments(const Step& step, StepId id);
  Place deepest(std::span<const StepId> ids);
  bool is_guard(StepId id) const;
  bool is_deeper(const Place& place, const Place& than) const;

  // What a fix writes to.
  std::optional<NamedPlace> name_variable(const Step& step);
  std::optional<NamedPlace> name_operand(StepId id);
  std::optional<NamedPlace> name_entry(const Step& step);

  Value type_error(std::string_view operation, std::span<const Value> operands);

  const Plan& plan_;
  Activation* activation_;
  CallContext call_;
  std::array<Value, 4> few_locals_;
  Value* locals_ = few_locals_.data();
};

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_EVALUATOR_H_
