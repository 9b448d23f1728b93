#ifndef TIDEWAITER_CLI_TEST_RULES_H_
#define TIDEWAITER_CLI_TEST_RULES_H_

#include "cli/options.h"
#include "cli/world.h"

namespace tidewaiter::cli {

/// `tidewaiter test DIR...`: runs the examples of the rules in the folders and says how each
/// rule did, and where an example and its findings differ. kSuccess when all is fine, kFindings
/// when a test failed, kUsage when a rule file is faulty or there is no rule; faults of files
/// go to `world.err`, and the other rules are tested all the same.
ExitCode run_test(const TestOptions& options, const World& world);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_TEST_RULES_H_
