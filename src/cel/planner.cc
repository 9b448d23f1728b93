#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "cel/evaluator.h"
#include "cel/messages.h"
#include "cel/plan.h"
#include "cel/value_build.h"
#include "cel/value_data.h"
#include "cel/value_read.h"

namespace tidewaiter::cel {
namespace {

// Constants may not make the program large or its compilation slow, whatever their number.
constexpr std::uint64_t kFoldBudget = 100'000;
// Enough for a conversion, which must be looked at even when nothing else is folded any more.
constexpr std::uint64_t kLeastFoldBudget = 64;
// What folded constants may take for each byte of the text: a list of numbers takes 16.
constexpr std::size_t kFoldMemoryOfByte = 64;
constexpr std::size_t kLeastFoldMemory = std::size_t{128} << 10;
constexpr std::uint64_t kMostRegexInstructions = 500'000;
constexpr std::uint32_t kUnbound = 0xFFFF'FFFFU;

struct OperatorName {
  std::string_view name;
  Op op;
};

constexpr std::array<OperatorName, 19> kOperators{{{"_&&_", Op::kAnd},
                                                   {"_||_", Op::kOr},
                                                   {"!_", Op::kNot},
                                                   {"-_", Op::kNegate},
                                                   {"_==_", Op::kEqual},
                                                   {"_!=_", Op::kNotEqual},
                                                   {"_<_", Op::kLess},
                                                   {"_<=_", Op::kLessEqual},
                                                   {"_>_", Op::kGreater},
                                                   {"_>=_", Op::kGreaterEqual},
                                                   {"@in", Op::kIn},
                                                   {"_+_", Op::kAdd},
                                                   {"_-_", Op::kSubtract},
                                                   {"_*_", Op::kMultiply},
                                                   {"_/_", Op::kDivide},
                                                   {"_%_", Op::kModulo},
                                                   {"_?_:_", Op::kTernary},
                                                   {"_[_]", Op::kIndex},
                                                   {"@present", Op::kPresent}}};

// Kubernetes evaluates these when it makes the program, so a wrong constant is an error even in
// a branch that is never taken (cel-go: IsTypeConversionFunction).
constexpr std::array<std::string_view, 8> kConversions{
    {"bool", "bytes", "double", "duration", "int", "string", "timestamp", "uint"}};
constexpr std::array<std::string_view, 3> kRegexFunctions{{"matches", "find", "findAll"}};

std::optional<Op> operator_of(std::string_view name) {
  if (name == "_[?_]") return Op::kOptionalIndex;
  const auto found =
      std::find_if(kOperators.begin(), kOperators.end(),
                   [name](const OperatorName& each) { return each.name == name; });
  if (found == kOperators.end()) return std::nullopt;
  return found->op;
}

template <class Table>
bool contains(const Table& table, std::string_view name) {
  return std::find(table.begin(), table.end(), name) != table.end();
}

constexpr std::uint32_t bit(ValueKind kind) {
  return 1U << static_cast<unsigned>(kind);
}
constexpr std::uint32_t kAnyKind = ~0U;

ParamCheck param_check(const Type& type) {
  switch (type.kind()) {
    case TypeKind::kDyn:
    case TypeKind::kParam: return {.kinds = kAnyKind};
    case TypeKind::kNull: return {.kinds = bit(ValueKind::kNull)};
    case TypeKind::kBool: return {.kinds = bit(ValueKind::kBool)};
    case TypeKind::kInt: return {.kinds = bit(ValueKind::kInt)};
    case TypeKind::kUint: return {.kinds = bit(ValueKind::kUint)};
    case TypeKind::kDouble: return {.kinds = bit(ValueKind::kDouble)};
    case TypeKind::kString: return {.kinds = bit(ValueKind::kString)};
    case TypeKind::kBytes: return {.kinds = bit(ValueKind::kBytes)};
    case TypeKind::kDuration: return {.kinds = bit(ValueKind::kDuration)};
    case TypeKind::kTimestamp: return {.kinds = bit(ValueKind::kTimestamp)};
    case TypeKind::kList: return {.kinds = bit(ValueKind::kList)};
    case TypeKind::kMap:
    case TypeKind::kObject: return {.kinds = bit(ValueKind::kMap)};
    case TypeKind::kType: return {.kinds = bit(ValueKind::kType)};
    case TypeKind::kOptional: return {.kinds = bit(ValueKind::kOptional)};
    case TypeKind::kOpaque:
      return {.kinds = bit(ValueKind::kOpaque), .opaque_name = type.name()};
  }
  return {};
}

// The name of a type as type() gives it: "list" for list(int).
std::string base_name(const Type& type) {
  const std::string text = type.to_string();
  return text.substr(0, text.find('('));
}

class Planner {
 public:
  Planner(Plan& plan, const Environment& environment)
      : plan_(plan), environment_(environment), ast_(plan.checked.ast) {}

