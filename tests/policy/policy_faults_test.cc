#include "policy/policy_faults.h"

#include <string>
#include <vector>

#include "k8s/manifest.h"
#include "support/catch.h"

using tidewaiter::policy::faults_of_binding;
using tidewaiter::policy::faults_of_policy;
using tidewaiter::policy::PolicyFault;
using tidewaiter::testing::Manifest;

namespace {

using Messages = std::vector<std::string>;

Messages messages(const std::vector<PolicyFault>& faults) {
  Messages result;
  for (const PolicyFault& fault : faults) {
    CHECK(fault.node != nullptr);
    result.push_back(fault.message);
  }
  return result;
}

Messages of_policy(const std::string& spec) {
  const Manifest manifest(
      "apiVersion: admissionregistration.k8s.io/v1\n"
      "kind: ValidatingAdmissionPolicy\nmetadata: {name: p}\n" +
      spec);
  return messages(faults_of_policy(manifest.resource(0)));
}

Messages of_binding(const std::string& spec) {
  const Manifest manifest(
      "apiVersion: admissionregistration.k8s.io/v1\n"
      "kind: ValidatingAdmissionPolicyBinding\nmetadata: {name: b}\nspec: {" +
      spec + "}\n");
  return messages(faults_of_binding(manifest.resource(0)));
}

const std::string kRule =
    "{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}";
const std::string kMatch = "matchConstraints: {resourceRules: [" + kRule + "]}";
const std::string kValidations = "validations: [{expression: 'true'}]";

Messages of_rule(const std::string& rule) {
  return of_policy("spec: {matchConstraints: {resourceRules: [" + rule + "]}, " + kValidations +
                   "}");
}

/// A policy that is valid but for one more entry.
Messages with(const std::string& entry) {
  return of_policy("spec: {" + kMatch + ", " + kValidations + ", " + entry + "}");
}

Messages of_validation(const std::string& validation) {
  return of_policy("spec: {" + kMatch + ", validations: [" + validation + "]}");
}

}  // namespace

TEST_CASE("a policy that the API takes has no fault", "[policy]") {
  CHECK(of_rule(kRule).empty());
  CHECK(with("failurePolicy: Ignore").empty());
  CHECK(with("paramKind: {apiVersion: v1, kind: ConfigMap}").empty());
  CHECK(with("matchConditions: [{name: a, expression: b}, {name: b, expression: b}]").empty());
  CHECK(with("variables: [{name: a, expression: b}]").empty());
  CHECK(with("failurePolicy: null").empty());
  CHECK(of_policy("spec: {" + kMatch + ", auditAnnotations: [{key: a, valueExpression: b}]}")
            .empty());
  CHECK(of_validation("{expression: a, reason: Forbidden, message: \"one line\\n\"}").empty());
}

TEST_CASE("a policy that would never match is told", "[policy]") {
  CHECK(of_policy("spec: 5") == Messages{"'spec' of the policy is no mapping."});
  CHECK(of_policy("") == Messages{"'spec' of the policy is missing."});
  CHECK(of_policy("spec: {" + kValidations + "}") ==
        Messages{"'matchConstraints' of the policy is missing."});
  CHECK(of_policy("spec: {matchConstraints: {}, " + kValidations + "}") ==
        Messages{"'resourceRules' of matchConstraints is missing."});
  CHECK(of_policy("spec: {matchConstraints: {resourceRules: []}, " + kValidations + "}") ==
        Messages{"'resourceRules' of matchConstraints is empty."});
  CHECK(of_rule("{apiGroups: [''], apiVersions: [v1], resources: [pods]}") ==
        Messages{"'operations' of a resource rule is missing."});
  CHECK(
      of_rule("{apiGroups: '', apiVersions: [], operations: [create], resources: [Pod, 5]}") ==
      Messages{"'apiGroups' of a resource rule is no list.",
               "'apiVersions' of a resource rule is empty.",
               "An operation of a resource rule is 'create', not CREATE, UPDATE, DELETE, "
               "CONNECT or *.",
               "The resource 'Pod' of a resource rule has capital letters: it is named by the "
               "plural, such as 'pods', not by the kind.",
               "An item of 'resources' of a resource rule is no string."});
  CHECK(of_rule("{apiGroups: ['*', apps], apiVersions: ['*'], operations: ['*'], "
                "resources: [pods], scope: Galaxy}") ==
        Messages{"'apiGroups' of a resource rule has '*' and more: '*' stands alone.",
                 "'scope' of a resource rule is 'Galaxy', not Cluster, Namespaced or *."});
  CHECK(of_policy("spec: {matchConstraints: {matchPolicy: exact, objectSelector: "
                  "{matchExpressions: [{key: a, operator: In}]}, excludeResourceRules: [{}], "
                  "resourceRules: [" +
                  kRule + "]}, " + kValidations + "}")
            .size() == 6);
}

