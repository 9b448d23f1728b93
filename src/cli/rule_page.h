#ifndef TIDEWAITER_CLI_RULE_PAGE_H_
#define TIDEWAITER_CLI_RULE_PAGE_H_

#include <span>
#include <string>

#include "rules/rule.h"

namespace tidewaiter::cli {

/// docs/rules/<name>.md, where SARIF's helpUri leads: all that a rule's file says, as Markdown,
/// with its first bad and its first good example that is text. No line ends with blanks. For
/// rules built into the program: links lead to their files below rules/.
std::string rule_page(const rules::Rule& rule);

/// docs/rules/README.md: a table of `rules` for each group, in the order given.
std::string rules_index(std::span<const rules::Rule> rules);

/// The README's table of the groups of `rules`, in the order given: how many rules, and what
/// they are about.
std::string readme_table(std::span<const rules::Rule> rules);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_RULE_PAGE_H_
