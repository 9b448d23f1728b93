#include <string>

#include "k8s/manifest.h"
#include "policy/policy.h"
#include "support/catch.h"

using tidewaiter::policy::Action;
using tidewaiter::policy::Binding;
using tidewaiter::policy::FailurePolicy;
using tidewaiter::policy::is_binding;
using tidewaiter::policy::is_policy;
using tidewaiter::policy::Policy;
using tidewaiter::policy::read_binding;
using tidewaiter::policy::read_policy;
using tidewaiter::testing::Manifest;

namespace {

using Words = std::vector<std::string_view>;

std::string policy_with(const std::string& spec) {
  return "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\n"
         "metadata: {name: p}\nspec:\n" +
         spec;
}

std::string binding_with(const std::string& spec) {
  return "apiVersion: admissionregistration.k8s.io/v1\n"
         "kind: ValidatingAdmissionPolicyBinding\nmetadata: {name: b}\nspec:\n" +
         spec;
}

}  // namespace

TEST_CASE("policies and bindings are told by group, version and kind", "[policy]") {
  const auto kinds_of = [](std::string_view api_version, std::string_view kind) {
    const Manifest manifest("apiVersion: " + std::string(api_version) +
                            "\nkind: " + std::string(kind) + "\nmetadata: {name: p}\n");
    return std::pair{is_policy(manifest.resource(0)), is_binding(manifest.resource(0))};
  };
  for (const char* version : {"v1", "v1beta1", "v1alpha1"}) {
    const std::string api_version = std::string("admissionregistration.k8s.io/") + version;
    CHECK(kinds_of(api_version, "ValidatingAdmissionPolicy") == std::pair{true, false});
    CHECK(kinds_of(api_version, "ValidatingAdmissionPolicyBinding") == std::pair{false, true});
    CHECK(kinds_of(api_version, "MutatingAdmissionPolicy") == std::pair{false, false});
  }
  CHECK(kinds_of("admissionregistration.k8s.io/v2", "ValidatingAdmissionPolicy") ==
        std::pair{false, false});
  CHECK(kinds_of("example.com/v1", "ValidatingAdmissionPolicy") == std::pair{false, false});
}

TEST_CASE("a policy is read whole, in order", "[policy]") {
  const Manifest manifest(policy_with(R"yaml(
  failurePolicy: Ignore
  paramKind: {apiVersion: rules.example.com/v1, kind: Limit}
  matchConstraints:
    matchPolicy: Exact
    namespaceSelector: {matchLabels: {a: b}}
    objectSelector: {}
    resourceRules:
      - apiGroups: [apps, batch]
        apiVersions: ["*"]
        operations: [CREATE, UPDATE]
        resources: [deployments, jobs]
        resourceNames: [web]
        scope: Namespaced
      - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}
    excludeResourceRules:
      - {apiGroups: [apps], apiVersions: [v1], operations: ["*"], resources: ["*/scale"]}
  matchConditions:
    - {name: not-system, expression: "!request.name.startsWith('system-')"}
  variables:
    - {name: first, expression: object.spec}
    - {name: second, expression: variables.first.replicas}
  validations:
    - expression: variables.second < 5
      message: too many
      messageExpression: "'too many: ' + string(variables.second)"
      reason: Forbidden
    - expression: "true"
  auditAnnotations:
    - {key: replicas, valueExpression: string(variables.second)}
)yaml"));
  const Policy policy = read_policy(manifest.resource(0));
  CHECK(policy.resource == &manifest.resource(0));
  CHECK(policy.name == "p");
  CHECK(policy.failure_policy == FailurePolicy::kIgnore);
  REQUIRE(policy.param_kind);
  CHECK(policy.param_kind->api_version == "rules.example.com/v1");
  CHECK(policy.param_kind->kind == "Limit");

  const auto& match = policy.match_constraints;
  CHECK_FALSE(match.equivalent);
  CHECK_FALSE(match.namespace_selector.empty());
  CHECK(match.object_selector.empty());
  REQUIRE(match.resource_rules.size() == 2);
  const auto& rule = match.resource_rules[0];
  CHECK(rule.api_groups == Words{"apps", "batch"});
  CHECK(rule.api_versions == Words{"*"});
  CHECK(rule.operations == Words{"CREATE", "UPDATE"});
  CHECK(rule.resources == Words{"deployments", "jobs"});
  CHECK(rule.resource_names == Words{"web"});
  CHECK(rule.scope == "Namespaced");
  CHECK(match.resource_rules[1].scope == "*");
  CHECK(match.resource_rules[1].api_groups == Words{""});
  REQUIRE(match.exclude_resource_rules.size() == 1);
  CHECK(match.exclude_resource_rules[0].resources == Words{"*/scale"});

  REQUIRE(policy.match_conditions.size() == 1);
  CHECK(policy.match_conditions[0].name == "not-system");
  REQUIRE(policy.variables.size() == 2);
  CHECK(policy.variables[1].name == "second");
  CHECK(policy.variables[1].expression.text == "variables.first.replicas");
  REQUIRE(policy.validations.size() == 2);
  CHECK(policy.validations[0].expression.text == "variables.second < 5");
  CHECK(policy.validations[0].message == "too many");
  CHECK(policy.validations[0].message_expression.text.starts_with("'too many: '"));
  CHECK(policy.validations[0].reason == "Forbidden");
  CHECK(policy.validations[1].message.empty());
  CHECK(policy.validations[1].message_expression.empty());
  CHECK(policy.validations[1].reason == "Invalid");
  REQUIRE(policy.audit_annotations.size() == 1);
  CHECK(policy.audit_annotations[0].name == "replicas");
  CHECK(manifest.text(policy.audit_annotations[0].expression.node) ==
        "string(variables.second)");
}

