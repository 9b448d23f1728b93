#include <string>

#include "policy/judged_policy.h"
#include "support/catch.h"

// Where a policy's denial points (DESIGN 4), on expressions such as people write them.

namespace tidewaiter::policy {
namespace {

using testing::ClusterOf;
using testing::JudgedPolicy;

constexpr const char* kPod = R"(apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
  labels: {app: web}
spec:
  hostNetwork: true
  securityContext: {runAsNonRoot: false}
  initContainers:
  - name: init
    image: busybox
  containers:
  - name: app
    image: docker.io/nginx:1.25
    resources: {limits: {memory: 1Gi}}
    env: [{name: A, value: a}, {name: B, value: b}, {name: A, value: c}]
  - name: side
    image: redis:latest
    securityContext: {privileged: true, capabilities: {add: [CHOWN, SYS_ADMIN]}}
    volumeMounts: [{name: lost, mountPath: /x}]
  volumes:
  - name: data
    hostPath: {path: /var}
)";

constexpr const char* kParams = R"(apiVersion: v1
kind: ConfigMap
metadata: {name: limits, namespace: a, labels: {deep: er}}
data: {registries: "contoso.azurecr.io/", label: tier}
)";

/// Variables as many policies have them.
constexpr const char* kHead = R"yaml(paramKind: {apiVersion: v1, kind: ConfigMap}
variables:
- name: podSpec
  expression: "object.kind == 'Pod' ? object.spec : object.spec.template.spec"
- name: containers
  expression: variables.podSpec.containers + variables.podSpec.?initContainers.orValue([])
- name: bad
  expression: "variables.containers.filter(c, !has(c.resources))"
- name: messages
  expression: "variables.bad.map(c, {'name': c.name, 'text': dyn('x' + c.name)}).map(m, m.text)"
- name: privileged
  expression: >-
    variables.containers.filter(c, has(c.securityContext) && c.image != 'exempt' &&
    (!has(c.securityContext.privileged) || c.securityContext.privileged != false))
    .map(c, 'Container ' + c.name)
- name: nonRoot
  expression: "variables.podSpec.?securityContext.?runAsNonRoot.orValue(false) == true"
- name: allowed
  expression: "['CHOWN', 'KILL']"
- name: isUpdate
  expression: has(request.operation) && request.operation == 'UPDATE'
validations:
- expression: |-
    )yaml";

struct Case {
  std::string expression;
  std::string path;  ///< As yaml::path_of; empty for the root.
};

}  // namespace

