#include "cel/program.h"

#include <utility>

#include "cel/checker.h"
#include "cel/evaluator.h"
#include "cel/parser.h"
#include "cel/plan.h"

namespace tidewaiter::cel {

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
  Evaluator evaluator(plan, &activation, arena, plan.cost_limit);
  return evaluator.run(plan.root());
}

Origin Program::blame(Activation& activation, Arena& arena) const {
  const Plan& plan = compiled_->plan;
  // Each level is evaluated again to learn what it gave, so this may cost a few times more.
  Evaluator evaluator(plan, &activation, arena, plan.cost_limit * 8);
  return evaluator.place(plan.root());
}

Origin Program::locate(Activation& activation, Arena& arena) const {
  return blame(activation, arena);
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
