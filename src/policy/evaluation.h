#ifndef TIDEWAITER_POLICY_EVALUATION_H_
#define TIDEWAITER_POLICY_EVALUATION_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cel/arena.h"
#include "policy/admission_request.h"
#include "policy/compiled_policy.h"
#include "yaml/node.h"

namespace tidewaiter::policy {

/// How manifests are shown to expressions.
enum class Reading : std::uint8_t {
  kAdmitted,   ///< Null entries dropped, numbers at quantity paths as text: semantics 10 a, b.
  kDefaulted,  ///< Likewise, and with what the API server fills in (ApiDefaults).
  kRaw,        ///< As written: policy-conformance.
};

/// What one validation (or match condition) came to.
enum class Verdict : std::uint8_t { kAdmit, kDeny, kError };

struct Decision {
  std::uint32_t index = 0;  ///< Of the validation (or audit annotation) in the policy.
  bool admitted = true;     ///< After failurePolicy.
  Verdict verdict = Verdict::kAdmit;
  std::string message = {};          ///< Of what was not admitted; with kError the error's too.
  std::string_view reason = {};      ///< "Invalid", "Forbidden" ... of a kDeny.
  const yaml::Node* node = nullptr;  ///< Where to point: the blame, or the node at fault.
  const Expression* source = nullptr;  ///< What was false or failed.
  std::string error = {};              ///< The bare reason of a kError.
  /// kError because of CompiledExpression::error: its own, or that of a variable it reads.
  bool compile_error = false;
  bool needs_cluster = false;  ///< kError because only a cluster can answer `authorizer`.
  /// It read the namespaceObject of a namespace that no manifest shows.
  bool guessed_namespace = false;
};

struct AuditAnnotation {
  std::string_view key;
  std::string value;
};

/// What a policy came to for one request and one param.
struct Evaluation {
  bool skipped = false;  ///< A match condition is false (or failed under Ignore).
  /// One for each validation, in order. When match conditions failed under failurePolicy Fail a
  /// single one, not admitted, whose source is the first condition that failed.
  std::vector<Decision> decisions = {};
  std::vector<AuditAnnotation> audit_annotations =
      {};  ///< Those that are neither null nor blank.
  /// Of the annotations that failed; not admitted under failurePolicy Fail.
  std::vector<Decision> failed_annotations = {};
};

/// What the expressions see. All may be null.
struct EvaluationInput {
  const AdmissionRequest* request = nullptr;     ///< Never null.
  const yaml::Node* params = nullptr;            ///< `params` is null without.
  const yaml::Node* namespace_object = nullptr;  ///< The Namespace's manifest.
  /// For a namespace that no manifest has: namespaceObject with this name and its one label.
  std::string_view namespace_name = {};
  Reading reading = Reading::kAdmitted;
};

/// Evaluates a policy that matches, as the API server's validator does (shared semantics, 2 to
/// 8): match conditions, then every validation, then audit annotations. Thread-safe; `arena` is
/// scratch, reset inside.
Evaluation evaluate(const CompiledPolicy& policy, const EvaluationInput& input,
                    cel::Arena& arena);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_EVALUATION_H_
