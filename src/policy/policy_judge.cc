#include "policy/policy_judge.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

#include "cel/arena.h"
#include "engine/resource_values.h"
#include "policy/admission_request.h"
#include "policy/evaluation.h"
#include "policy/match.h"
#include "policy/params.h"
#include "policy/policy_findings.h"

namespace tidewaiter::policy {
namespace {

Severity severity_of(Action action) {
  switch (action) {
    case Action::kDeny: return Severity::kError;
    case Action::kWarn: return Severity::kWarning;
    case Action::kAudit: return Severity::kNote;
  }
  return Severity::kError;
}

/// The gravest action; Deny when there is none, which the API refuses.
Action gravest(const std::vector<Action>& actions) {
  const auto it =
      std::ranges::max_element(actions, {}, [](Action action) { return severity_of(action); });
  return it == actions.end() ? Action::kDeny : *it;
}

/// What a policy without binding is run as: with every object of the param's kind.
Binding implied_binding(const Policy& policy) {
  Binding binding{.name = {}, .policy_name = policy.name, .actions = {Action::kDeny}};
  if (policy.param_kind) binding.param_ref = ParamRef{.selector = LabelSelector()};
  return binding;
}

bool has_failed(const Decision& decision) {
  return decision.verdict == Verdict::kError && !decision.compile_error;
}

/// What failed takes its outcome from a second evaluation, which knows the defaults of the API.
void replace_failed(Evaluation& first, Evaluation second) {
  // A match condition stands alone for the validations that it kept from being looked at.
  if (first.decisions.size() != second.decisions.size() || second.skipped ||
      first.decisions.front().source != second.decisions.front().source) {
    first = std::move(second);
    return;
  }
  for (std::size_t i = 0; i < first.decisions.size(); ++i) {
    if (has_failed(first.decisions[i])) first.decisions[i] = std::move(second.decisions[i]);
  }
}

/// The kind and version of a request, for people.
std::string versioned(std::string_view group, std::string_view version,
                      std::string_view resource) {
  std::string text(group);
  if (!text.empty()) text += '/';
  return text.append(version).append(" ").append(resource);
}

}  // namespace

Severity severity_of(const BoundPolicy& policy) {
  Severity severity = Severity::kNote;
  for (const Binding& binding : policy.bindings) {
    severity = std::max(severity, severity_of(gravest(binding.actions)));
  }
  return policy.bindings.empty() ? Severity::kError : severity;
}

/// Judges one resource after the other; one for each thread.
class PolicyJudge::PolicyWorker final : public Worker {
 public:
  PolicyWorker(const PolicyJudge& judge, const engine::SourceMap& sources)
      : judge_(judge), sources_(sources) {}
  PolicyWorker(const PolicyWorker&) = delete;
  PolicyWorker& operator=(const PolicyWorker&) = delete;
  ~PolicyWorker() override {
    const std::lock_guard lock(judge_.mutex_);
    judge_.notes_.merge(notes_);
  }

  void judge(const k8s::Resource& resource, engine::Judgment& judgment) override {
    request_ = admission_request(resource, judge_.cluster_);
    if (is_exempt(request_)) return;
    resource_ = &resource;
    namespace_labels_ = namespace_labels(request_, judge_.cluster_);
    judge_.policies_.candidates(request_, candidates_);
    for (const std::uint32_t index : candidates_) {
      if (judge_.compiled_[index]) run(index, judgment);
    }
  }

  void inspect(const k8s::Resource& resource, engine::Judgment& judgment) override {
    const auto index = judge_.policy_of(resource);
    if (!index || !judge_.compiled_[*index]) return;
    const std::uint32_t rule = judge_.reports_[*index]->rule;
    add_refusals(resource, rule, judgment.failures);
    if (is_policy(resource)) add_faults(*judge_.compiled_[*index], rule, judgment.failures);
  }

 private:
  /// A use of the policy: with these params, on behalf of that binding.
  struct Use {
    const k8s::Resource* params = nullptr;
    std::string_view binding = {};
    Action action = Action::kDeny;
  };

  void run(std::uint32_t index, engine::Judgment& judgment) {
    const BoundPolicy& bound = judge_.policies_.policies()[index];
    if (!applies(bound.policy, {}, bound.policy.match_constraints, /*is_binding=*/false)) {
      return;
    }
    uses_.clear();
    use_of_params_.clear();
    if (bound.bindings.empty()) {
      if (!bound.has_clear_params()) return;
      add_uses(bound.policy, implied_binding(bound.policy));
    }
    for (const Binding& binding : bound.bindings) {
      if (binding.match_resources &&
          !applies(bound.policy, binding.name, *binding.match_resources, /*is_binding=*/true)) {
        continue;
      }
      add_uses(bound.policy, binding);
    }
    for (const Use& use : uses_) evaluate_use(index, use, judgment);
  }

  bool applies(const Policy& policy, std::string_view binding, const MatchResources& resources,
               bool is_binding) {
    const Match match = matches(resources, request_, namespace_labels_, is_binding);
    if (!match.error.empty()) notes_.misconfigured(policy.name, binding, match.error);
    if (match.guessed_namespace) {
      notes_.guessed_namespace(policy.name, namespace_labels_.name);
    }
    if (!match) return false;
    if (match.converted) {
      const ServedResource& served = *match.converted;
      notes_.unconverted(policy.name,
                         versioned(request_.group, request_.version, request_.resource),
                         versioned(served.group, served.version, served.resource));
    }
    return true;
  }

