#ifndef TIDEWAITER_RULES_EXPRESSION_COMPILER_H_
#define TIDEWAITER_RULES_EXPRESSION_COMPILER_H_

#include <optional>
#include <vector>

#include "cel/program.h"
#include "rules/message_template.h"
#include "rules/rule.h"
#include "tidewaiter/result.h"

namespace tidewaiter::rules {

/// Compiles the texts of one rule and keeps the errors, worded and placed for the user: `where`
/// is what is wrong in the expression, where it stands in the rule file.
class ExpressionCompiler {
 public:
  /// Borrows the rule.
  explicit ExpressionCompiler(const Rule& rule) : rule_(rule) {}

  /// Nothing, with one more of errors(), when the text does not compile.
  std::optional<cel::Program> program(const cel::Environment& scope, const Text& text);
  std::optional<MessageTemplate> message(const cel::Environment& scope, const Text& text);

  /// Adds an error, for faults that a program has although it compiles. Its `where` lies in
  /// the text; without one all of the text is meant.
  void fail(const Text& text, const Error& error);
  void add(const std::vector<Error>& errors) {
    errors_.insert(errors_.end(), errors.begin(), errors.end());
  }
  const std::vector<Error>& errors() const { return errors_; }

 private:
  const Rule& rule_;
  std::vector<Error> errors_;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_EXPRESSION_COMPILER_H_
