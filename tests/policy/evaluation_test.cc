#include "policy/evaluation.h"

#include <string>

#include "policy/judged_policy.h"
#include "support/catch.h"

namespace tidewaiter::policy {
namespace {

using testing::ClusterOf;
using testing::JudgedPolicy;
using testing::policy_of;

constexpr const char* kPod = R"(apiVersion: v1
kind: Pod
metadata: {name: p, namespace: ns1, labels: {app: x}}
spec:
  hostNetwork: true
  priority: null
  containers:
  - name: c
    image: nginx
    resources: {limits: {cpu: 0.5, memory: 1024Mi}, requests: {memory: 1.5e9}}
)";

std::string verdict(const std::string& expression, const std::string& object = kPod,
                    const EvaluationInput& input = {}) {
  return policy_of(expression).verdict(ClusterOf(object), input);
}

bool holds(const std::string& expression, const std::string& object = kPod,
           const EvaluationInput& input = {}) {
  const std::string result = verdict(expression, object, input);
  if (result != "admit") UNSCOPED_INFO(result);
  return result == "admit";
}

}  // namespace

TEST_CASE("all validations are evaluated", "[evaluation]") {
  JudgedPolicy policy(
      "validations: [{expression: 'true'}, {expression: 'false', reason: Forbidden},"
      " {expression: object.nope == 1}, {expression: 1 == 1}]");
  const ClusterOf pod(kPod);
  const Evaluation evaluation = policy.judge(pod);
  REQUIRE(evaluation.decisions.size() == 4);
  CHECK(evaluation.decisions[0].admitted);
  CHECK(evaluation.decisions[1].verdict == Verdict::kDeny);
  CHECK(evaluation.decisions[1].reason == "Forbidden");
  CHECK(evaluation.decisions[1].node == pod.resource(0).object);
  CHECK(evaluation.decisions[2].verdict == Verdict::kError);
  CHECK(evaluation.decisions[2].message ==
        "expression 'object.nope == 1' resulted in error: There is no field 'nope'.");
  CHECK(evaluation.decisions[3].admitted);
}

TEST_CASE("failurePolicy decides on errors, not on false", "[evaluation]") {
  JudgedPolicy policy(
      "failurePolicy: Ignore\n"
      "validations: [{expression: 'false'}, {expression: object.nope == 1}, {expression: "
      "'1'}]");
  const Evaluation evaluation = policy.judge(ClusterOf(kPod));
  CHECK(!evaluation.decisions.at(0).admitted);
  CHECK(evaluation.decisions.at(1).admitted);
  CHECK(evaluation.decisions.at(1).verdict == Verdict::kError);
  CHECK(evaluation.decisions.at(2).admitted);
  CHECK(evaluation.decisions.at(2).compile_error);
}

TEST_CASE("the message is the computed one, else the written one, else the expression",
          "[evaluation]") {
  const auto message = [](const std::string& lines) {
    JudgedPolicy policy("validations:\n- expression: \" 1 > 2 \\n\"\n" + lines);
    return policy.judge(ClusterOf(kPod)).decisions.at(0).message;
  };
  CHECK(message("") == "failed expression: 1 > 2");
  CHECK(message("  message: ' hello '\n") == "hello");
  CHECK(message("  message: '  '\n") == "failed expression: 1 > 2");
  const std::string written = "  message: m\n  messageExpression: ";
  CHECK(message(written + "\"' x '\"\n") == "x");
  CHECK(message(written + "\"'\\u00A0x\\u3000'\"\n") == "x");
  CHECK(message(written + "\"'  '\"\n") == "m");
  CHECK(message(written + "\"'a\\\\nb'\"\n") == "m");
  CHECK(message(written + "object.metadata.name\n") == "m");
  CHECK(message(written + "string(object.nope)\n") == "m");
  CHECK(message(written + "\"'" + std::string(5 * 1024, 'a') + "'\"\n").size() == 5 * 1024);
  CHECK(message(written + "\"'" + std::string(5 * 1024 + 1, 'a') + "'\"\n") == "m");
}

