#ifndef TIDEWAITER_RULES_CHECK_REPORT_H_
#define TIDEWAITER_RULES_CHECK_REPORT_H_

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "cel/environment.h"
#include "cel/program.h"
#include "rules/expression_compiler.h"
#include "rules/message_template.h"
#include "rules/rule.h"
#include "tidewaiter/result.h"

namespace tidewaiter::rules {

struct CompiledRelated {
  cel::Program at;
  MessageTemplate message;
};

struct CompiledFixStep {
  const FixStep* step = nullptr;
  cel::Program target;
  std::optional<cel::Program> value;  ///< Of a step that writes.
};

/// What a check says when it fails: place, message, related places. Most checks of a run never
/// do, so this is compiled when first needed, by whichever thread needs it.
class CheckReport {
 public:
  /// Borrows rule and check; `scope` is where their texts compile.
  CheckReport(const Rule& rule, const Check& check, cel::Environment scope)
      : rule_(rule), check_(check), scope_(std::move(scope)) {}

  /// What does not compile of the texts of the check, and of the fix steps meant for it.
  std::vector<Error> faults() const;

  /// Of a check whose texts compile; for another the program aborts: a user's rule is looked
  /// through before it runs, and a test compiles all of ours.
  const std::optional<cel::Program>& at() const { return parts().at; }
  const MessageTemplate& message() const { return parts().message; }
  const std::vector<CompiledRelated>& related() const { return parts().related; }
  /// The steps that repair what this check finds, compiled when first asked for.
  const std::vector<CompiledFixStep>& fix() const;

 private:
  struct Parts {
    std::optional<cel::Program> at;
    MessageTemplate message;
    std::vector<CompiledRelated> related;
  };
  const Parts& parts() const;
  /// Nothing, with errors in `compiler`, when a text does not compile.
  std::optional<Parts> compile(ExpressionCompiler& compiler) const;
  /// Without the steps that do not compile, with their errors in `compiler`.
  std::vector<CompiledFixStep> compile_fix(ExpressionCompiler& compiler) const;

  const Rule& rule_;
  const Check& check_;
  cel::Environment scope_;
  mutable std::once_flag once_;
  mutable std::optional<Parts> parts_;
  mutable std::once_flag fix_once_;
  mutable std::vector<CompiledFixStep> fix_;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_CHECK_REPORT_H_
