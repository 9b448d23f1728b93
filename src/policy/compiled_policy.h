#ifndef TIDEWAITER_POLICY_COMPILED_POLICY_H_
#define TIDEWAITER_POLICY_COMPILED_POLICY_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "cel/function.h"
#include "cel/program.h"
#include "policy/policy.h"
#include "tidewaiter/result.h"

namespace tidewaiter::policy {

/// An expression of a policy, compiled, or why it cannot be.
struct CompiledExpression {
  const Expression* source = nullptr;
  std::optional<cel::Program> program = {};
  /// Set when `program` is not: message, and `where` in the expression's text.
  std::optional<Error> error = {};
};

struct CompiledValidation {
  CompiledExpression expression;
  std::optional<CompiledExpression> message_expression = {};
};

/// A policy ready to run. A fault of one expression does not keep the others from running, as
/// in the API server. Immutable, so shared by all threads. Borrows the policy and the registry.
struct CompiledPolicy {
  const Policy* policy = nullptr;
  std::vector<CompiledExpression> match_conditions = {};  ///< Parallel to Policy's lists.
  std::vector<CompiledExpression> variables = {};
  std::vector<CompiledValidation> validations = {};
  std::vector<CompiledExpression> audit_annotations = {};
  // (slots of the variables: the implementer's)
};

/// The functions that policies may call: Kubernetes CEL, without tidewaiter's domain functions.
const cel::FunctionRegistry& policy_functions();

/// Compiles every expression for Kubernetes 1.`kubernetes_minor` (0: the newest) with the
/// declarations of the API server: object, oldObject, request, namespaceObject, params (with
/// paramKind), authorizer, variables (shared semantics, points 2 to 8).
CompiledPolicy compile_policy(const Policy& policy, std::uint32_t kubernetes_minor);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_COMPILED_POLICY_H_
