#ifndef TIDEWAITER_POLICY_POLICY_DRAFT_H_
#define TIDEWAITER_POLICY_POLICY_DRAFT_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/rule_parts.h"
#include "policy/policy_target.h"
#include "tidewaiter/result.h"

namespace tidewaiter::policy {

/// `variables.<name>` of a policy.
struct DraftVariable {
  std::string name;
  std::string expression;
  std::vector<std::uint32_t> variables = {};  ///< Those that it reads, all before it.
};

/// What a check of a rule is in a policy.
struct DraftValidation {
  const engine::Check* check = nullptr;
  std::string expression = {};
  std::string message = {};                   ///< One line, the same for all objects.
  std::string message_expression = {};        ///< Empty: the message says all there is.
  std::vector<std::uint32_t> variables = {};  ///< Those that it reads.
};

/// The expressions of a rule as a policy has them. Borrows the rule.
struct PolicyDraft {
  std::vector<DraftVariable> variables;  ///< In an order that a policy may have.
  std::vector<DraftValidation> validations;
};

/// Translates every check of a compiled rule: views and variables become variables of the
/// policy, params literals, `each` all(), a message an expression of strings. The verdict on an
/// object is the rule's, where an expression that fails admits (failurePolicy Ignore). Fails
/// with why a policy cannot say it, "it ...".
Result<PolicyDraft> draft_policy(const engine::CompiledRule& rule, const PolicyTarget& target,
                                 std::uint32_t kubernetes_minor);

/// The variables that `roots` read, directly or not, ascending.
std::vector<std::uint32_t> needed_variables(const PolicyDraft& draft,
                                            std::span<const std::uint32_t> roots);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_POLICY_DRAFT_H_
