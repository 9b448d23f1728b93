#include "rules/check_report.h"

#include <utility>

#include "base/check.h"

namespace tidewaiter::rules {

std::optional<CheckReport::Parts> CheckReport::compile(ExpressionCompiler& compiler) const {
  Parts parts;
  if (!check_.at.empty()) parts.at = compiler.program(scope_, check_.at);
  auto message = compiler.message(scope_, check_.message);
  for (const RelatedText& text : check_.related) {
    auto at = compiler.program(scope_, text.at);
    auto related_message = compiler.message(scope_, text.message);
    if (!at || !related_message) continue;
    parts.related.push_back({.at = std::move(*at), .message = std::move(*related_message)});
  }
  if (!compiler.errors().empty()) return std::nullopt;
  parts.message = std::move(*message);
  return parts;
}

std::vector<CompiledFixStep> CheckReport::compile_fix(ExpressionCompiler& compiler) const {
  std::vector<CompiledFixStep> steps;
  for (const FixStep& step : rule_.fix) {
    if (step.check && &rule_.checks[*step.check] != &check_) continue;
    auto target = compiler.program(scope_, step.target);
    std::optional<cel::Program> value;
    if (!step.value.empty()) value = compiler.program(scope_, step.value);
    if (!target) continue;
    steps.push_back({.step = &step, .target = std::move(*target), .value = std::move(value)});
  }
  return steps;
}

std::vector<Error> CheckReport::faults() const {
  ExpressionCompiler compiler(rule_);
  compile(compiler);
  compile_fix(compiler);
  return compiler.errors();
}

const std::vector<CompiledFixStep>& CheckReport::fix() const {
  std::call_once(fix_once_, [this] {
    ExpressionCompiler compiler(rule_);
    fix_ = compile_fix(compiler);
    TIDEWAITER_CHECK(compiler.errors().empty());
  });
  return fix_;
}

const CheckReport::Parts& CheckReport::parts() const {
  std::call_once(once_, [this] {
    ExpressionCompiler compiler(rule_);
    parts_ = compile(compiler);
    TIDEWAITER_CHECK(parts_.has_value());
  });
  return *parts_;
}

}  // namespace tidewaiter::rules
