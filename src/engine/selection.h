#ifndef TIDEWAITER_ENGINE_SELECTION_H_
#define TIDEWAITER_ENGINE_SELECTION_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.h"
#include "rules/rule_names.h"
#include "tidewaiter/result.h"

namespace tidewaiter::engine {

using rules::RuleNames;

/// What the config says about one rule.
struct RuleSetting {
  const rules::Rule* rule = nullptr;
  std::optional<bool> enabled = {};  ///< Set: run, or do not run, whatever the profile.
  std::optional<Severity> severity = {};
  /// One for each of Rule::params, validated; null where the user sets none. May be empty.
  std::vector<const rules::Constant*> params = {};
};

/// What decides which rules run and how.
struct Choice {
  std::vector<std::string> profiles = {"recommended"};
  /// Ids, names, aliases, other linters' ids; not empty: exactly these.
  std::vector<std::string> select = {};
  std::vector<std::string> ignore = {};
  std::vector<RuleSetting> settings = {};
};

/// A rule that runs.
struct SelectedRule {
  const rules::Rule* rule = nullptr;
  std::optional<Severity> severity = {};            ///< Set by the user; replaces all others.
  std::vector<const rules::Constant*> params = {};  ///< The user's, as Rule::params; else null.
};

/// The rules that run (DESIGN 7: --select, --ignore, --profile), by id. Every rule is in the
/// profile strict; those about unreadable text (TW001, 011, 012, 013) always run unless named
/// in `ignore` or turned off. Fails with kInvalidInput on a name that is no rule or no profile.
/// Borrows `rules` and `choice`.
Result<std::vector<SelectedRule>> select_rules(std::span<const rules::Rule* const> rules,
                                               const Choice& choice);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_SELECTION_H_
