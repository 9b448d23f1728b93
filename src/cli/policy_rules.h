#ifndef TIDEWAITER_CLI_POLICY_RULES_H_
#define TIDEWAITER_CLI_POLICY_RULES_H_

#include <deque>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/selection.h"
#include "policy/policy_judge.h"
#include "rules/rule.h"

namespace tidewaiter::cli {

/// The rules that policies report under: each has its policy's name as name and id, and the
/// help that the policy's annotations give. Borrows the policies; rules stay where they are.
class PolicyRules {
 public:
  explicit PolicyRules(const policy::PolicySet& policies);

  std::span<const rules::Rule* const> rules() const { return pointers_; }

  /// For PolicyJudge::choose: how those of the policies that are among `selected` report.
  std::vector<std::optional<policy::PolicyReport>> reports(
      std::span<const engine::SelectedRule> selected) const;

 private:
  rules::Rule rule_of(const policy::BoundPolicy& bound);

  std::deque<rules::Rule> rules_;  // in the order of the policies
  std::deque<std::string_view> words_;
  std::vector<const rules::Rule*> pointers_;
};

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_POLICY_RULES_H_
