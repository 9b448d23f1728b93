#ifndef TIDEWAITER_CLI_GRAPH_H_
#define TIDEWAITER_CLI_GRAPH_H_

#include "cli/options.h"
#include "cli/world.h"

namespace tidewaiter::cli {

/// `tidewaiter graph [PATH...]`: what refers to what in each scope; references that dangle and
/// keys that are missing are marked. A file that cannot be read is named on `err`, the others
/// are shown, and the exit code is kUsage; what dangles is no failure.
ExitCode run_graph(const GraphOptions& options, const World& world);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_GRAPH_H_