TEST_CASE("one false match condition skips the policy, whatever else fails", "[evaluation]") {
  const auto judge = [](const std::string& head, const std::string& conditions) {
    JudgedPolicy policy(head + "matchConditions:\n" + conditions +
                        "validations: [{expression: 'false'}]");
    return policy.judge(ClusterOf(kPod));
  };
  const std::string fails = "- {name: a, expression: object.nope == 1}\n";
  const std::string is_false = "- {name: b, expression: 'false'}\n";
  const std::string is_true = "- {name: c, expression: 'true'}\n";
  CHECK(judge("", fails + is_false).skipped);
  CHECK(judge("", is_false + fails).skipped);
  CHECK(!judge("", is_true).skipped);
  CHECK(judge("failurePolicy: Ignore\n", is_true + fails).skipped);

  const Evaluation evaluation = judge("", is_true + fails + fails);
  CHECK(!evaluation.skipped);
  REQUIRE(evaluation.decisions.size() == 1);
  CHECK(evaluation.decisions[0].verdict == Verdict::kError);
  CHECK(!evaluation.decisions[0].admitted);
  CHECK(evaluation.decisions[0].message.find("'object.nope == 1'") != std::string::npos);
}

TEST_CASE("match conditions see no namespace, not even through variables", "[evaluation]") {
  JudgedPolicy policy(
      "variables: [{name: none, expression: namespaceObject == null}]\n"
      "matchConditions: [{name: a, expression: variables.none}]\n"
      "validations: [{expression: '!variables.none'}]");
  CHECK(policy.verdict(ClusterOf(kPod)) == "admit");
}

TEST_CASE("a variable matters only where it is used, and is absorbed like any error",
          "[evaluation]") {
  JudgedPolicy policy(
      "variables:\n- {name: bad, expression: object.nope.x}\n"
      "- {name: worse, expression: nope(1)}\n- {name: from, expression: variables.bad}\n"
      "validations:\n- expression: \"true || variables.bad == 1 || variables.worse == 1\"\n"
      "- expression: variables.from == 1\n- expression: variables.worse == 1\n"
      "- expression: has(variables.bad)\n");
  const Evaluation evaluation = policy.judge(ClusterOf(kPod));
  CHECK(evaluation.decisions.at(0).admitted);
  CHECK(evaluation.decisions.at(1).error ==
        "The variable 'bad' cannot be evaluated: There is no field 'nope'.");
  CHECK(evaluation.decisions.at(2).error.find("The variable 'worse' does not compile:") == 0);
  CHECK(evaluation.decisions.at(2).compile_error);
  CHECK(evaluation.decisions.at(3).verdict == Verdict::kError);
}

TEST_CASE("the request has no fields that are not set", "[evaluation]") {
  CHECK(holds("request.kind == request.requestKind && request.kind.kind == 'Pod'"));
  CHECK(holds("request.resource.resource == 'pods' && request.resource.group == ''"));
  CHECK(holds("request.name == 'p' && request.namespace == 'ns1'"));
  CHECK(holds("request.operation == 'CREATE' && !request.dryRun && has(request.options)"));
  CHECK(holds("!has(request.subResource) && !has(request.userInfo.username)"));
  CHECK(verdict("request.subResource == ''") == "error: There is no field 'subResource'.");
  CHECK(verdict("'a' in request.userInfo.groups").find("error") == 0);
  CHECK(holds("oldObject == null"));
  const std::string generated = "apiVersion: v1\nkind: Pod\nmetadata: {generateName: p-}\n";
  CHECK(holds("!has(request.name) && request.namespace == 'default'", generated));
  CHECK(holds("object.metadata.namespace == 'default'", generated));
  CHECK(
      holds("object.metadata.all(k, k in ['namespace', 'generateName']) && "
            "size(object.metadata) == 2",
            generated));

  const UserInfo user{.username = "u", .groups = {"a"}, .extra = {{"k", {"v"}}}};
  JudgedPolicy policy = policy_of(
      "request.userInfo.username == 'u' && 'a' in request.userInfo.groups && "
      "request.userInfo.extra['k'] == ['v'] && !has(request.userInfo.uid)");
  policy.user = &user;
  CHECK(policy.verdict(ClusterOf(kPod)) == "admit");
}

