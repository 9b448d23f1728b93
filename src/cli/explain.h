#ifndef TIDEWAITER_CLI_EXPLAIN_H_
#define TIDEWAITER_CLI_EXPLAIN_H_

#include <string>

#include "cli/options.h"
#include "cli/world.h"
#include "rules/rule.h"

namespace tidewaiter::cli {

/// `tidewaiter explain RULE...`: everything about each rule, found by name, id, alias or the id
/// that another linter gives it ("kube-linter/privileged-container", or its last part alone).
ExitCode run_explain(const ExplainOptions& options, const World& world);

/// All that a rule's file says, laid out for a terminal.
std::string explanation_of(const rules::Rule& rule, bool color);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_EXPLAIN_H_
