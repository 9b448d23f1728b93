#include "policy/policy_draft.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "policy/cel_literal.h"
#include "policy/expression_translator.h"
#include "policy/message_draft.h"

namespace tidewaiter::policy {
namespace {

using cel::Type;
using cel::TypeKind;
using engine::Check;
using engine::Slot;

/// What a variable of a policy may not be called (RESERVED in the CEL language definition; the
/// API server's isCELIdentifier), and what policies and CEL call something else.
constexpr std::string_view kTaken[] = {"as",       "break",      "const",
                                       "continue", "else",       "false",
                                       "for",      "function",   "if",
                                       "import",   "in",         "let",
                                       "loop",     "namespace",  "null",
                                       "package",  "return",     "true",
                                       "var",      "void",       "while",
                                       "object",   "oldObject",  "params",
                                       "request",  "authorizer", "namespaceObject",
                                       "variables"};

Error obstacle(std::string reason) {
  return {.message = std::move(reason)};
}

/// The check that is being translated.
struct CheckScope {
  TranslationScope names;
  std::optional<Translation> each = {};
  std::string item = {};  ///< What the policy calls the item of `each`.
};

class Drafter {
 public:
  Drafter(const engine::CompiledRule& rule, const PolicyTarget& target, std::uint32_t minor)
      : rule_(*rule.rule),
        scope_{.environment = cel::Environment(engine::domain_functions()),
               .stands = {},
               .kubernetes_minor = minor} {
    names_.insert(std::begin(kTaken), std::end(kTaken));
    declare_views(target);
    declare_params(rule);
    for (const engine::Variable& variable : rule_.variables) declare_variable(scope_, variable);
  }

  Result<PolicyDraft> run() {
    for (const Check& check : rule_.checks) {
      auto validation = validation_of(check);
      if (!validation) return validation.error();
      draft_.validations.push_back(*std::move(validation));
    }
    return std::move(draft_);
  }

 private:
  /// A name that no other variable has; the wanted one where it is free.
  std::string unique(std::string name) {
    while (names_.contains(name)) name += '_';
    names_.insert(name);
    return name;
  }

  /// Adds a variable to the policy; what stands for it from now on.
  Stand add_variable(std::string_view name, std::string expression,
                     std::vector<std::uint32_t> reads) {
    const auto number = static_cast<std::uint32_t>(draft_.variables.size());
    draft_.variables.push_back({.name = unique(std::string(name)),
                                .expression = std::move(expression),
                                .variables = std::move(reads)});
    return {.text = fmt::format("variables.{}", draft_.variables.back().name),
            .variables = {number}};
  }

  /// The standard variables, in the order of their slots. Those of the rule keep their names,
  /// so that who knows the rule knows the policy.
  void declare_views(const PolicyTarget& target) {
    engine::declare_standard_variables(scope_.environment);
    std::set<std::string> own;
    for (const engine::Variable& variable : rule_.variables) own.emplace(variable.name);
    const auto view_name = [&](std::string name) {
      while (own.contains(name)) name += '_';
      return name;
    };
    Stand pod;
    for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(Slot::kCount); ++i) {
      const auto slot = static_cast<Slot>(i);
      Stand stand;
      std::string expression = view_expression(slot, target, pod.text);
      if (slot == Slot::kObject) {
        stand.text = "object";
      } else if (expression.empty()) {
        stand.obstacle = "it asks for the manifest's file";
      } else {
        const bool selects = slot > Slot::kJob && slot < Slot::kName;
        stand = add_variable(view_name(scope_.environment.variables()[i].name),
                             std::move(expression),
                             selects ? pod.variables : std::vector<std::uint32_t>());
      }
      if (slot == Slot::kPod) pod = stand;
      scope_.stands.push_back(std::move(stand));
    }
  }

  void declare_params(const engine::CompiledRule& rule) {
    for (std::size_t i = 0; i < rule_.params.size(); ++i) {
      scope_.add(
          fmt::format("params.{}", rule_.params[i].name), engine::cel_type_of(rule_.params[i]),
          {.text = literal_of(rule.params[i]), .shown = engine::display(rule.params[i])});
    }
  }

  /// Declares a variable of the rule or of a check. One that reads the item of `each` is
  /// written out wherever it is used, as a policy has no variables inside all().
  void declare_variable(TranslationScope& scope, const engine::Variable& variable) {
    Translation translation = translate(variable.expr.text, scope);
    Stand stand;
    if (!translation.obstacle.empty()) {
      stand.obstacle = std::move(translation.obstacle);
    } else if (translation.of_item) {
      stand = {.text = enclosed(translation),
               .variables = std::move(translation.variables),
               .of_item = true};
    } else {
      stand = add_variable(variable.name, std::move(translation.text),
                           std::move(translation.variables));
    }
    scope.add(fmt::format("variables.{}", variable.name), translation.type, std::move(stand));
  }

