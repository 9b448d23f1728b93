#include "rules/expression_compiler.h"

#include <fmt/format.h>

#include <utility>

namespace tidewaiter::rules {
namespace {

constexpr std::size_t kMaxShown = 120;

/// An expression as an error shows it: on one line, and not all of a long one.
std::string shortened(std::string_view text) {
  std::string shown(text.substr(0, kMaxShown));
  if (text.size() > kMaxShown) shown += "…";
  for (char& c : shown) {
    if (c == '\n') c = ' ';
  }
  return shown;
}

}  // namespace

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
                                        shortened(text.text), rule_.name, error.message),
                 .where = text.where,
                 .path = std::string(rule_.file)};
}

}  // namespace tidewaiter::rules
