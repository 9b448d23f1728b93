#ifndef TIDEWAITER_CLI_LOAD_CONFIG_H_
#define TIDEWAITER_CLI_LOAD_CONFIG_H_

#include <optional>
#include <string>

#include "cli/world.h"
#include "config/config.h"

namespace tidewaiter::cli {

/// A config and where it lies.
struct LoadedConfig {
  config::Config config;
  std::string folder;  ///< Absolute; empty when there is no config.
};

/// The config at `path` as typed, else the nearest .tidewaiter.yaml; an empty one when there is
/// none. Prints what is wrong with it, and then gives nothing.
std::optional<LoadedConfig> load_config(const std::optional<std::string>& path,
                                        const World& world);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_LOAD_CONFIG_H_
