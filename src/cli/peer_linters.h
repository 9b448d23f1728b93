#ifndef TIDEWAITER_CLI_PEER_LINTERS_H_
#define TIDEWAITER_CLI_PEER_LINTERS_H_

#include <span>
#include <string_view>

namespace tidewaiter::cli {

/// Checks of another linter that no rule covers.
struct UncoveredChecks {
  std::string_view ids;  ///< As the linter writes them, separated by ", ".
  std::string_view what;
};

/// Another linter, for people who come from it.
struct PeerLinter {
  std::string_view key;           ///< As in `equivalents`: "kube-linter".
  std::string_view title;         ///< "kube-linter"
  std::string_view seen;          ///< What was read: "version 0.8.3", "June 2026".
  std::string_view config;        ///< How to move its configuration, in Markdown.
  std::string_view suppressions;  ///< How to move its suppressions, in Markdown.
  std::span<const UncoveredChecks> uncovered = {};
};

/// Every linter that rules name under `equivalents`, in the order of docs/coming-from.md.
std::span<const PeerLinter> peer_linters();

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_PEER_LINTERS_H_
