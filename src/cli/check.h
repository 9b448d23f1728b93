#ifndef TIDEWAITER_CLI_CHECK_H_
#define TIDEWAITER_CLI_CHECK_H_

#include "cli/options.h"
#include "cli/world.h"

namespace tidewaiter::cli {

/// `tidewaiter check`: lints what the options name and writes the reports. What is wrong with
/// the options, the config or the rules is printed to `world.err` and ends the run before it
/// starts.
ExitCode run_check(const CheckOptions& options, const World& world);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_CHECK_H_