  /// The name of the item: that of the rule, unless a loop inside the check would hide it.
  std::string item_name(const Check& check) const {
    std::set<std::string> taken(std::begin(kTaken), std::end(kTaken));
    const auto add = [&](std::string_view text) { taken.merge(loop_variables(text, scope_)); };
    add(check.expr.text);
    add(check.when.text);
    for (const engine::Variable& variable : check.variables) add(variable.expr.text);
    if (const auto parts = engine::split_message(check.message.text)) {
      for (const engine::MessagePart& part : *parts) add(part.expression);
    }
    std::string name(check.as);
    while (taken.contains(name)) name += '_';
    return name;
  }

  CheckScope enter(const Check& check) {
    CheckScope scope{.names = scope_};
    if (!check.each.empty()) {
      scope.each = translate(check.each.text, scope.names);
      scope.item = item_name(check);
      const auto& params = scope.each->type.params();
      scope.names.add(std::string(check.as), params.empty() ? Type() : params.front(),
                      {.text = scope.item, .of_item = true});
    }
    for (const engine::Variable& variable : check.variables) {
      declare_variable(scope.names, variable);
    }
    return scope;
  }

  Result<DraftValidation> validation_of(const Check& check) {
    const CheckScope scope = enter(check);
    const Translation expr = translate(check.expr.text, scope.names);
    std::optional<Translation> when;
    if (!check.when.empty()) when = translate(check.when.text, scope.names);
    DraftValidation validation{.check = &check};
    const std::array<const Translation*, 3> parts = {scope.each ? &*scope.each : nullptr,
                                                     when ? &*when : nullptr, &expr};
    for (const Translation* part : parts) {
      if (part == nullptr) continue;
      if (!part->obstacle.empty()) return obstacle(part->obstacle);
      std::ranges::copy(part->variables, std::back_inserter(validation.variables));
    }
    const std::string holds =
        when ? fmt::format("!{} || {}", enclosed(*when), enclosed(expr)) : expr.text;
    if (scope.each) {
      validation.expression =
          fmt::format("{}.all({}, {}) == true", enclosed(*scope.each), scope.item, holds);
    } else if (when || !expr.is_primary) {
      validation.expression = fmt::format("({}) == true", holds);
    } else {
      validation.expression = fmt::format("{} == true", holds);
    }
    add_message(scope, when, expr, validation);
    return validation;
  }

  /// One text for all items that fail.
  void add_message(const CheckScope& scope, const std::optional<Translation>& when,
                   const Translation& expr, DraftValidation& validation) {
    MessageDraft message = draft_message(validation.check->message.text, scope.names);
    validation.message = std::move(message.text);
    if (message.expression.empty()) return;
    validation.message_expression = std::move(message.expression);
    if (scope.each) {
      const std::string fails = when ? fmt::format("{} && !{}", enclosed(*when), enclosed(expr))
                                     : "!" + enclosed(expr);
      validation.message_expression =
          fmt::format("{0}.filter({1}, {2}).map({1}, {3}).join(' ')", enclosed(*scope.each),
                      scope.item, fails, validation.message_expression);
    }
    std::ranges::copy(message.variables, std::back_inserter(validation.variables));
  }

  const engine::Rule& rule_;
  TranslationScope scope_;
  std::set<std::string, std::less<>> names_;  // of the policy's variables, and those taken
  PolicyDraft draft_;
};

}  // namespace

Result<PolicyDraft> draft_policy(const engine::CompiledRule& rule, const PolicyTarget& target,
                                 std::uint32_t kubernetes_minor) {
  return Drafter(rule, target, kubernetes_minor).run();
}

std::vector<std::uint32_t> needed_variables(const PolicyDraft& draft,
                                            std::span<const std::uint32_t> roots) {
  std::vector<bool> needed(draft.variables.size());
  for (const std::uint32_t root : roots) needed[root] = true;
  std::vector<std::uint32_t> numbers;
  // A variable reads only earlier ones.
  for (std::size_t i = needed.size(); i-- > 0;) {
    if (!needed[i]) continue;
    numbers.push_back(static_cast<std::uint32_t>(i));
    for (const std::uint32_t read : draft.variables[i].variables) needed[read] = true;
  }
  std::ranges::reverse(numbers);
  return numbers;
}

}  // namespace tidewaiter::policy
