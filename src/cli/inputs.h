#ifndef TIDEWAITER_CLI_INPUTS_H_
#define TIDEWAITER_CLI_INPUTS_H_

#include <optional>
#include <string>
#include <vector>

#include "cli/world.h"
#include "engine/discover.h"
#include "engine/run.h"
#include "tidewaiter/reporter.h"

namespace tidewaiter::cli {

/// What is to be read, and what went wrong on the way to it.
struct Inputs {
  std::vector<engine::Input> files;
  std::vector<Notification> notifications;
  bool complete = true;  ///< False: an argument could not be read; that was printed.
};

/// All that the paths of a command line lead to: files, folders, "-" for standard input, which
/// is read here and called `stdin_filename`, else "stdin.yaml".
Inputs find_inputs(std::vector<std::string> paths,
                   const std::optional<std::string>& stdin_filename,
                   const engine::DiscoverOptions& discover, const World& world);

/// For --changed-only: all below the working folder, of which only what `paths` lead to is
/// reported; paths that do not exist were deleted and lead to nothing. Prints why and returns
/// nothing when a path lies elsewhere, or there is none.
std::optional<Inputs> find_changed_inputs(const std::vector<std::string>& paths,
                                          const engine::DiscoverOptions& discover,
                                          const World& world);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_INPUTS_H_
