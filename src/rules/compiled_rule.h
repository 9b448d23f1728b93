#ifndef TIDEWAITER_RULES_COMPILED_RULE_H_
#define TIDEWAITER_RULES_COMPILED_RULE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "cel/function.h"
#include "cel/program.h"
#include "rules/check_report.h"
#include "rules/rule.h"
#include "tidewaiter/result.h"

namespace tidewaiter::rules {

/// The variables that every rule may name, in the order of their slots. Params, variables and
/// the item of `each` follow: see CompiledRule.
enum class Slot : std::uint32_t {
  kObject,
  kPod,
  kPodMeta,
  kJob,
  kContainers,
  kInitContainers,
  kSidecars,
  kEphemeralContainers,
  kAllContainers,
  kName,
  kFileName,
  kFileFolder,
  kFileFolders,
  kFileSiblings,
  kCount,
};

/// Declares them, the first in a new environment, so that each has the slot of that number.
void declare_standard_variables(cel::Environment& environment);

/// A lazy variable: its slot and its expression.
struct CompiledVariable {
  std::uint32_t slot;
  cel::Program program;
};

struct CompiledCheck {
  const Check* check = nullptr;
  std::uint32_t item_slot = 0;  ///< Of the `as` variable; used when `each` is set.
  cel::Program expr;
  std::optional<cel::Program> when;
  std::optional<cel::Program> each;
  std::vector<CompiledVariable> variables;
  std::unique_ptr<const CheckReport> report;  ///< What to say when `expr` is false.
};

/// A rule ready to run: every expression compiled. Immutable, so shared by all threads. Slots:
/// Slot's, then one for each param, each variable of the rule, each variable of a check and
/// each `as` (slot_count in all; checks do not share slots).
struct CompiledRule {
  const Rule* rule = nullptr;
  std::vector<CompiledCheck> checks;
  std::vector<CompiledVariable> variables;
  std::uint32_t first_param_slot = 0;
  std::uint32_t slot_count = 0;
  std::unique_ptr<cel::Arena> param_arena;  ///< Holds what params are made of.
  std::vector<cel::Value> params;           ///< In the order of Rule::params.
};

/// How a rule is compiled and configured.
struct CompileOptions {
  const cel::FunctionRegistry* functions = nullptr;  ///< Outlives the compiled rule.
  std::uint32_t kubernetes_minor = 0;                ///< 0: every function is declared.
  std::span<const std::string_view> profiles = {};   ///< The active ones, for params.
  /// Compile also what only failing checks and fixes need, to find its faults.
  bool thorough = false;
  /// The user's values, as Rule::params; null items where there is none.
  std::span<const Constant* const> user_params = {};
};

/// Compiles every expression of a rule that is not `builtin`. Fails with kInvalidInput, `path`
/// and `where` in the rule file, at the first expression that does not compile, is no bool
/// where one is needed, or is no list where `each` stands. The rule outlives the result.
Result<CompiledRule> compile_rule(const Rule& rule, const CompileOptions& options);

/// Every expression of a rule at which a thorough compile_rule fails, each fault once, in the
/// order of the rule file.
std::vector<Error> find_faults(const Rule& rule, CompileOptions options);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_COMPILED_RULE_H_
