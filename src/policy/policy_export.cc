#include "policy/policy_export.h"

#include <fmt/core.h>

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <utility>

#include "base/source.h"
#include "engine/rule_parts.h"
#include "k8s/extract.h"
#include "policy/compiled_policy.h"
#include "policy/policy_draft.h"
#include "policy/policy_target.h"
#include "policy/unfit_rules.h"
#include "tidewaiter/version.h"
#include "yaml/file.h"

namespace tidewaiter::policy {
namespace {

using yaml::Tree;

/// admissionregistration.k8s.io/v1 has the kind since then.
constexpr std::uint32_t kFirstMinor = 30;
/// Of the functions that any release may have got.
constexpr std::uint32_t kNewestMinor = 99;

constexpr std::string_view kApiVersion = "admissionregistration.k8s.io/v1";
constexpr std::string_view kPolicyKind = "ValidatingAdmissionPolicy";
constexpr std::string_view kPrefix = "tidewaiter";
/// Of a DNS subdomain, less what the action adds.
constexpr std::size_t kMaxName = 240;

/// A finalizer must be removable from what was created before the policy.
constexpr std::string_view kNotDeleted = "!object.?metadata.?deletionTimestamp.hasValue()";
constexpr std::string_view kNotOwned =
    "size(object.?metadata.?ownerReferences.orValue([])) == 0";

Tree text(std::string_view value) {
  return {std::string(value)};
}

Tree words(const std::vector<std::string_view>& values) {
  Tree::List items;
  for (const std::string_view value : values) items.push_back(text(value));
  return {std::move(items)};
}

/// An action and the severity that a report gives to what it finds.
struct Gravity {
  Action action;
  Severity severity;
};
constexpr Gravity kGravities[] = {{Action::kDeny, Severity::kError},
                                  {Action::kWarn, Severity::kWarning},
                                  {Action::kAudit, Severity::kNote}};

Action action_of(Severity severity) {
  return std::ranges::find(kGravities, severity, &Gravity::severity)->action;
}

/// Paragraphs as one text that ends with a line end; empty when there are none.
std::string prose(std::initializer_list<std::string_view> paragraphs) {
  std::string text;
  for (std::string_view paragraph : paragraphs) {
    while (paragraph.ends_with('\n') || paragraph.ends_with(' ')) paragraph.remove_suffix(1);
    if (!paragraph.empty()) text += fmt::format("{}{}\n", text.empty() ? "" : "\n", paragraph);
  }
  return text;
}

std::string url_of(const engine::Rule& rule) {
  if (!rule.of_user)
    return fmt::format("{}/blob/v{}/docs/rules/{}.md", kHome, kVersion, rule.name);
  return std::string(rule.references.empty() ? std::string_view() : rule.references.front());
}

/// One rule as policies.
class Exporter {
 public:
  Exporter(const engine::SelectedRule& selected, const ExportOptions& options)
      : selected_(selected), rule_(*selected.rule), options_(options) {}

  Result<std::vector<ExportedPolicy>> run() {
    if (const std::string reason = obstacle(); !reason.empty()) return failed(reason);
    auto compiled = engine::compile_rule(rule_, {.functions = &engine::domain_functions(),
                                                 .profiles = options_.profiles,
                                                 .user_params = selected_.params});
    if (!compiled) return compiled.error();
    auto draft = draft_policy(*compiled, target_, options_.kubernetes_minor);
    if (!draft) return draft.error();
    draft_ = *std::move(draft);
    std::vector<ExportedPolicy> policies;
    for (const Gravity& gravity : kGravities) {
      if (!calls_for(gravity.action)) continue;
      auto policy =
          policy_for({gravity.action, options_.action ? severity() : gravity.severity});
      if (!policy) return policy.error();
      policies.push_back(*std::move(policy));
    }
    return policies;
  }

 private:
  static Error failed(std::string reason) { return {.message = std::move(reason)}; }

