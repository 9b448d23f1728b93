#ifndef TIDEWAITER_POLICY_POLICY_H_
#define TIDEWAITER_POLICY_POLICY_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "k8s/resource.h"
#include "policy/label_selector.h"
#include "yaml/node.h"

// ValidatingAdmissionPolicy and its binding (admissionregistration.k8s.io/v1; v1beta1 and
// v1alpha1 read the same) as their manifests say them. Everything borrows from the documents.
namespace tidewaiter::policy {

/// A CEL text and the scalar that holds it; `node` is null when the manifest has none.
struct Expression {
  std::string_view text = {};
  const yaml::Node* node = nullptr;

  bool empty() const { return node == nullptr; }
};

/// A variable, a match condition (`name`) or an audit annotation (its `key`).
struct NamedExpression {
  std::string_view name;
  Expression expression;
};

/// NamedRuleWithOperations: every list holds exact words or "*".
struct ResourceRule {
  std::vector<std::string_view> api_groups = {};
  std::vector<std::string_view> api_versions = {};
  std::vector<std::string_view> resources = {};  ///< "pods", "pods/status", "*/*" ...
  std::vector<std::string_view> operations = {};
  std::vector<std::string_view> resource_names = {};  ///< Empty: every name.
  std::string_view scope = "*";                       ///< "Cluster", "Namespaced" or "*".
};

/// MatchResources of a policy (matchConstraints) or a binding (matchResources).
struct MatchResources {
  LabelSelector namespace_selector = {};
  LabelSelector object_selector = {};
  std::vector<ResourceRule> resource_rules = {};
  std::vector<ResourceRule> exclude_resource_rules = {};
  bool equivalent = true;  ///< matchPolicy: Equivalent, not Exact.
};

struct Validation {
  Expression expression;
  std::string_view message = {};  ///< As written; empty when absent.
  Expression message_expression = {};
  std::string_view reason = "Invalid";
};

enum class FailurePolicy : std::uint8_t { kFail, kIgnore };

struct ParamKind {
  std::string_view api_version;
  std::string_view kind;
};

/// A ValidatingAdmissionPolicy.
struct Policy {
  const k8s::Resource* resource = nullptr;
  std::string_view name;
  FailurePolicy failure_policy = FailurePolicy::kFail;
  std::optional<ParamKind> param_kind = {};
  MatchResources match_constraints = {};
  std::vector<NamedExpression> match_conditions = {};
  std::vector<NamedExpression> variables = {};
  std::vector<Validation> validations = {};
  std::vector<NamedExpression> audit_annotations = {};
};

enum class Action : std::uint8_t { kDeny, kWarn, kAudit };

/// paramRef: `name` or `selector`, never both.
struct ParamRef {
  std::string_view name = {};
  std::optional<LabelSelector> selector = {};
  std::string_view namespace_ = {};  ///< Empty: that of the object.
  bool deny_when_not_found = true;   ///< parameterNotFoundAction: Deny.
  const yaml::Node* node = nullptr;  ///< The paramRef itself, for places.
};

/// A ValidatingAdmissionPolicyBinding.
struct Binding {
  const k8s::Resource* resource = nullptr;
  std::string_view name;
  std::string_view policy_name;
  std::vector<Action> actions = {};  ///< validationActions, in order, each once.
  std::optional<ParamRef> param_ref = {};
  std::optional<MatchResources> match_resources = {};  ///< Nothing: everything.
};

bool is_policy(const k8s::Resource& resource);
bool is_binding(const k8s::Resource& resource);

/// Reads a resource for which is_policy holds. Never fails: a field of another type than the
/// API's counts as absent (an expression that is no string is one that does not compile).
Policy read_policy(const k8s::Resource& resource);
/// Reads a resource for which is_binding holds, likewise.
Binding read_binding(const k8s::Resource& resource);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_POLICY_H_
