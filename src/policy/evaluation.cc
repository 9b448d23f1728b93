#include "policy/evaluation.h"

#include <fmt/core.h>

#include <optional>
#include <utility>

#include "cel/code_points.h"
#include "cel/value_data.h"
#include "policy/policy_activation.h"

namespace tidewaiter::policy {
namespace {

using cel::Value;

/// MaxEvaluatedMessageExpressionSizeBytes of the API server.
constexpr std::size_t kMaxMessageBytes = 5 * 1024;

/// What an expression gave, or why it gave nothing.
struct Outcome {
  std::optional<Value> value = {};
  std::string error = {};
  const yaml::Node* node = nullptr;  // of an error
  bool compile_error = false;
  Asked asked = {};
};

/// One evaluation of one policy.
class PolicyRun {
 public:
  PolicyRun(const CompiledPolicy& policy, const EvaluationInput& input, cel::Arena& arena)
      : policy_(policy), arena_(arena), activation_(policy, input, arena) {}

  Evaluation run() {
    if (!policy_.match_conditions.empty() && !conditions_hold()) return std::move(result_);
    activation_.enter(Phase::kValidations);
    judge_validations();
    if (denied_) {
      activation_.enter(Phase::kMessages);
      write_messages();
    }
    if (!policy_.audit_annotations.empty()) {
      activation_.enter(Phase::kAuditAnnotations);
      annotate();
    }
    return std::move(result_);
  }

 private:
  bool fails_closed() const { return policy_.policy->failure_policy == FailurePolicy::kFail; }

  Outcome evaluate(const CompiledExpression& expression) {
    if (!expression.program) {
      return {.error = expression.error->message, .compile_error = true};
    }
    (void)activation_.take_asked();
    (void)activation_.take_read_broken();
    const Value value = expression.program->evaluate(activation_, arena_);
    const Asked asked = activation_.take_asked();
    if (!value.is_error()) return {.value = value, .asked = asked};
    const bool broken = activation_.take_read_broken();
    cel::Origin origin = value.origin();
    if (origin == nullptr) origin = expression.program->blame(activation_, arena_);
    return {.error = std::string(value.as_error()->message),
            .node = activation_.node_of(origin),
            .compile_error = broken,
            .asked = asked};
  }

  /// What an error comes to under the policy's failurePolicy.
  Decision failure(std::size_t index, const CompiledExpression& expression, Outcome outcome) {
    Decision decision{
        .index = static_cast<std::uint32_t>(index),
        .admitted = !fails_closed(),
        .verdict = Verdict::kError,
        .node = outcome.node != nullptr ? outcome.node : activation_.node_of(nullptr),
        .source = expression.source,
        .compile_error = outcome.compile_error,
        .needs_cluster = outcome.asked.authorizer,
        .guessed_namespace = outcome.asked.namespace_object};
    decision.message = !expression.program
                           ? fmt::format("compilation error: {}", outcome.error)
                           : fmt::format("expression '{}' resulted in error: {}",
                                         expression.source->text, outcome.error);
    decision.error = std::move(outcome.error);
    return decision;
  }

  /// Whether the validations are to be looked at. One false condition decides, even if others
  /// fail.
  bool conditions_hold() {
    activation_.enter(Phase::kMatchConditions);
    std::vector<Decision> failures;
    for (const CompiledExpression& condition : policy_.match_conditions) {
      Outcome outcome = evaluate(condition);
      if (!outcome.value) {
        failures.push_back(failure(0, condition, std::move(outcome)));
      } else if (!outcome.value->is_true()) {
        result_.skipped = true;
        return false;
      }
    }
    if (failures.empty()) return true;
    if (!fails_closed()) {
      result_.skipped = true;
      return false;
    }
    if (failures.size() > 1) {
      std::string all = failures.front().message;
      for (std::size_t i = 1; i < failures.size(); ++i) all += ", " + failures[i].message;
      failures.front().message = fmt::format("[{}]", all);
    }
    result_.decisions.push_back(std::move(failures.front()));
    return false;
  }

  void judge_validations() {
    result_.decisions.reserve(policy_.validations.size());
    for (std::size_t i = 0; i < policy_.validations.size(); ++i) {
      const CompiledExpression& expression = policy_.validations[i].expression;
      Outcome outcome = evaluate(expression);
      if (!outcome.value) {
        result_.decisions.push_back(failure(i, expression, std::move(outcome)));
        continue;
      }
      Decision decision{.index = static_cast<std::uint32_t>(i),
                        .source = expression.source,
                        .guessed_namespace = outcome.asked.namespace_object};
      if (!outcome.value->is_true()) {
        decision.admitted = false;
        decision.verdict = Verdict::kDeny;
        decision.reason = policy_.policy->validations[i].reason;
        decision.node = activation_.node_of(expression.program->blame(activation_, arena_));
        denied_ = true;
      }
      result_.decisions.push_back(std::move(decision));
    }
  }

  void write_messages() {
    for (Decision& decision : result_.decisions) {
      if (decision.verdict == Verdict::kDeny) decision.message = message_of(decision.index);
    }
  }

  std::string message_of(std::size_t index) {
    const Validation& validation = policy_.policy->validations[index];
    const auto& computed = policy_.validations[index].message_expression;
    std::string_view message = computed ? computed_message(*computed) : std::string_view();
    if (message.empty()) message = cel::trim_space(validation.message);
    if (!message.empty()) return std::string(message);
    return fmt::format("failed expression: {}", cel::trim_space(validation.expression.text));
  }

  /// The text of a messageExpression; empty when it is not to be used.
  std::string_view computed_message(const CompiledExpression& expression) {
    const Outcome outcome = evaluate(expression);
    if (!outcome.value || !outcome.value->is(cel::ValueKind::kString)) return {};
    const std::string_view message = cel::trim_space(outcome.value->as_string());
    const bool usable =
        message.size() <= kMaxMessageBytes && message.find('\n') == std::string_view::npos;
    return usable ? message : std::string_view();
  }

  void annotate() {
    for (std::size_t i = 0; i < policy_.audit_annotations.size(); ++i) {
      const CompiledExpression& expression = policy_.audit_annotations[i];
      Outcome outcome = evaluate(expression);
      if (!outcome.value) {
        result_.failed_annotations.push_back(failure(i, expression, std::move(outcome)));
        continue;
      }
      if (!outcome.value->is(cel::ValueKind::kString)) continue;
      const std::string_view value = cel::trim_space(outcome.value->as_string());
      if (value.empty()) continue;
      result_.audit_annotations.push_back(
          {.key = policy_.policy->audit_annotations[i].name, .value = std::string(value)});
    }
  }

  const CompiledPolicy& policy_;
  cel::Arena& arena_;
  PolicyActivation activation_;
  Evaluation result_;
  bool denied_ = false;
};

}  // namespace

Evaluation evaluate(const CompiledPolicy& policy, const EvaluationInput& input,
                    cel::Arena& arena) {
  arena.reset();
  return PolicyRun(policy, input, arena).run();
}

}  // namespace tidewaiter::policy
