#include "cli/policy_rules.h"

#include <cstdint>
#include <unordered_map>

#include "policy/policy_help.h"

namespace tidewaiter::cli {

PolicyRules::PolicyRules(const policy::PolicySet& policies) {
  for (const policy::BoundPolicy& bound : policies.policies()) {
    rules_.push_back(rule_of(bound));
    pointers_.push_back(&rules_.back());
  }
}

rules::Rule PolicyRules::rule_of(const policy::BoundPolicy& bound) {
  const std::string_view name = bound.policy.name;
  const policy::PolicyHelp help = policy::policy_help(*bound.policy.resource);
  // A word for reports that lasts as long as the rule.
  const auto list_of = [this](std::string_view word) -> std::span<const std::string_view> {
    if (word.empty()) return {};
    return {&words_.emplace_back(word), 1};
  };
  return {.id = name,
          .name = name,
          .summary = help.title.empty() ? name : help.title,
          .severity = policy::severity_of(bound),
          .profiles = rules::kProfiles,
          .tags = list_of("policy"),
          .references = list_of(help.url),
          .rationale = help.description,
          .group = "policies",
          .file = bound.policy.resource->source->name()->shown,
          .of_user = true,
          .is_policy = true};
}

std::vector<std::optional<policy::PolicyReport>> PolicyRules::reports(
    std::span<const engine::SelectedRule> selected) const {
  std::unordered_map<const rules::Rule*, std::uint32_t> index_of;
  for (std::uint32_t i = 0; i < selected.size(); ++i) index_of.emplace(selected[i].rule, i);
  std::vector<std::optional<policy::PolicyReport>> reports;
  for (const rules::Rule& rule : rules_) {
    const auto it = index_of.find(&rule);
    reports.emplace_back();
    if (it == index_of.end()) continue;
    reports.back() = {.rule = it->second, .severity = selected[it->second].severity};
  }
  return reports;
}

}  // namespace tidewaiter::cli
