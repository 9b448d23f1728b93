#ifndef TIDEWAITER_TESTS_ENGINE_RULE_RUNNER_H_
#define TIDEWAITER_TESTS_ENGINE_RULE_RUNNER_H_

#include <map>
#include <string>
#include <utility>

#include "engine/run.h"
#include "rules/rule.h"

namespace tidewaiter::testing {

/// Findings by (path, line), counted.
using Lines = std::map<std::pair<std::string, std::uint32_t>, int>;

/// "a.yaml:3, a.yaml:7 x2" for a failure's message.
std::string to_string(const Lines& lines);

/// Runs one rule over the files (path to text) as `check --select RULE --profile PROFILE` does,
/// `params` (a map or null) being the user's; aborts the test case when the run fails.
engine::RunResult run_rule(const rules::Rule& rule,
                           const std::map<std::string, std::string>& files,
                           const std::string& profile, const rules::Constant& params = {},
                           const rules::Constant& config = {});

/// The unsuppressed findings of `rule` by line.
Lines lines_of(const engine::RunResult& result, const rules::Rule& rule);

/// What the `# want: name[, name…] [xN]` markers at line ends say about `rule`.
void add_markers(const std::string& path, std::string_view text, const rules::Rule& rule,
                 Lines& lines);

/// What a rule's own example wants: markers and its `want` list.
Lines wanted(const rules::Rule& rule, const rules::Example& example,
             const std::map<std::string, std::string>& files);

/// The files of an example, base64 decoded.
std::map<std::string, std::string> files_of(const rules::Example& example);

}  // namespace tidewaiter::testing

#endif  // TIDEWAITER_TESTS_ENGINE_RULE_RUNNER_H_
