#ifndef TIDEWAITER_CLI_CONFIG_SETTINGS_H_
#define TIDEWAITER_CLI_CONFIG_SETTINGS_H_

#include <vector>

#include "config/config.h"
#include "engine/run.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cli {

/// Puts what the config says about manifests and their cluster into `settings`, which borrows
/// from it: version, pod template paths, workload classes, node pools and sizes.
/// (Profiles and the settings of rules decide which rules run: see CheckPlan.) Returns what
/// cannot be done, each with its place in the config.
std::vector<Error> apply_config(const config::Config& config, engine::Settings& settings);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_CONFIG_SETTINGS_H_
