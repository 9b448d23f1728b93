#ifndef TIDEWAITER_POLICY_POLICY_FINDINGS_H_
#define TIDEWAITER_POLICY_POLICY_FINDINGS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/judgment.h"
#include "engine/source_map.h"
#include "k8s/resource.h"
#include "policy/compiled_policy.h"
#include "policy/evaluation.h"
#include "policy/policy.h"
#include "tidewaiter/finding.h"

namespace tidewaiter::policy {

/// For whom, and how gravely, something was not admitted.
struct Ruling {
  const Policy* policy = nullptr;
  const k8s::Resource* resource = nullptr;  ///< What was judged.
  std::string_view binding = {};            ///< Empty: the policy has none.
  const k8s::Resource* params = nullptr;    ///< Null: none.
  Action action = Action::kDeny;
  Severity severity = Severity::kError;
  std::uint32_t rule = 0;  ///< For RawFinding::rule.
};

/// The finding for a decision that did not admit the resource. Its place is the decision's if
/// that lies in the resource, else the resource; related is what the policy says, and the part
/// of the params that decided.
engine::RawFinding finding_of(const Ruling& ruling, const Decision& decision,
                              const engine::SourceMap& sources);

/// TW014 for an expression that failed while failurePolicy Ignore admitted the resource.
engine::RuleFailure failure_of(const Ruling& ruling, const Decision& decision);

/// TW014 for every expression of the policy that does not compile, at its place in the
/// policy's manifest: an error, or a warning for a message, which the API server passes over.
void add_faults(const CompiledPolicy& policy, std::uint32_t rule,
                std::vector<engine::RuleFailure>& failures);

/// TW014 for everything that keeps the API server from storing a policy or binding at all.
void add_refusals(const k8s::Resource& resource, std::uint32_t rule,
                  std::vector<engine::RuleFailure>& failures);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_POLICY_FINDINGS_H_
