#include "rules/check_report.h"

#include "base/check.h"
#include "rules/expression_compiler.h"

namespace tidewaiter::rules {

Result<CheckReport::Parts> CheckReport::compile() const {
  ExpressionCompiler compiler(rule_);
  Parts parts;
  if (!check_.at.empty()) parts.at = compiler.program(scope_, check_.at);
  auto message = compiler.message(scope_, check_.message);
  for (const RelatedText& text : check_.related) {
    auto at = compiler.program(scope_, text.at);
    auto related_message = compiler.message(scope_, text.message);
    if (!at || !related_message) break;
    parts.related.push_back({.at = std::move(*at), .message = std::move(*related_message)});
  }
  if (compiler.error()) return *compiler.error();
  parts.message = std::move(*message);
  return parts;
}

std::optional<Error> CheckReport::fault() const {
  if (const auto parts = compile(); !parts) return parts.error();
  ExpressionCompiler compiler(rule_);
  for (const FixStep& step : rule_.fix) {
    if (step.check && &rule_.checks[*step.check] != &check_) continue;
    compiler.program(scope_, step.target);
    if (!step.value.empty()) compiler.program(scope_, step.value);
  }
  return compiler.error();
}

const CheckReport::Parts& CheckReport::parts() const {
  std::call_once(once_, [this] {
    auto parts = compile();
    TIDEWAITER_CHECK(parts);
    parts_ = *std::move(parts);
  });
  return *parts_;
}

}  // namespace tidewaiter::rules
