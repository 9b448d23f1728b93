#ifndef TIDEWAITER_CLI_EVAL_H_
#define TIDEWAITER_CLI_EVAL_H_

#include "cli/options.h"
#include "cli/world.h"

namespace tidewaiter::cli {

/// Evaluates an expression on each resource that the paths lead to, all in one scope, or once
/// without any when there are no paths, and prints what it gives and where that comes from; of
/// a false one, where the manifest is to blame. kUsage when the expression does not compile or
/// something could not be read, kFindings when an evaluation failed.
ExitCode run_eval(const EvalOptions& options, const World& world);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_EVAL_H_
