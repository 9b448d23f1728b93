#ifndef TIDEWAITER_TESTS_POLICY_JUDGED_POLICY_H_
#define TIDEWAITER_TESTS_POLICY_JUDGED_POLICY_H_

#include <string>
#include <utility>

#include "cel/arena.h"
#include "k8s/manifest.h"
#include "policy/admission_request.h"
#include "policy/cluster_of.h"
#include "policy/compiled_policy.h"
#include "policy/evaluation.h"
#include "policy/policy.h"
#include "yaml/place.h"

namespace tidewaiter::testing {

/// A policy made of the `spec` in `text` (YAML, not indented), and its evaluations.
class JudgedPolicy {
 public:
  explicit JudgedPolicy(const std::string& text)
      : manifest_(
            "apiVersion: admissionregistration.k8s.io/v1\n"
            "kind: ValidatingAdmissionPolicy\nmetadata: {name: p}\nspec:\n" +
            indented(text)),
        policy_(policy::read_policy(manifest_.resource(0))),
        compiled_(policy::compile_policy(policy_, 0)) {}

  const policy::Policy& policy() const { return policy_; }
  const policy::CompiledPolicy& compiled() const { return compiled_; }

  /// The evaluation for the creation of `object`; the rest of the input as given.
  policy::Evaluation judge(const ClusterOf& object, policy::EvaluationInput input = {}) {
    request_ = policy::admission_request(object.resource(0), object.cluster());
    if (user != nullptr) request_.user = user;
    input.request = &request_;
    if (request_.namespaced && input.namespace_name.empty()) {
      input.namespace_name = request_.namespace_;
    }
    return policy::evaluate(compiled_, input, arena_);
  }

  /// The first validation: "admit", "deny: message" or "error: reason".
  std::string verdict(const ClusterOf& object, const policy::EvaluationInput& input = {}) {
    const policy::Evaluation evaluation = judge(object, input);
    if (evaluation.skipped) return "skipped";
    const policy::Decision& decision = evaluation.decisions.at(0);
    switch (decision.verdict) {
      case policy::Verdict::kAdmit: return "admit";
      case policy::Verdict::kDeny: return "deny: " + decision.message;
      case policy::Verdict::kError: return "error: " + decision.error;
    }
    return {};
  }

  const policy::UserInfo* user = nullptr;

 private:
  static std::string indented(const std::string& text) {
    std::string result = "  ";
    for (const char c : text) {
      result += c;
      if (c == '\n') result += "  ";
    }
    return result + '\n';
  }

  Manifest manifest_;
  policy::Policy policy_;
  policy::CompiledPolicy compiled_;
  policy::AdmissionRequest request_;
  cel::Arena arena_;
};

/// A policy with one validation.
inline JudgedPolicy policy_of(const std::string& expression) {
  return JudgedPolicy("validations:\n- expression: >-\n    " + expression + "\n");
}

}  // namespace tidewaiter::testing

#endif  // TIDEWAITER_TESTS_POLICY_JUDGED_POLICY_H_
