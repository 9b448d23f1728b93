#ifndef TIDEWAITER_CLI_COMING_FROM_PAGE_H_
#define TIDEWAITER_CLI_COMING_FROM_PAGE_H_

#include <span>
#include <string>

#include "rules/rule.h"

namespace tidewaiter::cli {

/// docs/coming-from.md: for each linter of peer_linters() which of `rules` are its checks,
/// which of its checks none is, and how to move its settings.
std::string coming_from_page(std::span<const rules::Rule> rules);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_COMING_FROM_PAGE_H_
