#include "cel/program.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "cel/checker.h"
#include "cel/evaluator.h"
#include "cel/parser.h"
#include "cel/plan.h"
#include "cel/value_build.h"

namespace tidewaiter::cel {

namespace {

// The variables of an activation may be expressions that read other variables, so evaluations
// nest as deep as a user's rule chains them.
constexpr std::ptrdiff_t kMostStack = std::ptrdiff_t{1} << 20;

// Where the outermost evaluation of this thread began.
thread_local const char* outermost_frame = nullptr;
// What all blames that are nested in the outermost one may still cost; without a common limit a
// chain of `a + a` would double with each link.
thread_local std::uint64_t nested_blame_budget = 0;

class Nesting {
 public:
  Nesting() : is_outermost_(outermost_frame == nullptr) {
    if (is_outermost_) outermost_frame = here();
  }
  ~Nesting() {
    if (is_outermost_) outermost_frame = nullptr;
  }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;

  bool is_outermost() const { return is_outermost_; }
  bool is_too_deep() const {
    const std::ptrdiff_t used = outermost_frame - here();
    return used > kMostStack || used < -kMostStack;
  }

 private:
  static const char* here() { return static_cast<const char*>(__builtin_frame_address(0)); }
  bool is_outermost_;
};

// What one evaluation may take of what several may cost together.
class SharedBudget {
 public:
  SharedBudget(std::uint64_t* all, std::uint64_t most)
      : all_(all), share_(all == nullptr ? most : std::min(most, *all)) {}

  std::uint64_t share() const { return share_; }
  /// Subtracts all but `left`. Variables that were read have taken theirs meanwhile.
  void give_back(std::uint64_t left) {
    if (all_ != nullptr) *all_ -= std::min(*all_, share_ - left);
  }

 private:
  std::uint64_t* all_;
  std::uint64_t share_;
};

}  // namespace

struct Program::Compiled {
  Plan plan;
};

Program::Program(std::unique_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;
Program::~Program() = default;

const Type& Program::result_type() const {
  return compiled_->plan.checked.result_type();
}

std::string_view Program::text() const {
  return compiled_->plan.text;
}

Value Program::evaluate(Activation& activation, Arena& arena) const {
  const Plan& plan = compiled_->plan;
  const Nesting nesting;
  if (nesting.is_too_deep()) return cost_error();
  SharedBudget shared(activation.budget(Work::kEvaluation), plan.cost_limit);
  Evaluator evaluator(plan, &activation, arena, shared.share());
  const Value value = evaluator.run(plan.root());
  shared.give_back(evaluator.budget());
  return value;
}

template <class Find>
Origin Program::trace(Activation& activation, Arena& arena, Find&& find) const {
  const Plan& plan = compiled_->plan;
  const Nesting nesting;
  if (nesting.is_too_deep()) return nullptr;
  // Each level is evaluated again to learn what it gave, so this may cost a few times more.
  const std::uint64_t most = plan.cost_limit * 8;
  if (nesting.is_outermost()) nested_blame_budget = most;
  SharedBudget shared(activation.budget(Work::kBlame),
                      nesting.is_outermost() ? most : nested_blame_budget);
  Evaluator evaluator(plan, &activation, arena, shared.share());
  const Origin found = find(evaluator, plan.root());
  shared.give_back(evaluator.budget());
  if (!nesting.is_outermost())
    nested_blame_budget = std::min(nested_blame_budget, evaluator.budget());
  return found;
}

Origin Program::blame(Activation& activation, Arena& arena) const {
  return trace(activation, arena,
               [](Evaluator& evaluator, StepId root) { return evaluator.place(root); });
}

Origin Program::blame_item(Activation& activation, Arena& arena, std::uint32_t index) const {
  return trace(activation, arena, [&](Evaluator& evaluator, StepId root) {
    return evaluator.place_of_element(root, index);
  });
}

Origin Program::locate(Activation& activation, Arena& arena) const {
  return blame(activation, arena);
}

std::optional<Target> Program::target(Activation& activation, Arena& arena) const {
  const Plan& plan = compiled_->plan;
  const Nesting nesting;
  if (nesting.is_too_deep()) return std::nullopt;
  // An operand that names no place is evaluated again, once at each selection from it.
  Evaluator evaluator(plan, &activation, arena, plan.cost_limit * 8);
  const auto place = evaluator.name(plan.root());
  if (!place || place->target.origin == nullptr) return std::nullopt;
  return place->target;
}

Result<Program> compile(const Environment& environment, std::string_view text) {
  auto ast = parse(text, environment.limits, environment.macro_options());
  if (!ast) return ast.error();
  auto compiled = std::make_unique<Program::Compiled>();
  Plan& plan = compiled->plan;
  plan.text = text;
  if (environment.check_types) {
    auto checked = check(*std::move(ast), environment);
    if (!checked) return checked.error();
    plan.checked = *std::move(checked);
  } else {
    plan.checked = resolve_only(*std::move(ast), environment);
  }
  const auto planned = make_steps(plan, environment);
  if (!planned) return planned.error();
  return Program(std::move(compiled));
}

}  // namespace tidewaiter::cel
