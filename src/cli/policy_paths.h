#ifndef TIDEWAITER_CLI_POLICY_PATHS_H_
#define TIDEWAITER_CLI_POLICY_PATHS_H_

#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/world.h"
#include "config/config.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cli {

/// The files and folders to look for policies in: those of --policy as typed, then those of the
/// config (relative to `config_folder`, absolute), its globs expanded, as seen from the working
/// folder. A path of the config that leads nowhere is an error with its place.
struct PolicyPaths {
  std::vector<std::string> paths;
  std::vector<Error> errors = {};
};
PolicyPaths policy_paths(const CheckOptions& options, const config::Config& config,
                         const std::string& config_folder, const World& world);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_POLICY_PATHS_H_