TEST_CASE("a policy that asks for nothing, or by no name, is told", "[policy]") {
  CHECK(of_policy("spec: {" + kMatch + "}") ==
        Messages{"The policy has neither validations nor auditAnnotations, so it asks for "
                 "nothing."});
  CHECK(with("failurePolicy: ignore") ==
        Messages{"'failurePolicy' of the policy is 'ignore', not Fail or Ignore."});
  CHECK(with("failurePolicy: [Fail]") ==
        Messages{"'failurePolicy' of the policy is not Fail or Ignore."});
  CHECK(with("paramKind: {apiVersion: ' '}") ==
        Messages{"'apiVersion' of paramKind is empty.", "'kind' of paramKind is missing."});
  CHECK(with("matchConditions: [{name: a, expression: b}, {name: a}]") ==
        Messages{"'expression' of a match condition is missing.",
                 "Two match conditions have the name 'a'."});
  CHECK(with("variables: [5]") ==
        Messages{"'name' of a variable is missing.", "'expression' of a variable is missing."});
  CHECK(with("auditAnnotations: [{key: a, valueExpression: 5}]") ==
        Messages{"'valueExpression' of an audit annotation is no string."});
  CHECK(of_validation("{message: a}") == Messages{"'expression' of a validation is missing."});
  CHECK(of_validation("{expression: true}") ==
        Messages{"'expression' of a validation is no string."});
  CHECK(of_validation("{expression: a, reason: Bad, message: \"a\\nb\"}") ==
        Messages{"'reason' of a validation is 'Bad', not Unauthorized, Forbidden, Invalid or "
                 "RequestEntityTooLarge.",
                 "'message' of a validation is of several lines: one is allowed."});
  CHECK(of_validation("{expression: a, message: ' '}") ==
        Messages{"'message' of a validation is blank."});

  std::string many;
  for (int i = 0; i < 65; ++i) many += "{name: a" + std::to_string(i) + ", expression: b}, ";
  CHECK(with("matchConditions: [" + many + "]") ==
        Messages{"The policy has 65 match conditions: 64 are allowed."});
}

TEST_CASE("what the API refuses in a binding is told", "[policy]") {
  const std::string good = "policyName: p, validationActions: [Deny, Audit]";
  CHECK(of_binding(good).empty());
  CHECK(of_binding(good + ", matchResources: {}").empty());
  CHECK(of_binding(good + ", paramRef: {selector: {}, parameterNotFoundAction: Deny}").empty());
  CHECK(of_binding("policyName: p") ==
        Messages{"'validationActions' of the binding is missing."});
  CHECK(of_binding("validationActions: [Warn, Deny, Warn, Shout]") ==
        Messages{"'policyName' of the binding is missing.",
                 "validationActions holds Warn twice.",
                 "A validation action is 'Shout', not Deny, Warn or Audit.",
                 "validationActions has both Deny and Warn: keep one of them."});
  CHECK(of_binding(good + ", paramRef: {name: a, selector: {}}") ==
        Messages{"paramRef has both name and selector: keep one of them.",
                 "paramRef has no parameterNotFoundAction: add Allow or Deny."});
  CHECK(of_binding(good + ", paramRef: {parameterNotFoundAction: Maybe}") ==
        Messages{"paramRef has neither name nor selector: add one of them.",
                 "'parameterNotFoundAction' of paramRef is 'Maybe', not Allow or Deny."});
  CHECK(of_binding(good + ", matchResources: {resourceRules: [{}]}").size() == 4);
}
