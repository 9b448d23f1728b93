#ifndef TIDEWAITER_POLICY_POLICY_EXPORT_H_
#define TIDEWAITER_POLICY_POLICY_EXPORT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/selection.h"
#include "policy/policy.h"
#include "tidewaiter/result.h"
#include "yaml/emit.h"

namespace tidewaiter::policy {

/// How rules are written as policies.
struct ExportOptions {
  std::optional<Action> action =
      {};  ///< Of all bindings; nothing: each check's by its severity.
  std::span<const std::string_view> profiles = {};  ///< For the values of params.
  std::uint32_t kubernetes_minor = 0;               ///< 1.N: what kubernetesMinor() is.
};

/// A ValidatingAdmissionPolicy and its binding, both of this name.
struct ExportedPolicy {
  std::string name;
  Action action = Action::kDeny;
  /// The oldest Kubernetes, 1.N, whose API server takes the policy when it is created. It lags
  /// behind the functions: an API server compiles new expressions as the release before it
  /// would, so that it can be rolled back (DefaultCompatibilityVersion in k8s.io/apiserver).
  std::uint32_t oldest_minor = 0;
  yaml::Tree policy = {};
  yaml::Tree binding = {};
};

/// Writes a rule as ValidatingAdmissionPolicies, one for each action that its checks call for:
/// Deny for errors, Warn for warnings, Audit for notes. What they refuse when an object is
/// created is what the rule finds in it; where the rule is silent because something cannot be
/// evaluated, they admit. Fails with why the rule has no policy: "it calls image(), ...".
Result<std::vector<ExportedPolicy>> export_rule(const engine::SelectedRule& rule,
                                                const ExportOptions& options);

/// "Deny", "Warn" or "Audit".
std::string_view name_of(Action action);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_POLICY_EXPORT_H_