TEST_CASE("namespaceObject is the namespace's manifest, or what all have", "[evaluation]") {
  CHECK(
      holds("namespaceObject.metadata.name == 'ns1' && "
            "namespaceObject.metadata.labels == {'kubernetes.io/metadata.name': 'ns1'} && "
            "!has(namespaceObject.metadata.annotations) && has(namespaceObject.spec) && "
            "!has(namespaceObject.status.phase)"));
  const ClusterOf home(
      "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ns1\n  labels: {team: a}\n"
      "  ownerReferences: []\n");
  const EvaluationInput input{.namespace_object = home.resource(0).object};
  CHECK(
      holds("namespaceObject.metadata.labels.team == 'a' && "
            "namespaceObject.metadata.labels['kubernetes.io/metadata.name'] == 'ns1' && "
            "!has(dyn(namespaceObject).metadata.ownerReferences)",
            kPod, input));
  const std::string role =
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n";
  CHECK(holds("namespaceObject == null && !has(request.namespace)", role, input));
  CHECK(holds("namespaceObject == null && request.namespace == 'team'",
              "apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n"));
}

TEST_CASE("params are null without an object, and the object with one", "[evaluation]") {
  const std::string head = "paramKind: {apiVersion: v1, kind: ConfigMap}\nvalidations:\n";
  JudgedPolicy none(head + "- expression: \"params == null && !has(params.data)\"\n");
  CHECK(none.verdict(ClusterOf(kPod)) == "admit");
  JudgedPolicy some(head + "- expression: \"int(params.data.max) == 5\"\n");
  CHECK(some.verdict(ClusterOf(kPod)) == "error: Null has no field 'data'.");
  const ClusterOf params(
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n"
      "data: {max: '5'}\n");
  CHECK(some.verdict(ClusterOf(kPod), {.params = params.resource(0).object}) == "admit");
}

TEST_CASE("only a cluster knows what the authorizer says", "[evaluation]") {
  JudgedPolicy policy(
      "variables: [{name: a, expression: \"authorizer.path('/x').check('get').allowed()\"}]\n"
      "validations:\n- expression: variables.a\n- expression: \"true || variables.a\"\n"
      "- expression: object.nope == 1\n");
  const Evaluation evaluation = policy.judge(ClusterOf(kPod));
  CHECK(evaluation.decisions.at(0).needs_cluster);
  CHECK(evaluation.decisions.at(1).admitted);
  CHECK(!evaluation.decisions.at(2).needs_cluster);
  CHECK(policy.judge(ClusterOf(kPod), {.reading = Reading::kRaw}).decisions.at(0).verdict ==
        Verdict::kDeny);
}

TEST_CASE("only a cluster knows a namespace that no manifest shows", "[evaluation]") {
  JudgedPolicy policy(
      "variables: [{name: e, expression: namespaceObject.metadata.labels.env}]\n"
      "validations:\n- expression: variables.e == 'prod'\n"
      "- expression: namespaceObject.metadata.name == 'ns1'\n"
      "- expression: object.metadata.name == 'p'\n");
  const Evaluation evaluation = policy.judge(ClusterOf(kPod));
  CHECK(evaluation.decisions.at(0).verdict == Verdict::kError);
  CHECK(evaluation.decisions.at(0).guessed_namespace);
  CHECK(evaluation.decisions.at(1).admitted);
  CHECK(evaluation.decisions.at(1).guessed_namespace);
  CHECK_FALSE(evaluation.decisions.at(2).guessed_namespace);
  const ClusterOf shown("apiVersion: v1\nkind: Namespace\nmetadata: {name: ns1}\n");
  const Evaluation known =
      policy.judge(ClusterOf(kPod), {.namespace_object = shown.resource(0).object});
  CHECK_FALSE(known.decisions.at(0).guessed_namespace);
}

TEST_CASE("audit annotations are left out when null or blank", "[evaluation]") {
  const std::string annotations =
      "auditAnnotations:\n- {key: a, valueExpression: \"' x '\"}\n"
      "- {key: b, valueExpression: 'null'}\n- {key: c, valueExpression: \"'  '\"}\n"
      "- {key: d, valueExpression: string(object.nope)}\n";
  JudgedPolicy policy(annotations);
  const Evaluation evaluation = policy.judge(ClusterOf(kPod));
  REQUIRE(evaluation.audit_annotations.size() == 1);
  CHECK(evaluation.audit_annotations[0].key == "a");
  CHECK(evaluation.audit_annotations[0].value == "x");
  REQUIRE(evaluation.failed_annotations.size() == 1);
  CHECK(evaluation.failed_annotations[0].index == 3);
  CHECK(!evaluation.failed_annotations[0].admitted);
  JudgedPolicy ignoring("failurePolicy: Ignore\n" + annotations);
  CHECK(ignoring.judge(ClusterOf(kPod)).failed_annotations.at(0).admitted);
}