TEST_CASE("a binding is read whole", "[policy]") {
  const Manifest manifest(binding_with(R"yaml(
  policyName: p
  validationActions: [Audit, Warn, Audit, Shout]
  paramRef:
    selector: {matchLabels: {a: b}}
    namespace: team
    parameterNotFoundAction: Allow
  matchResources:
    resourceRules: []
)yaml"));
  const Binding binding = read_binding(manifest.resource(0));
  CHECK(binding.name == "b");
  CHECK(binding.policy_name == "p");
  CHECK(binding.actions == std::vector{Action::kAudit, Action::kWarn});
  REQUIRE(binding.param_ref);
  CHECK(binding.param_ref->name.empty());
  CHECK(binding.param_ref->selector);
  CHECK(binding.param_ref->namespace_ == "team");
  CHECK_FALSE(binding.param_ref->deny_when_not_found);
  CHECK(binding.param_ref->node == manifest.root().find("spec")->find("paramRef"));
  REQUIRE(binding.match_resources);
  CHECK(binding.match_resources->equivalent);
}

TEST_CASE("the defaults of the API hold for what a policy leaves out", "[policy]") {
  const Manifest manifest(policy_with("  validations: []\n---\n") +
                          binding_with("  paramRef: {name: x}\n"));
  const Policy policy = read_policy(manifest.resource(0));
  CHECK(policy.failure_policy == FailurePolicy::kFail);
  CHECK_FALSE(policy.param_kind);
  CHECK(policy.match_constraints.equivalent);
  CHECK(policy.match_constraints.namespace_selector.empty());
  const Binding binding = read_binding(manifest.resource(1));
  CHECK(binding.param_ref->deny_when_not_found);
  CHECK_FALSE(binding.match_resources);
  CHECK(binding.actions.empty());
}

TEST_CASE("a field of another type counts as absent", "[policy]") {
  const Manifest manifest(
      policy_with(R"yaml(
  failurePolicy: [Ignore]
  paramKind: Limit
  matchConstraints:
    namespaceSelector: [a]
    resourceRules: {a: b}
    excludeResourceRules: [7, {apiGroups: apps, resources: [1, pods], scope: 3}]
  matchConditions: yes
  variables: [{name: 1, expression: 2}, null]
  validations: [text, {expression: null, message: 5}, {expression: true, reason: {}}]
)yaml") +
      "\n---\napiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\n"
      "metadata: {name: q}\nspec: 5\n");
  const Policy policy = read_policy(manifest.resource(0));
  CHECK(policy.failure_policy == FailurePolicy::kFail);
  CHECK_FALSE(policy.param_kind);
  CHECK(policy.match_constraints.namespace_selector.empty());
  CHECK(policy.match_constraints.resource_rules.empty());
  REQUIRE(policy.match_constraints.exclude_resource_rules.size() == 2);
  CHECK(policy.match_constraints.exclude_resource_rules[1].api_groups.empty());
  CHECK(policy.match_constraints.exclude_resource_rules[1].resources == Words{"", "pods"});
  CHECK(policy.match_constraints.exclude_resource_rules[1].scope == "*");
  CHECK(policy.match_conditions.empty());
  REQUIRE(policy.variables.size() == 2);
  CHECK(policy.variables[0].name.empty());
  CHECK_FALSE(policy.variables[0].expression.empty());
  CHECK(policy.variables[0].expression.text.empty());
  CHECK(policy.variables[1].expression.empty());

  // The index of a validation is that in the manifest.
  REQUIRE(policy.validations.size() == 3);
  CHECK(policy.validations[0].expression.empty());
  CHECK(policy.validations[1].expression.empty());
  CHECK(policy.validations[1].message.empty());
  CHECK_FALSE(policy.validations[2].expression.empty());
  CHECK(policy.validations[2].reason == "Invalid");

  CHECK(read_policy(manifest.resource(1)).validations.empty());
}
