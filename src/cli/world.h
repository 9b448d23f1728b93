#ifndef TIDEWAITER_CLI_WORLD_H_
#define TIDEWAITER_CLI_WORLD_H_

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>

#include "base/file_system.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cli {

/// How a run ends (DESIGN 7).
enum class ExitCode : int {
  kSuccess = 0,
  kFindings = 1,      ///< Findings at or above --fail-on, or --require-understood is not met.
  kUsage = 2,         ///< Wrong usage, config or rule file; a file that is not read or written.
  kInternal = 3,      ///< A bug of tidewaiter, or no memory.
  kInterrupted = 130  ///< SIGINT.
};

/// All that a command may touch of the outside world; main gives the real one, tests their own.
/// Borrows everything.
struct World {
  const FileSystem& files;
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  std::string working_folder;  ///< Absolute.
  bool out_is_terminal = false;
  bool no_color = false;  ///< The environment has NO_COLOR.
  /// Opens a file for writing, emptying it; fails with kIo.
  std::function<Result<std::unique_ptr<std::ostream>>(const std::string& path)> create;
};

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_WORLD_H_
