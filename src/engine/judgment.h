#ifndef TIDEWAITER_ENGINE_JUDGMENT_H_
#define TIDEWAITER_ENGINE_JUDGMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/raw_finding.h"
#include "k8s/resource.h"
#include "yaml/node.h"

namespace tidewaiter::engine {

/// An evaluation that failed: a built-in rule is silent for that resource and is counted; a
/// user's rule or policy gives TW014.
struct RuleFailure {
  std::uint32_t rule = 0;  ///< Index into the selected rules.
  const k8s::Resource* resource = nullptr;
  std::string expression;
  std::string reason;                ///< A sentence.
  const yaml::Node* node = nullptr;  ///< The node at fault; null if none is known.
  /// What to say instead of "Rule 'x' could not judge ..." with expression and reason.
  std::string message = {};
  std::optional<Severity> severity = {};  ///< Instead of TW014's.
  std::optional<RawPlace> at = {};        ///< A closer place than the node's, inside its text.
  bool wrong_type = false;  ///< A node has another type than the API's: no bug of ours.
  bool too_much = false;    ///< The resource is too large for the rule.
};

/// What judging one resource gave.
struct Judgment {
  std::vector<RawFinding> findings;
  std::vector<RuleFailure> failures;
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_JUDGMENT_H_