  std::string obstacle() {
    if (rule_.builtin) return "it is about how files are read, which no API server sees";
    if (!rule_.of_user) {
      if (const auto reason = why_unfit(rule_.name); !reason.empty())
        return std::string(reason);
    }
    if (name_for(Action::kAudit).size() > kMaxName) return "its name is too long for a policy";
    target_ = target_of(rule_.match);
    return target_.obstacle;
  }

  Action action_of_check(const engine::Check& check) const {
    if (options_.action) return *options_.action;
    return action_of(selected_.severity.value_or(check.severity.value_or(rule_.severity)));
  }

  bool calls_for(Action action) const {
    return std::ranges::any_of(draft_.validations, [&](const DraftValidation& validation) {
      return action_of_check(*validation.check) == action;
    });
  }

  Severity severity() const { return selected_.severity.value_or(rule_.severity); }

  /// The rule's own action has the rule's name alone. No rule has a '.' in its name, so that
  /// names stay apart.
  std::string name_for(Action action) const {
    const Action main = options_.action.value_or(action_of(severity()));
    std::string name = fmt::format("{}-{}", kPrefix, rule_.name);
    if (action != main) name += fmt::format(".{}", name_of(action));
    std::ranges::transform(name, name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return name;
  }

  Result<ExportedPolicy> policy_for(const Gravity& gravity) const {
    ExportedPolicy result{.name = name_for(gravity.action), .action = gravity.action};
    result.policy = policy_tree(result.name, gravity, /*oldest_minor=*/0);
    const auto minor = oldest_minor(result.policy);
    if (!minor) return minor.error();
    result.oldest_minor = *minor;
    result.policy = policy_tree(result.name, gravity, *minor);
    result.binding = binding_tree(result.name, gravity.action);
    return result;
  }

  Tree metadata(const std::string& name, Severity severity, std::uint32_t minor) const {
    Tree::Map annotations = {{fmt::format("{}/title", kPrefix), text(rule_.summary)}};
    const auto annotate = [&](std::string_view key, std::string value) {
      if (value.empty()) return;
      annotations.push_back({fmt::format("{}/{}", kPrefix, key), {std::move(value)}});
    };
    annotate("description", prose({rule_.rationale, rule_.remediation}));
    annotate("category", std::string(rule_.group));
    annotate("severity", tidewaiter::name_of(severity));
    annotate("url", url_of(rule_));
    annotate("control-id", std::string(rule_.id));
    annotate("oldest-kubernetes", fmt::format("1.{}", minor));
    return {Tree::Map{{"name", {name}},
                      {"labels", {Tree::Map{{"app.kubernetes.io/managed-by", text(kPrefix)}}}},
                      {"annotations", {std::move(annotations)}}}};
  }

  /// A rule for each group and version.
  Tree resource_rules() const {
    struct Served {
      std::string_view group;
      std::string_view version;
      std::vector<std::string_view> resources;
    };
    std::vector<Served> served;
    for (const TargetKind& kind : target_.kinds) {
      auto it = std::ranges::find_if(served, [&](const Served& other) {
        return other.group == kind.group && other.version == kind.version;
      });
      if (it == served.end()) it = served.insert(it, {kind.group, kind.version, {}});
      if (std::ranges::find(it->resources, kind.resource) == it->resources.end()) {
        it->resources.push_back(kind.resource);
      }
    }
    Tree::List rules;
    for (const Served& rule : served) {
      rules.push_back({Tree::Map{{"apiGroups", words({rule.group})},
                                 {"apiVersions", words({rule.version})},
                                 {"operations", words({"CREATE", "UPDATE"})},
                                 {"resources", words(rule.resources)}}});
    }
    return {std::move(rules)};
  }

  Tree match_conditions() const {
    Tree::List conditions = {
        {Tree::Map{{"name", text("not-being-deleted")}, {"expression", text(kNotDeleted)}}}};
    if (target_.spares_owned) {
      conditions.push_back(
          {Tree::Map{{"name", text("not-owned")}, {"expression", text(kNotOwned)}}});
    }
    return {std::move(conditions)};
  }

  Tree policy_tree(const std::string& name, const Gravity& gravity, std::uint32_t minor) const {
    std::vector<std::uint32_t> read;
    Tree::List validations;
    for (const DraftValidation& validation : draft_.validations) {
      if (action_of_check(*validation.check) != gravity.action) continue;
      read.insert(read.end(), validation.variables.begin(), validation.variables.end());
      Tree::Map entries = {{"expression", text(validation.expression)},
                           {"message", text(validation.message)}};
      if (!validation.message_expression.empty()) {
        entries.push_back({"messageExpression", text(validation.message_expression)});
      }
      validations.push_back({std::move(entries)});
    }
    Tree::List variables;
    for (const std::uint32_t number : needed_variables(draft_, read)) {
      const DraftVariable& variable = draft_.variables[number];
      variables.push_back({Tree::Map{{"name", text(variable.name)},
                                     {"expression", text(variable.expression)}}});
    }
    Tree::Map spec = {{"failurePolicy", text("Ignore")},
                      {"matchConstraints", {Tree::Map{{"resourceRules", resource_rules()}}}},
                      {"matchConditions", match_conditions()}};
    if (!variables.empty()) spec.push_back({"variables", {std::move(variables)}});
    spec.push_back({"validations", {std::move(validations)}});
    return {Tree::Map{{"apiVersion", text(kApiVersion)},
                      {"kind", text(kPolicyKind)},
                      {"metadata", metadata(name, gravity.severity, minor)},
                      {"spec", {std::move(spec)}}}};
  }

  static Tree binding_tree(const std::string& name, Action action) {
    return {Tree::Map{
        {"apiVersion", text(kApiVersion)},
        {"kind", {fmt::format("{}Binding", kPolicyKind)}},
        {"metadata",
         {Tree::Map{{"name", {name}},
                    {"labels", {Tree::Map{{"app.kubernetes.io/managed-by", text(kPrefix)}}}}}}},
        {"spec",
         {Tree::Map{{"policyName", {name}},
                    {"validationActions", words({name_of(action)})}}}}}};
  }

  /// Compiles what was written as the API servers of each release would.
  static Result<std::uint32_t> oldest_minor(const Tree& tree) {
    const auto name = std::make_shared<FileName>(FileName{.shown = "policy.yaml", .uri = {}});
    const Source source(name, yaml::emit({&tree, 1}));
    const yaml::File file = yaml::read(source);
    const k8s::Extraction found = k8s::extract_resources(source, file, {});
    const Policy policy = read_policy(found.resources.at(0));
    if (auto error = fault_of(policy, kNewestMinor)) return *std::move(error);
    std::uint32_t minor = kFirstMinor;
    while (fault_of(policy, minor - 1)) ++minor;
    return minor;
  }

  /// The first expression that does not compile with the functions of 1.`minor`.
  static std::optional<Error> fault_of(const Policy& policy, std::uint32_t minor) {
    const CompiledPolicy compiled = compile_policy(policy, minor);
    std::optional<Error> fault;
    const auto look_at = [&](const CompiledExpression& expression) {
      if (!fault && expression.error) {
        fault =
            Error{.message = fmt::format("the API server would refuse '{}': {}",
                                         expression.source->text, expression.error->message)};
      }
    };
    std::ranges::for_each(compiled.match_conditions, look_at);
    std::ranges::for_each(compiled.variables, look_at);
    for (const CompiledValidation& validation : compiled.validations) {
      look_at(validation.expression);
      if (validation.message_expression) look_at(*validation.message_expression);
    }
    return fault;
  }

  const engine::SelectedRule& selected_;
  const engine::Rule& rule_;
  const ExportOptions& options_;
  PolicyTarget target_;
  PolicyDraft draft_;
};

}  // namespace

std::string_view name_of(Action action) {
  switch (action) {
    case Action::kDeny: return "Deny";
    case Action::kWarn: return "Warn";
    case Action::kAudit: break;
  }
  return "Audit";
}

Result<std::vector<ExportedPolicy>> export_rule(const engine::SelectedRule& rule,
                                                const ExportOptions& options) {
  return Exporter(rule, options).run();
}

}  // namespace tidewaiter::policy
