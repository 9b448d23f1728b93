#include "engine/rule_info.h"

#include <string>
#include <string_view>

#include "rules/rule.h"

namespace tidewaiter::engine {
namespace {

std::vector<std::string> strings(std::span<const std::string_view> views) {
  return {views.begin(), views.end()};
}

RuleOrigin origin_of(const rules::Rule& rule) {
  if (rule.is_policy) return RuleOrigin::kPolicy;
  return rule.of_user ? RuleOrigin::kOwn : RuleOrigin::kBuiltIn;
}

}  // namespace

std::vector<RuleInfo> rule_info(std::span<const SelectedRule> rules) {
  std::vector<RuleInfo> infos;
  infos.reserve(rules.size());
  for (const SelectedRule& selected : rules) {
    const rules::Rule& rule = *selected.rule;
    infos.push_back({.id = std::string(rule.id),
                     .name = std::string(rule.name),
                     .severity = selected.severity.value_or(rule.severity),
                     .severity_set_by_user = selected.severity.has_value(),
                     .summary = std::string(rule.summary),
                     .rationale = std::string(rule.rationale),
                     .remediation = std::string(rule.remediation),
                     .when_to_ignore = std::string(rule.when_to_ignore),
                     .precision = std::string(rule.precision),
                     .security_severity = std::string(rule.security_severity),
                     .status = std::string(rules::name_of(rule.status)),
                     .profiles = strings(rule.profiles),
                     .tags = strings(rule.tags),
                     .standards = strings(rule.standards),
                     .references = strings(rule.references),
                     .origin = origin_of(rule)});
  }
  return infos;
}

}  // namespace tidewaiter::engine
