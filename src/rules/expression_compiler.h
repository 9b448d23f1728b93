#ifndef TIDEWAITER_RULES_EXPRESSION_COMPILER_H_
#define TIDEWAITER_RULES_EXPRESSION_COMPILER_H_

#include <optional>

#include "cel/program.h"
#include "rules/message_template.h"
#include "rules/rule.h"
#include "tidewaiter/result.h"

namespace tidewaiter::rules {

/// Compiles the texts of one rule and keeps the first error, worded and placed for the user.
class ExpressionCompiler {
 public:
  /// Borrows the rule.
  explicit ExpressionCompiler(const Rule& rule) : rule_(rule) {}

  /// Nothing, with error() set, when the text does not compile.
  std::optional<cel::Program> program(const cel::Environment& scope, const Text& text);
  std::optional<MessageTemplate> message(const cel::Environment& scope, const Text& text);

  /// Sets the error, for faults that a program has although it compiles.
  void fail(const Text& text, const Error& error);
  const std::optional<Error>& error() const { return error_; }

 private:
  const Rule& rule_;
  std::optional<Error> error_;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_EXPRESSION_COMPILER_H_
