#include "rules/compiled_rule.h"

#include <fmt/format.h>

#include <utility>

#include "cel/value_build.h"
#include "cel/value_read.h"
#include "rules/expression_compiler.h"
#include "rules/param_value.h"

namespace tidewaiter::rules {
namespace {

using cel::Type;
using cel::TypeKind;

struct StandardVariable {
  std::string_view name;
  std::string_view type;
};
constexpr StandardVariable kStandardVariables[] = {
    {"object", "dyn"},
    {"pod", "dyn"},
    {"podMeta", "dyn"},
    {"job", "dyn"},
    {"containers", "list(dyn)"},
    {"initContainers", "list(dyn)"},
    {"sidecars", "list(dyn)"},
    {"ephemeralContainers", "list(dyn)"},
    {"allContainers", "list(dyn)"},
    {"name", "string"},
    {"file.name", "string"},
    {"file.folder", "string"},
    {"file.siblings", "list(string)"},
};
static_assert(std::size(kStandardVariables) == static_cast<std::size_t>(Slot::kCount));

constexpr std::uint64_t kBuiltinCost = 100'000'000;

/// Compiles the expressions of one rule, one environment growing with what it declares.
class RuleCompiler {
 public:
  RuleCompiler(const Rule& rule, const CompileOptions& options)
      : rule_(rule), options_(options), environment_(*options.functions), compiler_(rule) {
    environment_.kubernetes_minor = options.kubernetes_minor;
    // What has another type than the API's is no reason for a finding of ours.
    environment_.strict_presence = !rule.of_user;
    // A rule of ours is trusted to be linear; a resource may have millions of nodes.
    if (!rule.of_user) environment_.limits.cost = kBuiltinCost;
    for (const StandardVariable& variable : kStandardVariables) {
      environment_.declare(std::string(variable.name), *Type::parse(variable.type));
    }
  }

  Result<CompiledRule> compile() {
    CompiledRule compiled;
    compiled.rule = &rule_;
    add_params(compiled);
    if (!add_variables(environment_, rule_.variables, compiled.variables)) {
      return *compiler_.error();
    }
    for (const Check& check : rule_.checks) {
      if (!add_check(check, compiled.checks)) return *compiler_.error();
    }
    if (options_.thorough) {
      for (const CompiledCheck& check : compiled.checks) {
        if (auto fault = check.report->fault()) return *fault;
      }
    }
    compiled.slot_count = static_cast<std::uint32_t>(environment_.variables().size());
    return compiled;
  }

 private:
  void add_params(CompiledRule& compiled) {
    compiled.param_arena = std::make_unique<cel::Arena>();
    compiled.first_param_slot = static_cast<std::uint32_t>(Slot::kCount);
    for (std::size_t i = 0; i < rule_.params.size(); ++i) {
      const Param& param = rule_.params[i];
      const Constant* user =
          i < options_.user_params.size() ? options_.user_params[i] : nullptr;
      environment_.declare(fmt::format("params.{}", param.name), cel_type_of(param));
      compiled.params.push_back(param_value(param, user, *compiled.param_arena));
    }
  }

  cel::Value param_value(const Param& param, const Constant* user, cel::Arena& arena) const {
    const auto value_with = [&](const Constant* from_user) {
      return cel_value_of(param, effective_value(param, options_.profiles, from_user), arena);
    };
    const cel::Value value = value_with(user);
    if (user == nullptr || param.type != Param::Type::kMap) return value;
    // Entries of the user merge over the default's by name (RULES, Config shapes).
    cel::MapBuilder merged(arena);
    for (const cel::Value& entries : {value_with(nullptr), value}) {
      cel::Value key;
      cel::Value item;
      for (cel::MapCursor cursor(entries); cursor.next(key, item);) merged.add(key, item);
    }
    return merged.build();
  }

  bool add_variables(cel::Environment& scope, std::span<const Variable> variables,
                     std::vector<CompiledVariable>& into) {
    for (const Variable& variable : variables) {
      auto program = compiler_.program(scope, variable.expr);
      if (!program) return false;
      const auto slot =
          declare(scope, fmt::format("variables.{}", variable.name), program->result_type());
      into.push_back({.slot = slot, .program = std::move(*program)});
    }
    return true;
  }

  /// `each` sees the rule's variables only; the rest of a check also its item and its own.
  bool add_check(const Check& check, std::vector<CompiledCheck>& into) {
    cel::Environment scope = environment_;
    std::optional<cel::Program> each;
    std::uint32_t item_slot = 0;
    if (!check.each.empty()) {
      each = compiler_.program(scope, check.each);
      if (!each || !is_collection(check.each, each->result_type())) return false;
      item_slot = declare(scope, std::string(check.as), item_type(each->result_type()));
    }
    std::vector<CompiledVariable> variables;
    if (!add_variables(scope, check.variables, variables)) return false;
    std::optional<cel::Program> when;
    if (!check.when.empty()) {
      when = compiler_.program(scope, check.when);
      if (!when || !is_bool(check.when, when->result_type())) return false;
    }
    auto expr = compiler_.program(scope, check.expr);
    if (!expr || !is_bool(check.expr, expr->result_type())) return false;
    into.push_back({.check = &check,
                    .item_slot = item_slot,
                    .expr = std::move(*expr),
                    .when = std::move(when),
                    .each = std::move(each),
                    .variables = std::move(variables),
                    .report = std::make_unique<const CheckReport>(rule_, check, scope)});
    return true;
  }

  /// Declares in the scope of a check, and reserves the slot in the rule's environment under a
  /// name that no expression can write, so that no two checks share a slot.
  std::uint32_t declare(cel::Environment& scope, std::string name, const Type& type) {
    while (scope.variables().size() < environment_.variables().size()) {
      scope.declare("", Type());
    }
    const std::uint32_t slot = scope.declare(std::move(name), type);
    if (&scope != &environment_) environment_.declare("", Type());
    return slot;
  }

  bool is_bool(const Text& text, const Type& type) {
    if (type.kind() == TypeKind::kBool || type.kind() == TypeKind::kDyn) return true;
    compiler_.fail(
        text, {.message = fmt::format("The expression must be a bool, but is of type '{}'.",
                                      type.to_string())});
    return false;
  }

  bool is_collection(const Text& text, const Type& type) {
    if (type.kind() == TypeKind::kList || type.kind() == TypeKind::kMap ||
        type.kind() == TypeKind::kDyn) {
      return true;
    }
    compiler_.fail(
        text, {.message = fmt::format("'each' must be a list or a map, but is of type '{}'.",
                                      type.to_string())});
    return false;
  }

  static Type item_type(const Type& collection) {
    return collection.params().empty() ? Type() : collection.params().front();
  }

  const Rule& rule_;
  const CompileOptions& options_;
  cel::Environment environment_;
  ExpressionCompiler compiler_;
};

}  // namespace

Result<CompiledRule> compile_rule(const Rule& rule, const CompileOptions& options) {
  return RuleCompiler(rule, options).compile();
}

}  // namespace tidewaiter::rules
