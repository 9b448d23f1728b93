#ifndef TIDEWAITER_CLI_RULE_TEXT_H_
#define TIDEWAITER_CLI_RULE_TEXT_H_

#include <string>
#include <string_view>

#include "rules/rule.h"

// The parts of a rule's description that the terminal and the Markdown page share.
namespace tidewaiter::cli {

/// Which resources the rule judges: "batch/Job, batch/CronJob", "every kind".
std::string applies_to(const rules::Rule& rule);

/// "stable, since 1.2.0"; without the version when the rule names none.
std::string status_of(const rules::Rule& rule);

/// An example's manifest with `mark` in place of each `# want: <name>` up to the line's end;
/// every line ends with a line end.
std::string with_marks(std::string_view manifest, std::string_view mark);

/// ", at least 1, at most 5": the bounds of a param, empty when it has none.
std::string bounds_of(const rules::Param& param);

/// What stands for the reason in a suppression to copy.
inline constexpr std::string_view kReason = "why it is fine here";

/// The comments that suppress the rule in one place and in a whole file, each one line.
std::string ignore_comment(const rules::Rule& rule);
std::string ignore_file_comment(const rules::Rule& rule);

/// The lines of .tidewaiter.yaml that turn the rule off.
std::string config_that_turns_off(const rules::Rule& rule);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_RULE_TEXT_H_