  /// Bindings that give the same params ask the same: the gravest of them is reported.
  void add_uses(const Policy& policy, const Binding& binding) {
    const ResolvedParams resolved = resolve_params(policy, &binding, request_, judge_.cluster_);
    if (!resolved.error.empty()) {
      notes_.misconfigured(policy.name, binding.name, resolved.error);
    }
    if (!resolved.absent.empty()) notes_.no_params(policy.name, binding.name, resolved.absent);
    Use use{.binding = binding.name, .action = gravest(binding.actions)};
    for (const k8s::Resource* params : resolved.params) {
      use.params = params;
      const auto [it, added] = use_of_params_.try_emplace(params, uses_.size());
      if (added) {
        uses_.push_back(use);
      } else if (severity_of(use.action) > severity_of(uses_[it->second].action)) {
        uses_[it->second] = use;
      }
    }
  }

  void evaluate_use(std::uint32_t index, const Use& use, engine::Judgment& judgment) {
    const CompiledPolicy& compiled = *judge_.compiled_[index];
    const PolicyReport& report = *judge_.reports_[index];
    const k8s::Resource* home = judge_.cluster_.namespace_named(request_.namespace_);
    EvaluationInput input{
        .request = &request_,
        .params = use.params == nullptr ? nullptr : use.params->object,
        .namespace_object = request_.namespaced && home != nullptr ? home->object : nullptr,
        .namespace_name = request_.namespaced ? request_.namespace_ : std::string_view()};
    Evaluation evaluation = evaluate(compiled, input, arena_);
    if (std::ranges::any_of(evaluation.decisions, has_failed)) {
      input.reading = Reading::kDefaulted;
      replace_failed(evaluation, evaluate(compiled, input, arena_));
    }
    const Ruling ruling{.policy = compiled.policy,
                        .resource = resource_,
                        .binding = use.binding,
                        .params = use.params,
                        .action = use.action,
                        .severity = report.severity.value_or(severity_of(use.action)),
                        .rule = report.rule};
    for (const Decision& decision : evaluation.decisions) add(ruling, decision, judgment);
    for (const Decision& decision : evaluation.failed_annotations) {
      add(ruling, decision, judgment);
    }
  }

  void add(const Ruling& ruling, const Decision& decision, engine::Judgment& judgment) {
    if (decision.guessed_namespace) {
      notes_.lacks_namespace(ruling.policy->name, request_.namespace_);
      // What is not there may be what no manifest shows.
      if (decision.verdict == Verdict::kError) return;
    }
    if (decision.verdict == Verdict::kAdmit || decision.compile_error) return;
    if (decision.needs_cluster) {
      notes_.asks_authorizer(ruling.policy->name);
    } else if (!decision.admitted) {
      judgment.findings.push_back(finding_of(ruling, decision, sources_));
    } else {
      judgment.failures.push_back(failure_of(ruling, decision));
    }
  }

  const PolicyJudge& judge_;
  const engine::SourceMap& sources_;
  PolicyNotes notes_;
  cel::Arena arena_;
  const k8s::Resource* resource_ = nullptr;  // the one that is judged, and what follows from it
  AdmissionRequest request_;
  NamespaceLabels namespace_labels_;
  std::vector<std::uint32_t> candidates_;
  std::vector<Use> uses_;
  std::unordered_map<const k8s::Resource*, std::size_t> use_of_params_;  // index into uses_
};

PolicyJudge::PolicyJudge(std::span<const k8s::Resource* const> resources)
    : policies_(resources), cluster_(resources), first_notes_(notes_on(policies_)) {
  const auto policies = policies_.policies();
  for (std::uint32_t i = 0; i < policies.size(); ++i) {
    by_resource_.emplace(policies[i].policy.resource, i);
    for (const Binding& binding : policies[i].bindings) {
      by_resource_.emplace(binding.resource, i);
    }
  }
}

void PolicyJudge::choose(std::vector<std::optional<PolicyReport>> reports,
                         std::uint32_t kubernetes_minor) {
  reports_ = std::move(reports);
  compiled_.clear();
  compiled_.resize(reports_.size());
  for (std::size_t i = 0; i < reports_.size(); ++i) {
    if (!reports_[i]) continue;
    compiled_[i] = compile_policy(policies_.policies()[i].policy, kubernetes_minor);
  }
}

std::unique_ptr<engine::ResourceJudge::Worker> PolicyJudge::worker(
    const engine::SourceMap& sources) const {
  return std::make_unique<PolicyWorker>(*this, sources);
}

bool PolicyJudge::concerns(const k8s::Resource& resource) const {
  const AdmissionRequest request = admission_request(resource, cluster_);
  std::vector<std::uint32_t> candidates;
  policies_.candidates(request, candidates);
  return !is_exempt(request) && std::ranges::any_of(candidates, [&](std::uint32_t index) {
    return compiled_[index].has_value();
  });
}

std::vector<Notification> PolicyJudge::notifications() const {
  std::vector<Notification> notes = first_notes_;
  std::ranges::move(notes_.notifications(), std::back_inserter(notes));
  return notes;
}

std::optional<std::uint32_t> PolicyJudge::policy_of(const k8s::Resource& resource) const {
  const auto it = by_resource_.find(&resource);
  if (it == by_resource_.end()) return std::nullopt;
  return it->second;
}

}  // namespace tidewaiter::policy
