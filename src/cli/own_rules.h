#ifndef TIDEWAITER_CLI_OWN_RULES_H_
#define TIDEWAITER_CLI_OWN_RULES_H_

#include <span>
#include <string>

#include "cli/rule_set.h"
#include "cli/world.h"
#include "config/config.h"

namespace tidewaiter::cli {

/// Adds the user's rules: those in `folders` (--rules), then those in the ruleDirs of the
/// config, which are relative to `config_folder`, its own folder (absolute). Prints every fault
/// of a rule file, and a folder that is missing with its place in the config; false when there
/// was one.
bool add_own_rules(std::span<const std::string> folders, const config::Config& config,
                   const std::string& config_folder, const World& world, RuleSet& rules);

/// The same for commands that need nothing else of the config: of the nearest one, if any.
bool add_own_rules(std::span<const std::string> folders, const World& world, RuleSet& rules);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_OWN_RULES_H_
