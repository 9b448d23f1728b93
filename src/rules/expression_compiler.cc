#include "rules/expression_compiler.h"

#include <fmt/format.h>

#include <utility>

namespace tidewaiter::rules {

std::optional<cel::Program> ExpressionCompiler::program(const cel::Environment& scope,
                                                        const Text& text) {
  auto program = cel::compile(scope, text.text);
  if (program) return std::move(*program);
  fail(text, program.error());
  return std::nullopt;
}

std::optional<MessageTemplate> ExpressionCompiler::message(const cel::Environment& scope,
                                                           const Text& text) {
  auto message = MessageTemplate::compile(text.text, scope);
  if (message) return std::move(*message);
  fail(text, message.error());
  return std::nullopt;
}

void ExpressionCompiler::fail(const Text& text, const Error& error) {
  if (error_) return;
  error_ = Error{.code = error.code,
                 .message = fmt::format("The expression '{}' of rule '{}' does not compile: {}",
                                        text.text, rule_.name, error.message),
                 .where = text.where,
                 .path = std::string(rule_.file)};
}

}  // namespace tidewaiter::rules
