#include "rules/compiled_rule.h"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>
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
    {"file.folders", "list(string)"},
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
    declare_standard_variables(environment_);
  }

  /// The rule; what did not compile is left out of it, and among errors().
  CompiledRule compile() {
    CompiledRule compiled;
    compiled.rule = &rule_;
    add_params(compiled);
    add_variables(environment_, rule_.variables, compiled.variables);
    for (const Check& check : rule_.checks) add_check(check, compiled.checks);
    compiled.slot_count = static_cast<std::uint32_t>(environment_.variables().size());
    return compiled;
  }
  const std::vector<Error>& errors() const { return compiler_.errors(); }

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

  /// A variable that does not compile is declared all the same, so that each fault is told
  /// once.
  void add_variables(cel::Environment& scope, std::span<const Variable> variables,
                     std::vector<CompiledVariable>& into) {
    for (const Variable& variable : variables) {
      auto program = compiler_.program(scope, variable.expr);
      const auto slot = declare(scope, fmt::format("variables.{}", variable.name),
                                program ? program->result_type() : Type());
      if (program) into.push_back({.slot = slot, .program = std::move(*program)});
    }
  }

  /// `each` sees the rule's variables only; the rest of a check also its item and its own.
  void add_check(const Check& check, std::vector<CompiledCheck>& into) {
    const std::size_t errors_before = errors().size();
    cel::Environment scope = environment_;
    std::optional<cel::Program> each;
    std::uint32_t item_slot = 0;
    if (!check.each.empty()) {
      each = compiler_.program(scope, check.each);
      item_slot = declare(scope, std::string(check.as),
                          each ? checked_item_type(check.each, each->result_type()) : Type());
    }
    std::vector<CompiledVariable> variables;
    add_variables(scope, check.variables, variables);
    std::optional<cel::Program> when;
    if (!check.when.empty()) when = condition(scope, check.when);
    auto expr = condition(scope, check.expr);
    auto report = std::make_unique<const CheckReport>(rule_, check, scope);
    if (options_.thorough) compiler_.add(report->faults());
    if (errors().size() > errors_before) return;
    into.push_back({.check = &check,
                    .item_slot = item_slot,
                    .expr = std::move(*expr),
                    .when = std::move(when),
                    .each = std::move(each),
                    .variables = std::move(variables),
                    .report = std::move(report)});
  }

  /// An expression that must be a bool.
  std::optional<cel::Program> condition(const cel::Environment& scope, const Text& text) {
    auto program = compiler_.program(scope, text);
    if (!program) return std::nullopt;
    const Type& type = program->result_type();
    if (type.kind() != TypeKind::kBool && type.kind() != TypeKind::kDyn) {
      compiler_.fail(
          text, {.message = fmt::format("The expression must be a bool, but is of type '{}'.",
                                        type.to_string())});
    }
    return program;
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

  /// The type of what `each` goes over: items of a list, keys of a map.
  Type checked_item_type(const Text& text, const Type& type) {
    if (type.kind() != TypeKind::kList && type.kind() != TypeKind::kMap &&
        type.kind() != TypeKind::kDyn) {
      compiler_.fail(
          text, {.message = fmt::format("'each' must be a list or a map, but is of type '{}'.",
                                        type.to_string())});
    }
    return type.params().empty() ? Type() : type.params().front();
  }

  const Rule& rule_;
  const CompileOptions& options_;
  cel::Environment environment_;
  ExpressionCompiler compiler_;
};

}  // namespace

void declare_standard_variables(cel::Environment& environment) {
  for (const StandardVariable& variable : kStandardVariables) {
    environment.declare(std::string(variable.name), *Type::parse(variable.type));
  }
}

Result<CompiledRule> compile_rule(const Rule& rule, const CompileOptions& options) {
  RuleCompiler compiler(rule, options);
  CompiledRule compiled = compiler.compile();
  if (!compiler.errors().empty()) return compiler.errors().front();
  return compiled;
}

std::vector<Error> find_faults(const Rule& rule, CompileOptions options) {
  options.thorough = true;
  RuleCompiler compiler(rule, options);
  compiler.compile();
  std::vector<Error> errors = compiler.errors();
  const auto place = [](const Error& error) {
    return std::tuple(error.where.value_or(ByteSpan{}), std::string_view(error.message));
  };
  std::ranges::sort(errors, {}, place);
  // A fix step is compiled for each check that it may be meant for.
  const auto repeated = std::ranges::unique(errors, {}, place);
  errors.erase(repeated.begin(), repeated.end());
  return errors;
}

}  // namespace tidewaiter::rules
