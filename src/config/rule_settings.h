#ifndef TIDEWAITER_CONFIG_RULE_SETTINGS_H_
#define TIDEWAITER_CONFIG_RULE_SETTINGS_H_

#include <optional>
#include <span>
#include <vector>

#include "config/config.h"
#include "rules/rule.h"
#include "tidewaiter/result.h"

namespace tidewaiter::config {

/// What the config says about one rule. Borrows from the config and the rule.
struct RuleOverride {
  const rules::Rule* rule = nullptr;
  std::optional<bool> enabled = {};
  std::optional<Severity> severity = {};
  /// One for each param of the rule, null where the config sets none.
  std::vector<const rules::Constant*> params = {};
};

struct RuleOverrides {
  std::vector<RuleOverride> overrides;  ///< In the order of the config, a rule once.
  std::vector<Error> errors;
};

/// Matches the rule settings of a config with the rules that exist, and the values of params
/// with their declarations. Unknown rules and params, a rule set twice, and values of the wrong
/// type or outside their bounds are errors at their place.
RuleOverrides match_rules(const Config& config, std::span<const rules::Rule* const> rules);

}  // namespace tidewaiter::config

#endif  // TIDEWAITER_CONFIG_RULE_SETTINGS_H_