TEST_CASE("a denial points to what a person would point to", "[policy][place]") {
  const Case test = GENERATE(
      // Guards and exemptions.
      Case{"object.kind != 'Pod' || has(object.metadata.ownerReferences)", "metadata"},
      Case{"['Pod', 'Job'].all(k, object.kind != k) || has(object.spec.tolerations)", "spec"},
      Case{"object.metadata.namespace in ['kube-system'] || !object.spec.hostNetwork",
           "spec/hostNetwork"},
      Case{"object.metadata.namespace == 'kube-system' || has(object.spec.nodeName)", "spec"},
      Case{"variables.isUpdate || object.spec.hostNetwork != true", "spec/hostNetwork"},
      Case{"request.namespace != 'shop'", "metadata/namespace"},
      Case{"namespaceObject.metadata.name != 'shop'", "metadata/namespace"},
      Case{"request.kind.kind == 'Deployment'", "kind"},
      Case{"request.operation == 'DELETE'", ""}, Case{"false", ""},
      // Variables.
      Case{"variables.nonRoot", "spec/securityContext/runAsNonRoot"},
      Case{"variables.podSpec.hostNetwork == false", "spec/hostNetwork"},
      Case{"size(variables.bad) == 0", "spec/containers/side"},
      Case{"variables.bad.size() < 1 || variables.isUpdate", "spec/containers/side"},
      Case{"size(variables.messages) == 0", "spec/containers/side"},
      Case{"variables.messages == []", "spec/containers/side"},
      Case{"!variables.bad.exists(c, true)", "spec/containers/side"},
      Case{"variables.containers.all(c, has(c.resources))", "spec/containers/side"},
      Case{"variables.nonRoot || variables.containers.all(c, has(c.securityContext))",
           "spec/securityContext/runAsNonRoot"},
      Case{"size(variables.privileged) == 0",
           "spec/containers/side/securityContext/privileged"},
      // Containers.
      Case{"variables.containers.all(c, !c.image.endsWith(':latest'))",
           "spec/containers/side/image"},
      Case{"variables.containers.all(c, !has(c.securityContext) || "
           "!has(c.securityContext.privileged) || c.securityContext.privileged == false)",
           "spec/containers/side/securityContext/privileged"},
      Case{"variables.containers.all(c, "
           "c.?securityContext.?privileged.orValue(false) == false)",
           "spec/containers/side/securityContext/privileged"},
      Case{"variables.containers.all(c, !has(c.securityContext) || "
           "c.securityContext.capabilities.add.all(k, k in variables.allowed))",
           "spec/containers/side/securityContext/capabilities/add/1"},
      Case{"variables.containers.all(c, c.?securityContext.?capabilities.?add.orValue([])"
           ".all(k, variables.allowed.exists(a, a == k)))",
           "spec/containers/side/securityContext/capabilities/add/1"},
      Case{"!variables.containers.exists(c, has(c.securityContext) && "
           "'SYS_ADMIN' in c.securityContext.capabilities.add)",
           "spec/containers/side/securityContext/capabilities/add/1"},
      Case{"object.spec.containers.map(c, c.image).all(i, !i.startsWith('docker.io/'))",
           "spec/containers/app/image"},
      Case{"object.spec.containers.all(c, c.image.startsWith(params.data.registries))",
           "spec/containers/app/image"},
      Case{"object.spec.containers.all(c, params.data.registries.split(',').exists(r, "
           "c.image.startsWith(r)))",
           "spec/containers/app/image"},
      Case{"object.spec.containers.all(c, !has(c.env) || c.env.all(e, "
           "c.env.exists_one(o, o.name == e.name)))",
           "spec/containers/app/env/A/name"},
      Case{"object.spec.containers.all(c, c.?volumeMounts.orValue([]).all(m, "
           "object.spec.volumes.exists(v, v.name == m.name)))",
           "spec/containers/side/volumeMounts/lost/name"},
      Case{"object.spec.containers.all(i, c, i == 0 || has(c.resources))",
           "spec/containers/side"},
      Case{"object.spec.volumes.all(v, !has(v.hostPath))", "spec/volumes/data/hostPath"},
      Case{"object.spec.containers.exists(c, c.name == 'proxy')", "spec/containers"},
      Case{"size(object.spec.containers) <= 1", "spec/containers"},
      // Labels.
      Case{"'tier' in object.metadata.labels", "metadata/labels"},
      Case{"has(object.metadata.labels) && params.data.label in object.metadata.labels",
           "metadata/labels"},
      Case{"object.metadata.?annotations[?'a/b'].orValue('') != ''", "metadata"},
      Case{"object.metadata.labels.all(k, v, v.matches('^[0-9]'))", "metadata/labels/app"},
      Case{"object.metadata.labels['app'] == params.metadata.labels.deep",
           "metadata/labels/app"});
  CAPTURE(test.expression);
  const ClusterOf pod(kPod);
  const ClusterOf params(kParams);
  JudgedPolicy policy(kHead + test.expression);
  const EvaluationInput input{.params = params.resource(0).object};
  const Evaluation evaluation = policy.judge(pod, input);
  REQUIRE(evaluation.decisions.size() == 1);
  const Decision& decision = evaluation.decisions[0];
  REQUIRE(decision.node != nullptr);
  CHECK(yaml::path_of(*decision.node, *pod.resource(0).object) == test.path);
  if (!test.path.empty()) CHECK(decision.verdict == Verdict::kDeny);
}

TEST_CASE("an error points to the node that caused it", "[policy][place]") {
  const Case test =
      GENERATE(Case{"object.spec.nope.x == 1", "spec"},
               Case{"quantity(object.metadata.name).isInteger()", "metadata/name"},
               Case{"variables.containers.all(c, c.resources.limits.cpu == '1')",
                    "spec/containers/app/resources/limits"},
               Case{"variables.containers.all(c, has(c.resources.limits.memory))",
                    "spec/containers/side"},
               Case{"object.spec.hostNetwork + 1 == 2", "spec/hostNetwork"},
               Case{"params.data.nope == 'x'", ""});
  CAPTURE(test.expression);
  const ClusterOf pod(kPod);
  const ClusterOf params(kParams);
  JudgedPolicy policy(kHead + test.expression);
  const EvaluationInput input{.params = params.resource(0).object};
  const Evaluation evaluation = policy.judge(pod, input);
  CHECK(evaluation.decisions.at(0).verdict == Verdict::kError);
  REQUIRE(evaluation.decisions.at(0).node != nullptr);
  CHECK(yaml::path_of(*evaluation.decisions[0].node, *pod.resource(0).object) == test.path);
}

}  // namespace tidewaiter::policy
