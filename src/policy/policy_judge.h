#ifndef TIDEWAITER_POLICY_POLICY_JUDGE_H_
#define TIDEWAITER_POLICY_POLICY_JUDGE_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/resource_judge.h"
#include "policy/cluster.h"
#include "policy/compiled_policy.h"
#include "policy/policy_notes.h"
#include "policy/policy_set.h"
#include "tidewaiter/finding.h"
#include "tidewaiter/reporter.h"

namespace tidewaiter::policy {

/// How the findings of one policy are reported.
struct PolicyReport {
  std::uint32_t rule = 0;  ///< Index among the selected rules, for RawFinding::rule.
  std::optional<Severity> severity = {};  ///< Set by the user; replaces the actions'.
};

/// Runs every ValidatingAdmissionPolicy of a run on every resource, as the API server would
/// when the resource is created, and turns what is not admitted into findings: Deny is an
/// error, Warn a warning, Audit a note. What only a cluster can know makes it silent, with a
/// notification. Borrows the resources. First choose(), then judge.
class PolicyJudge final : public engine::ResourceJudge {
 public:
  /// `resources`: all that was read, in the order of the files.
  explicit PolicyJudge(std::span<const k8s::Resource* const> resources);

  const PolicySet& policies() const { return policies_; }

  /// Says which policies run, one item for each of policies().policies() (nothing: it does
  /// not), and compiles those for Kubernetes 1.`kubernetes_minor`.
  void choose(std::vector<std::optional<PolicyReport>> reports, std::uint32_t kubernetes_minor);

  std::unique_ptr<Worker> worker(const engine::SourceMap& sources) const override;
  bool concerns(const k8s::Resource& resource) const override;

  /// What else the user should know, once all workers are gone; the resources may be, too.
  std::vector<Notification> notifications() const;

 private:
  class PolicyWorker;

  /// The index of a policy, or of the one that a binding names; nothing for other resources.
  std::optional<std::uint32_t> policy_of(const k8s::Resource& resource) const;

  PolicySet policies_;
  Cluster cluster_;
  std::unordered_map<const k8s::Resource*, std::uint32_t> by_resource_;
  std::vector<std::optional<PolicyReport>> reports_;
  std::vector<std::optional<CompiledPolicy>> compiled_;
  std::vector<Notification> first_notes_;  // known before anything is judged
  mutable std::mutex mutex_;               // of notes_
  mutable PolicyNotes notes_;
};

/// The severity of the findings of a policy: that of the gravest action of its bindings.
Severity severity_of(const BoundPolicy& policy);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_POLICY_JUDGE_H_
