#ifndef TIDEWAITER_CLI_CHECK_PLAN_H_
#define TIDEWAITER_CLI_CHECK_PLAN_H_

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/rule_set.h"
#include "cli/world.h"
#include "config/config.h"
#include "config/rule_settings.h"
#include "engine/run.h"
#include "engine/selection.h"
#include "tidewaiter/reporter.h"

namespace tidewaiter::cli {

/// A `check` with config, rules and flags brought together. Its parts borrow from each other,
/// so it stays where it is.
struct CheckPlan {
  config::Config config;
  std::string config_folder;  ///< Absolute; empty when there is no config.
  RuleSet rules;
  config::RuleOverrides overrides;
  engine::Choice choice;
  std::vector<engine::SelectedRule> selected;
  engine::Settings settings;
  config::FailOn fail_on = config::FailOn::kError;
  std::string root;  ///< Absolute: what paths in reports are relative to.
  /// Where to look for policies, besides what is linted.
  std::vector<std::string> policy_paths = {};
  std::vector<Notification> notifications = {};  ///< Of choose_rules.
  bool sound = true;  ///< False: a fault was printed; choose_rules will print the others.
};

/// Reads config and rules: all that is known before a manifest is read, which is enough for
/// engine::load_files. Prints everything that is wrong with them or with the flags to
/// `world.err`, and then returns null.
std::unique_ptr<CheckPlan> plan_check(const CheckOptions& options, const World& world);

/// Chooses what runs, now that the policies among the manifests are known; `policies` outlive
/// the plan. False when the config or a flag names a rule that does not exist, or sets one
/// wrongly; that was printed.
bool choose_rules(CheckPlan& plan, std::span<const rules::Rule* const> policies,
                  const CheckOptions& options, const World& world);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_CHECK_PLAN_H_
