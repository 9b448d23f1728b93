#include "policy/compiled_policy.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <string>
#include <utility>

#include "cel/authorizer.h"
#include "policy/declarations.h"

namespace tidewaiter::policy {
namespace {

using cel::Type;
using cel::TypeKind;

/// More would make compiling take time quadratic in the manifest. Kubernetes' limit is the size
/// of an object in etcd.
constexpr std::size_t kMaxVariables = 1'000;

using ResultKinds = std::initializer_list<TypeKind>;

std::string names_of(ResultKinds kinds) {
  std::string names;
  for (const TypeKind kind : kinds) {
    if (!names.empty()) names += ' ';
    names += Type(kind).to_string();
  }
  return kinds.size() == 1 ? names : fmt::format("one of [{}]", names);
}

/// What to write when a result is dyn: a value of the manifest, whose type nobody knows.
std::string_view advice_for(TypeKind wanted) {
  return wanted == TypeKind::kBool ? "compare it with a value, as in 'x == true'"
                                   : "wrap it in string()";
}

Error wrong_result(const cel::Program& program, ResultKinds wanted) {
  const Type& type = program.result_type();
  std::string message = fmt::format("The expression must evaluate to {} but got {}",
                                    names_of(wanted), type.to_string());
  if (type.kind() == TypeKind::kDyn) {
    message += fmt::format(": {}", advice_for(*wanted.begin()));
  }
  return {.message = message + '.',
          .where = ByteSpan{0, static_cast<std::uint32_t>(program.text().size())}};
}

Error unusable(const Expression& source) {
  if (source.node == nullptr) return {.message = "The expression is missing."};
  return {.message = "The expression is not a string: put it in quotes."};
}

CompiledExpression compiled(const Expression& source, const cel::Environment& environment,
                            ResultKinds wanted) {
  CompiledExpression result{.source = &source};
  if (source.node == nullptr || !source.node->is_string()) {
    result.error = unusable(source);
    return result;
  }
  Result<cel::Program> program = cel::compile(environment, source.text);
  if (!program) {
    result.error = program.error();
  } else if (wanted.size() > 0 &&
             std::ranges::find(wanted, program->result_type().kind()) == wanted.end()) {
    result.error = wrong_result(*program, wanted);
  } else {
    result.program = *std::move(program);
  }
  return result;
}

/// Compiles the expressions of one policy. Variables are declared in both environments, so that
/// a slot means the same in each.
class PolicyCompiler {
 public:
  PolicyCompiler(const Policy& policy, std::uint32_t kubernetes_minor)
      : policy_(policy),
        environment_(
            policy_environment({.params = has_params(), .authorizer = true}, kubernetes_minor)),
        message_environment_(policy_environment({.params = has_params(), .authorizer = false},
                                                kubernetes_minor)) {}

  CompiledPolicy run() {
    CompiledPolicy result{.policy = &policy_};
    for (const NamedExpression& variable : policy_.variables) {
      result.variables.push_back(compile_variable(variable, result.variables.size()));
    }
    for (const NamedExpression& condition : policy_.match_conditions) {
      result.match_conditions.push_back(
          compiled(condition.expression, environment_, {TypeKind::kBool}));
    }
    for (const Validation& validation : policy_.validations) {
      result.validations.push_back(compile_validation(validation));
    }
    for (const NamedExpression& annotation : policy_.audit_annotations) {
      result.audit_annotations.push_back(
          compiled(annotation.expression, environment_, {TypeKind::kString, TypeKind::kNull}));
    }
    return result;
  }

 private:
  bool has_params() const { return policy_.param_kind.has_value(); }

  CompiledExpression compile_variable(const NamedExpression& variable, std::size_t index) {
    if (index >= kMaxVariables) {
      return {.source = &variable.expression,
              .error = Error{.code = ErrorCode::kLimitExceeded,
                             .message = fmt::format("A policy may have at most {} variables.",
                                                    kMaxVariables)}};
    }
    CompiledExpression result = compiled(variable.expression, environment_, {});
    const Type type = result.program ? variable_type(result.program->result_type()) : Type();
    const std::string name = fmt::format("variables.{}", variable.name);
    environment_.declare(name, type);
    message_environment_.declare(name, type);
    return result;
  }

  CompiledValidation compile_validation(const Validation& validation) {
    CompiledValidation result{
        .expression = compiled(validation.expression, environment_, {TypeKind::kBool})};
    if (!validation.message_expression.empty()) {
      result.message_expression =
          compiled(validation.message_expression, message_environment_, {TypeKind::kString});
    }
    return result;
  }

  const Policy& policy_;
  cel::Environment environment_;
  cel::Environment message_environment_;
};

}  // namespace

const cel::FunctionRegistry& policy_functions() {
  static const cel::FunctionRegistry kFunctions = [] {
    cel::FunctionRegistry functions;
    cel::add_validation_functions(functions);
    cel::add_authorizer_functions(functions);
    return functions;
  }();
  return kFunctions;
}

CompiledPolicy compile_policy(const Policy& policy, std::uint32_t kubernetes_minor) {
  return PolicyCompiler(policy, kubernetes_minor).run();
}

}  // namespace tidewaiter::policy
