#ifndef TIDEWAITER_CLI_LIST_RULES_H_
#define TIDEWAITER_CLI_LIST_RULES_H_

#include "cli/options.h"
#include "cli/world.h"

namespace tidewaiter::cli {

/// `tidewaiter rules`: the rules that pass every filter, by id.
ExitCode run_rules(const RulesOptions& options, const World& world);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_LIST_RULES_H_