  Result<void> run();

 private:
  void number_comprehensions();
  void plan_step(StepId id);
  void plan_literal(const Expr& expr, Step& step);
  void plan_ident(StepId id, Step& step);
  void plan_select(const Expr& expr, Step& step);
  void plan_call(StepId id, Step& step);
  void plan_message(const Expr& expr, Step& step);
  void plan_comprehension(const Expr& expr, Step& step);
  void add_overload(const Function& function, Step& step);
  void set_args(Step& step, std::span<const ExprId> args);
  void fail_when_run(Step& step, std::string_view message, ErrorCause cause);

  void note_dependence(StepId id);
  void fold(StepId id);
  void require_valid(StepId id, const Value& error);
  void plan_regex(StepId id);
  void require_key(StepId id);
  void set_error(StepId id, std::string message);

  bool is_constant(StepId id) const { return plan_.steps[id].op == Op::kConstant; }

  Plan& plan_;
  const Environment& environment_;
  const Ast& ast_;
  // For each comprehension how many enclose it.
  std::vector<std::uint32_t> depths_;
  // For each comprehension the slot of its first variable.
  std::vector<std::uint32_t> locals_;
  // For each step the outermost comprehension (by depth) whose variables it needs.
  std::vector<std::uint32_t> outermost_;
  // Steps that read a variable or call a context function.
  std::vector<bool> dependent_;
  std::uint64_t fold_budget_ = kFoldBudget;  // of all folding together
  std::uint64_t regex_instructions_ = 0;
  std::optional<Error> error_;
};

Result<void> Planner::run() {
  const std::size_t count = ast_.nodes.size();
  plan_.steps.resize(count);
  outermost_.assign(count, kUnbound);
  dependent_.assign(count, false);
  number_comprehensions();
  for (StepId id = 0; id < count && !error_; ++id) {
    plan_step(id);
    note_dependence(id);
    plan_regex(id);
    require_key(id);
    fold(id);
  }
  if (error_) return *std::move(error_);
  return {};
}

// Parents have larger ids than their children, so one walk from the root sees parents first.
// Each comprehension has two locals of its own, so that asking for the place of one's range
// disturbs no other.
void Planner::number_comprehensions() {
  depths_.assign(ast_.nodes.size(), 0);
  locals_.assign(ast_.nodes.size(), 0);
  for (ExprId id = ast_.root() + 1; id-- > 0;) {
    const Expr& expr = ast_[id];
    for (const ExprId arg : expr.args) depths_[arg] = depths_[id];
    if (expr.kind != ExprKind::kComprehension) continue;
    locals_[id] = plan_.local_count;
    plan_.local_count += 2;
    depths_[expr.range] = depths_[id];
    for (const ExprId inner : {expr.filter, expr.body}) {
      if (inner != kNoExpr) depths_[inner] = depths_[id] + 1;
    }
  }
}

void Planner::set_args(Step& step, std::span<const ExprId> args) {
  step.args = {.first = static_cast<std::uint32_t>(plan_.args.size()),
               .count = static_cast<std::uint32_t>(args.size())};
  plan_.args.insert(plan_.args.end(), args.begin(), args.end());
}

void Planner::fail_when_run(Step& step, std::string_view message, ErrorCause cause) {
  step.op = Op::kInvalid;
  step.constant = make_error(plan_.arena, message, cause);
}

void Planner::plan_step(StepId id) {
  const Expr& expr = ast_[id];
  Step& step = plan_.steps[id];
  step.has_optional_items = std::find(expr.optional_items.begin(), expr.optional_items.end(),
                                      true) != expr.optional_items.end();
  switch (expr.kind) {
    case ExprKind::kLiteral: return plan_literal(expr, step);
    case ExprKind::kIdent: return plan_ident(id, step);
    case ExprKind::kSelect: return plan_select(expr, step);
    case ExprKind::kCall: return plan_call(id, step);
    case ExprKind::kList: step.op = Op::kList; return set_args(step, expr.args);
    case ExprKind::kMap: step.op = Op::kMap; return set_args(step, expr.args);
    case ExprKind::kStruct: return plan_message(expr, step);
    case ExprKind::kComprehension: return plan_comprehension(expr, step);
  }
}

void Planner::plan_literal(const Expr& expr, Step& step) {
  step.op = Op::kConstant;
  struct ToValue {
    Value operator()(NullLiteral) const { return Value::null(); }
    Value operator()(bool value) const { return Value::boolean(value); }
    Value operator()(std::int64_t value) const { return Value::integer(value); }
    Value operator()(std::uint64_t value) const { return Value::unsigned_integer(value); }
    Value operator()(double value) const { return Value::floating(value); }
    Value operator()(const std::string& text) const { return Value::string(text); }
    Value operator()(const BytesLiteral& literal) const { return Value::bytes(literal.bytes); }
  };
  step.constant = std::visit(ToValue{}, expr.literal);
}

void Planner::plan_ident(StepId id, Step& step) {
  const Name& name = plan_.checked.names[id];
  switch (name.kind) {
    case NameKind::kVariable:
      step.op = Op::kVariable;
      step.slot = name.slot;
      return;
    case NameKind::kLocal: {
      step.op = Op::kLocal;
      step.owner = name.slot;
      step.slot = locals_[name.slot] + (name.second ? 1U : 0U);
      return;
    }
    case NameKind::kTypeName: {
      const Type& type = plan_.checked.types[id];
      step.op = Op::kConstant;
      step.constant = make_type(
          plan_.arena, type.params().empty() ? "type" : base_name(type.params().front()));
      return;
    }
    default:
      return fail_when_run(step, fmt::format("There is no variable '{}'.", ast_[id].name),
                           ErrorCause::kValue);
  }
}

// A chain of selections becomes one step that shares its fields with the shorter chains.
void Planner::plan_select(const Expr& expr, Step& step) {
  const ExprId operand = expr.args.front();
  if (expr.optional) {
    step.op = Op::kOptionalSelect;
    set_args(step, expr.args);
    step.extra = {.first = static_cast<std::uint32_t>(plan_.fields.size()), .count = 1};
    plan_.fields.push_back(expr.name);
    return;
  }
  step.op = expr.test_only ? Op::kHas : Op::kPath;
  const Step& inner = plan_.steps[operand];
  if (inner.op == Op::kPath && inner.extra.first + inner.extra.count == plan_.fields.size()) {
    step.args = inner.args;
    step.extra = {.first = inner.extra.first, .count = inner.extra.count + 1};
  } else {
    set_args(step, expr.args);
    step.extra = {.first = static_cast<std::uint32_t>(plan_.fields.size()), .count = 1};
  }
  plan_.fields.push_back(expr.name);
}

void Planner::plan_call(StepId id, Step& step) {
  const Expr& expr = ast_[id];
  set_args(step, expr.args);
  if (const auto op = operator_of(expr.name)) {
    step.op = *op;
    return;
  }
  if (expr.member && expr.args.size() == 2 && !plan_.checked.candidates[id].empty()) {
    // These have no other overloads: see functions/optionals.cc.
    if (expr.name == "or") step.op = Op::kOptionalOr;
    if (expr.name == "orValue") step.op = Op::kOptionalOrValue;
    if (step.op != Op::kConstant) return;
  }
  step.op = Op::kCall;
  step.extra.first = static_cast<std::uint32_t>(plan_.overloads.size());
  const auto overloads = environment_.functions().overloads(expr.name);
  for (const std::uint32_t candidate : plan_.checked.candidates[id]) {
    add_overload(overloads[candidate], step);
    if (overloads[candidate].purity == Purity::kContext) dependent_[id] = true;
  }
  const bool same_arity =
      std::any_of(overloads.begin(), overloads.end(),
                  [&](const auto& each) { return each.params.size() == expr.args.size(); });
  if (plan_.kubernetes_rules && !overloads.empty() && !same_arity) {
    // cel-go resolves what is not checked when it makes the program, by name and arity.
    return set_error(id, fmt::format("'{}' takes another number of arguments.", expr.name));
  }
  if (step.extra.count == 0) {
    fail_when_run(step,
                  fmt::format("There is no function '{}' for these arguments.", expr.name),
                  ErrorCause::kValue);
  }
}

void Planner::add_overload(const Function& function, Step& step) {
  plan_.overloads.push_back(
      {.callback = function.callback,
       .first_param = static_cast<std::uint32_t>(plan_.params.size()),
       .param_count = static_cast<std::uint32_t>(function.params.size())});
  for (const Type& param : function.params) plan_.params.push_back(param_check(param));
  ++step.extra.count;
}

void Planner::plan_message(const Expr& expr, Step& step) {
  step.message = find_message(expr.name);
  if (step.message == nullptr) {
    return fail_when_run(step, fmt::format("There is no message type '{}'.", expr.name),
                         ErrorCause::kValue);
  }
  step.op = Op::kMessage;
  set_args(step, expr.args);
}

void Planner::plan_comprehension(const Expr& expr, Step& step) {
  const auto id = static_cast<StepId>(&step - plan_.steps.data());
  step.op = Op::kComprehension;
  step.comprehension = expr.comprehension;
  step.two_variables = !expr.var2.empty();
  step.slot = locals_[id];
  const std::array<ExprId, 3> parts{expr.range, expr.filter, expr.body};
  set_args(step, parts);
}

void Planner::note_dependence(StepId id) {
  const Step& step = plan_.steps[id];
  if (step.op == Op::kVariable || step.op == Op::kInvalid) dependent_[id] = true;
  if (step.op == Op::kLocal) outermost_[id] = depths_[step.owner];
  for (const StepId arg : plan_.args_of(step)) {
    if (arg == kNoStep) continue;
    if (dependent_[arg]) dependent_[id] = true;
    outermost_[id] = std::min(outermost_[id], outermost_[arg]);
  }
  if (step.op == Op::kComprehension && outermost_[id] >= depths_[id]) outermost_[id] = kUnbound;
}

void Planner::fold(StepId id) {
  Step& step = plan_.steps[id];
  if (error_ || dependent_[id] || outermost_[id] != kUnbound) return;
  if (step.op == Op::kConstant || step.op == Op::kInvalid) return;
  if (plan_.arena.exhausted()) return;
  Evaluator evaluator(plan_, nullptr, plan_.arena, fold_budget_);
  const Value value = evaluator.run(id);
  fold_budget_ = std::max(evaluator.budget(), kLeastFoldBudget);
  if (value.is_error()) return require_valid(id, value);
  step.op = Op::kConstant;
  step.constant = value;
}

// A constant part that failed stays as it is, to fail (or be absorbed) when it is evaluated;
// the exceptions are those of Kubernetes.
void Planner::require_valid(StepId id, const Value& error) {
  const Step& step = plan_.steps[id];
  if (error.as_error()->cause == ErrorCause::kLimit) return;
  if (step.op != Op::kCall || step.args.count != 1) return;
  if (!contains(kConversions, ast_[id].name) || !is_constant(plan_.arg(step, 0))) return;
  set_error(id, std::string(error.as_error()->message));
}

void Planner::plan_regex(StepId id) {
  Step& step = plan_.steps[id];
  if (step.op != Op::kCall || step.args.count < 2) return;
  if (!contains(kRegexFunctions, ast_[id].name) || !is_constant(plan_.arg(step, 1))) return;
  const Value& pattern = plan_.steps[plan_.arg(step, 1)].constant;
  if (!pattern.is(ValueKind::kString)) return;
  Regex regex = compile_regex(pattern.as_string());
  if (regex.compiled == nullptr) return set_error(plan_.arg(step, 1), regex.error);
  regex_instructions_ += regex.size;
  if (regex_instructions_ > kMostRegexInstructions) {
    return set_error(plan_.arg(step, 1),
                     "The regular expressions of the expression are too large together.");
  }
  if (ast_[id].name != "matches" || step.args.count != 2) return;
  step.op = Op::kMatches;
  step.slot = static_cast<std::uint32_t>(plan_.regexes.size());
  plan_.regexes.push_back(std::move(regex));
}

// Kubernetes looks at constant indexes when it makes the program; the specification lets them
// fail when they are evaluated.
void Planner::require_key(StepId id) {
  const Step& step = plan_.steps[id];
  const bool is_index = step.op == Op::kIndex || step.op == Op::kOptionalIndex;
  if (!plan_.kubernetes_rules || !is_index) return;
  const StepId key = plan_.arg(step, 1);
  if (!is_constant(key)) return;
  switch (plan_.steps[key].constant.kind()) {
    case ValueKind::kBool:
    case ValueKind::kInt:
    case ValueKind::kUint:
    case ValueKind::kDouble:
    case ValueKind::kString: return;
    default:
      set_error(key, fmt::format("A value of type '{}' cannot be an index.",
                                 type_name(plan_.steps[key].constant)));
  }
}

void Planner::set_error(StepId id, std::string message) {
  error_ = Error{
      .code = ErrorCode::kInvalidInput, .message = std::move(message), .where = ast_[id].span};
}

}  // namespace

Result<void> make_steps(Plan& plan, const Environment& environment) {
  plan.arena.set_limit(kLeastFoldMemory + kFoldMemoryOfByte * plan.text.size());
  plan.cost_limit = environment.limits.cost;
  plan.kubernetes_rules = environment.kubernetes_rules;
  plan.strict_presence = environment.strict_presence;
  return Planner(plan, environment).run();
}

}  // namespace tidewaiter::cel
