#ifndef TIDEWAITER_CEL_PLAN_H_
#define TIDEWAITER_CEL_PLAN_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/arena.h"
#include "cel/checker.h"
#include "cel/environment.h"
#include "cel/function.h"
#include "cel/program.h"
#include "cel/regex_cache.h"
#include "cel/value.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cel {

struct Message;

/// Index of a step; the step of an expression has the expression's ExprId.
using StepId = ExprId;
inline constexpr StepId kNoStep = kNoExpr;

enum class Op : std::uint8_t {
  kConstant,
  kVariable,  ///< `slot` of the activation.
  kLocal,     ///< `slot` of the evaluation's locals; `owner` is the comprehension.
  kInvalid,   ///< Fails with `constant` when it is evaluated.
  kPath,      ///< args[0] . fields...: a whole chain of selections at once.
  kHas,       ///< has(args[0] . fields...)
  kPresent,   ///< has() of a field that is the variable args[0].
  kOptionalSelect,
  kIndex,
  kOptionalIndex,
  kAnd,
  kOr,
  kNot,
  kTernary,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kIn,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kModulo,
  kNegate,
  kCall,             ///< The first of `overloads` that takes the arguments.
  kMatches,          ///< args[0].matches(constant)
  kOptionalOr,       ///< args[0].or(args[1])
  kOptionalOrValue,  ///< args[0].orValue(args[1])
  kList,
  kMap,
  kMessage,        ///< `message` with the fields of the expression.
  kComprehension,  ///< args: range, filter or kNoStep, body.
};

/// What an argument must be for an overload to apply.
struct ParamCheck {
  std::uint32_t kinds = 0;            ///< Bit (1 << ValueKind) for each kind it takes.
  std::string_view opaque_name = {};  ///< Of kOpaque; empty = any.
};

struct Overload {
  Callback callback = nullptr;
  std::uint32_t first_param = 0;  ///< In Plan::params.
  std::uint32_t param_count = 0;
};

/// A part of one of the plan's arrays.
struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// One operation. What is not named for its Op is unused.
struct Step {
  Op op = Op::kConstant;
  Comprehension comprehension = Comprehension::kAll;
  bool two_variables = false;
  bool has_optional_items = false;
  Range args;              ///< In Plan::args.
  Range extra;             ///< Fields of a path in Plan::fields; overloads in Plan::overloads.
  std::uint32_t slot = 0;  ///< Of a variable, a local, or the first local of a comprehension.
  StepId owner = kNoStep;
  const Message* message = nullptr;
  Value constant;
};

/// A compiled expression as the evaluator reads it. Immutable once made.
struct Plan {
  std::string text;
  CheckedAst checked;  ///< Names and literals in the steps borrow from it.
  Arena arena;         ///< Of folded constants.
  std::vector<Step> steps;
  std::vector<StepId> args;
  std::vector<std::string_view> fields;
  std::vector<Overload> overloads;
  std::vector<ParamCheck> params;
  std::vector<Regex> regexes;  ///< Those of kMatches, by Step::slot.
  std::uint32_t local_count = 0;
  std::uint64_t cost_limit = 0;
  bool kubernetes_rules = true;
  bool strict_presence = false;

  StepId root() const { return static_cast<StepId>(steps.size() - 1); }
  StepId arg(const Step& step, std::uint32_t index) const {
    return args[step.args.first + index];
  }
  std::span<const StepId> args_of(const Step& step) const {
    return {args.data() + step.args.first, step.args.count};
  }
  std::span<const std::string_view> fields_of(const Step& step) const {
    return {fields.data() + step.extra.first, step.extra.count};
  }
};

/// Makes the steps of `plan.checked`, folding what is constant. Fails with kInvalidInput when a
/// constant conversion or regular expression is wrong, as Kubernetes does, even where it would
/// never be evaluated.
Result<void> make_steps(Plan& plan, const Environment& environment);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_PLAN_H_
