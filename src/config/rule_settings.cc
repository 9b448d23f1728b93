#include "config/rule_settings.h"

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/suggest.h"
#include "rules/param_value.h"
#include "rules/rule_names.h"

namespace tidewaiter::config {
namespace {

/// Why a param of this name and value cannot be set, or nothing.
std::optional<Error> set_param(const ParamSetting& param, RuleOverride& rule) {
  const auto declared =
      std::ranges::find(rule.rule->params, param.name.text, &rules::Param::name);
  if (declared == rule.rule->params.end()) {
    std::vector<std::string_view> known;
    for (const rules::Param& p : rule.rule->params) known.push_back(p.name);
    const std::string hint =
        known.empty() ? std::string(" It has none.") : did_you_mean(param.name.text, known);
    return Error{.message = fmt::format("Rule '{}' has no param '{}'.{}", rule.rule->name,
                                        param.name.text, hint),
                 .where = param.name.at};
  }
  if (auto fault = rules::fault_of(*declared, param.value)) {
    return Error{.message = std::move(fault->message),
                 .where = rules::place_of(*fault, *param.node)};
  }
  const auto index = static_cast<std::size_t>(declared - rule.rule->params.begin());
  rule.params[index] = &param.value;
  return std::nullopt;
}

std::string set_twice(const rules::Rule& rule, std::string_view word) {
  const bool own = word == rule.name || word == rule.id;
  return fmt::format("Rule '{}' ({}) is set twice{}.", rule.name, rule.id,
                     own ? "" : fmt::format("; '{}' means it too", word));
}

}  // namespace

RuleOverrides match_rules(const Config& config, std::span<const rules::Rule* const> rules) {
  RuleOverrides result;
  const auto fail = [&](Error error) {
    error.path = config.source->name()->shown;
    result.errors.push_back(std::move(error));
  };
  const rules::RuleNames names(rules);
  for (const RuleSetting& setting : config.rules) {
    const auto meant = names.find_all(setting.rule.text);
    if (meant.empty()) {
      fail({.message = names.unknown(setting.rule.text), .where = setting.rule.at});
    }
    for (const rules::Rule* rule : meant) {
      if (std::ranges::find(result.overrides, rule, &RuleOverride::rule) !=
          result.overrides.end()) {
        fail({.message = set_twice(*rule, setting.rule.text), .where = setting.rule.at});
        continue;
      }
      RuleOverride override{.rule = rule,
                            .enabled = setting.enabled,
                            .severity = setting.severity,
                            .params = std::vector<const rules::Constant*>(rule->params.size())};
      for (const ParamSetting& param : setting.params) {
        if (auto error = set_param(param, override)) fail(std::move(*error));
      }
      result.overrides.push_back(std::move(override));
    }
  }
  return result;
}

}  // namespace tidewaiter::config