TEST_CASE("manifests are read as the API server stores them, or raw", "[evaluation]") {
  const EvaluationInput raw{.reading = Reading::kRaw};
  CHECK(holds("!has(object.spec.priority) && !('priority' in object.spec)"));
  CHECK(holds("has(object.spec.priority) && object.spec.priority == null", kPod, raw));
  const std::string limits = "object.spec.containers[0].resources.limits.";
  CHECK(holds(limits + "cpu == '500m' && quantity(" + limits + "cpu) < quantity('1')") ==
        false);  // quantities are compared by functions
  CHECK(holds("quantity(" + limits + "cpu).isLessThan(quantity('1'))"));
  CHECK(
      holds("object.spec.containers.all(c, c.resources.limits.all(k, v, type(v) == string))"));
  CHECK(holds(limits + "cpu == 0.5", kPod, raw));
  CHECK(holds(limits + "memory == '1024Mi'"));
  CHECK(holds("object.spec.containers[0].resources.requests.memory == '1500M'"));
}

TEST_CASE("numbers are amounts where the API has quantities", "[evaluation]") {
  struct Case {
    std::string object;
    std::string expression;
  };
  const auto test = GENERATE(
      Case{"apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q}\n"
           "spec: {hard: {pods: 10, cpu: 0.1}}",
           "object.spec.hard == {'pods': '10', 'cpu': '100m'}"},
      Case{"apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: q}\n"
           "spec: {capacity: {storage: 1e9}}",
           "object.spec.capacity.storage == '1G'"},
      Case{"apiVersion: v1\nkind: LimitRange\nmetadata: {name: q}\n"
           "spec: {limits: [{type: Container, max: {cpu: 2}, default: {cpu: 0.25}}]}",
           "object.spec.limits[0].max.cpu == '2' && object.spec.limits[0].default.cpu == "
           "'250m'"},
      Case{"apiVersion: v1\nkind: Pod\nmetadata: {name: q}\n"
           "spec: {volumes: [{emptyDir: {sizeLimit: 1000}}], priority: 7}",
           "object.spec.volumes[0].emptyDir.sizeLimit == '1k' && object.spec.priority == 7"},
      Case{"apiVersion: v1\nkind: Pod\nmetadata: {name: q}\n"
           "spec: {a: &x {cpu: 1}, containers: [{resources: {limits: *x}}]}",
           "object.spec.containers[0].resources.limits.cpu == '1' && object.spec.a.cpu == 1"},
      Case{"apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: q}\n"
           "spec: {metrics: [{resource: {target: {averageValue: 5, averageUtilization: 5}}}]}",
           "object.spec.metrics[0].resource.target == "
           "{'averageValue': dyn('5'), 'averageUtilization': dyn(5)}"},
      // A definition decides about the fields of custom resources.
      Case{"apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: q}\n"
           "spec: {resources: {limits: {cpu: 1}}}",
           "object.spec.resources.limits.cpu == 1"});
  CAPTURE(test.object);
  CHECK(holds(test.expression, test.object));
}

TEST_CASE("long chains of variables neither overflow the stack nor take long", "[evaluation]") {
  std::string text = "variables:\n- {name: v0, expression: object.spec.hostNetwork}\n";
  for (int i = 1; i < 1'000; ++i) {
    const std::string before = "variables.v" + std::to_string(i - 1);
    text += "- {name: v" + std::to_string(i) + ", expression: '" + before + " == true && " +
            before + " == true'}\n";
  }
  JudgedPolicy policy(text + "validations: [{expression: variables.v999 == false}]");
  CHECK(policy.verdict(ClusterOf(kPod)).find("deny") == 0);
  // Deep expressions in long chains.
  std::string nested = "variables:\n- {name: v0, expression: object.spec.hostNetwork}\n";
  for (int i = 1; i < 100; ++i) {
    nested += "- {name: v" + std::to_string(i) + ", expression: '" + std::string(80, '[') +
              "variables.v" + std::to_string(i - 1) + std::string(80, ']') + "'}\n";
  }
  JudgedPolicy deep(nested + "validations: [{expression: variables.v99 == object.nope}]");
  CHECK(deep.verdict(ClusterOf(kPod)).find("error") == 0);
  JudgedPolicy failing(text + "validations: [{expression: variables.v999 == object.nope}]");
  CHECK(failing.verdict(ClusterOf(kPod)).find("error") == 0);
}

}  // namespace tidewaiter::policy
