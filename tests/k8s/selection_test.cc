#include "k8s/selection.h"

#include <string>
#include <vector>

#include "k8s/manifest.h"
#include "k8s/reference_graph.h"
#include "k8s/scope.h"
#include "k8s/serving.h"
#include "support/catch.h"

namespace tidewaiter::k8s {
namespace {

using testing::Manifest;

Scope scope_of(const Manifest& manifest) {
  std::vector<const Resource*> resources;
  for (const Resource& resource : manifest.found().resources) resources.push_back(&resource);
  return Scope(resources);
}

constexpr const char* kShop = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:
      containers:
        - {name: main, ports: [{name: http, containerPort: 8080}]}
        - {name: side, ports: [{name: metrics, containerPort: 9090}]}
---
apiVersion: v1
kind: Service
metadata: {name: none}
spec: {selector: {app: web, tier: back}}
---
apiVersion: v1
kind: Service
metadata: {name: by-pod}
spec: {selector: {statefulset.kubernetes.io/pod-name: web-0}}
---
apiVersion: v1
kind: Service
metadata: {name: both}
spec: {selector: {app: web, tier: front}}
---
apiVersion: v1
kind: Service
metadata: {name: elsewhere, namespace: other}
spec: {selector: {app: web}}
---
apiVersion: v1
kind: Service
metadata: {name: everything}
spec: {selector: {}}
---
apiVersion: v1
kind: Service
metadata: {name: outside}
spec: {type: ExternalName, selector: {app: web}}
)";

/// The names of the resources of a kind that select the pods of resource `i`.
std::vector<std::string> selecting(const Scope& scope, std::uint32_t i,
                                   std::string_view kind = "Service") {
  std::vector<std::string> names;
  std::vector<std::uint32_t> buffer;
  const auto found =
      scope.selection().selecting(i, {.group = {}, .kind = kind, .any_group = true}, buffer);
  for (const std::uint32_t n : found.value()) names.emplace_back(scope.all()[n]->name);
  return names;
}

/// The names of the pods that resource `i` selects.
std::vector<std::string> selected(const Scope& scope, std::uint32_t i) {
  std::vector<std::string> names;
  const auto found = scope.selection().selected_by(i);
  for (const std::uint32_t n : found.value()) {
    names.emplace_back(scope.all()[n]->name);
  }
  return names;
}

using Names = std::vector<std::string>;

std::vector<std::string> serving(const std::string& text) {
  const Manifest manifest(text);
  const Scope scope = scope_of(manifest);
  constexpr std::string_view kHelpers[] = {"metrics"};
  std::vector<std::string> names;
  for (const yaml::Node* container :
       serving_containers(manifest.resource(0), scope, kHelpers)) {
    names.emplace_back(container->find("name")->as_string());
  }
  return names;
}

}  // namespace

TEST_CASE("the Services of a workload are those of its namespace whose selector holds",
          "[pods]") {
  const Manifest manifest(kShop);
  const Scope scope = scope_of(manifest);
  CHECK(selecting(scope, 0) == Names{"by-pod", "both"});
  CHECK(selected(scope, 1).empty());
  CHECK(selected(scope, 3) == Names{"web"});
  CHECK(selected(scope, 4).empty());
  CHECK(selected(scope, 5).empty());  // an empty selector of a Service selects nothing
  CHECK(selected(scope, 6).empty());  // an ExternalName has no pods
}

TEST_CASE("a label selector finds any pod of its namespace", "[pods]") {
  const Manifest manifest(std::string(kShop) +
                          "---\n"
                          "- {matchLabels: {app: web}}\n"
                          "- {matchLabels: {app: web, tier: back}}\n"
                          "- {matchExpressions: [{key: app, operator: In, values: [web]}]}\n"
                          "- {matchExpressions: [{key: app, operator: DoesNotExist}]}\n"
                          "- {}\n");
  const Scope scope = scope_of(manifest);
  const yaml::Node& selectors = manifest.root(7);
  const auto found = [&](std::uint32_t i, std::string_view namespace_) {
    return scope.selection().any_pod_matches(selectors.item(i), namespace_);
  };
  CHECK(found(0, ""));
  CHECK_FALSE(found(0, "other"));
  CHECK_FALSE(found(1, ""));
  CHECK(found(2, ""));
  CHECK_FALSE(found(3, ""));
  CHECK(found(4, ""));
}

TEST_CASE("a label that another tool fills in may be any", "[selection]") {
  const auto pod = [](const std::string& name, const std::string& labels) {
    return "{apiVersion: v1, kind: Pod, metadata: {name: " + name + ", labels: " + labels +
           "}}\n---\n";
  };
  const auto service = [](const std::string& name, const std::string& selector) {
    return "{apiVersion: v1, kind: Service, metadata: {name: " + name +
           "}, spec: {selector: " + selector + "}}\n---\n";
  };
  const Manifest manifest(
      pod("a", "{app: web, tier: \"${TIER}\"}") + pod("b", "{app: web, tier: front}") +
      pod("c", "{app: 7}") + service("filled-in", "{app: \"${APP}\"}") +
      service("front", "{app: web, tier: front}") + service("back", "{tier: back}") +
      service("seven", "{app: \"8\"}") + service("none", "{zone: \"${ZONE}\"}"));
  const Scope scope = scope_of(manifest);
  const auto pods = [&](std::uint32_t service_number) {
    const auto found = scope.selection().selected_by(service_number);
    REQUIRE(found.has_value());
    return std::vector<std::uint32_t>(found->begin(), found->end());
  };
  using Numbers = std::vector<std::uint32_t>;
  CHECK(pods(3) == Numbers{0, 1, 2});
  CHECK(pods(4) == Numbers{0, 1});
  CHECK(pods(5) == Numbers{0});
  CHECK(pods(6) == Numbers{2});
  CHECK(pods(7).empty());
}

TEST_CASE("containers serve that declare a port, helpers only when a Service targets them",
          "[pods]") {
  CHECK(serving(kShop) == std::vector<std::string>{"main"});
  const std::string service =
      "---\n{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {app: a}, "
      "ports: [{port: 80, targetPort: metrics}]}}\n";
  const auto pod = [](const std::string& containers) {
    return "{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: a}}, spec: "
           "{containers: [" +
           containers + "]}}\n";
  };
  const std::string helper = "{name: m, ports: [{name: metrics, containerPort: 9090}]}";
  CHECK(serving(pod(helper)).empty());
  CHECK(serving(pod(helper) + service) == std::vector<std::string>{"m"});
  CHECK(serving(pod("{name: x}, {name: y}")).empty());
  CHECK(serving(pod("{name: x}, {name: y}") + service) == std::vector<std::string>{"x"});
}

TEST_CASE("an autoscaler is found from what it scales", "[pods]") {
  const Manifest manifest(
      "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}}\n---\n"
      "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}}\n---\n"
      "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: k}, spec: "
      "{scaleTargetRef: {name: a}}}\n---\n"
      "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: h}, spec: "
      "{scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: a}}}\n---\n"
      "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: x, "
      "namespace: other}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: "
      "a}}}\n");
  const Scope scope = scope_of(manifest);
  const ReferenceGraph& graph = scope.references();
  CHECK(graph.autoscaler_of(0) == &manifest.resource(2));
  CHECK(graph.autoscaler_of(1) == &manifest.resource(3));
  CHECK(graph.autoscaler_of(2) == nullptr);
}

TEST_CASE("every kind of selector is matched in both directions", "[selection]") {
  const Manifest manifest(
      "{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {app: a, tier: x}}}\n---\n"
      "{apiVersion: v1, kind: Pod, metadata: {name: b, labels: {app: b}}}\n---\n"
      "{apiVersion: batch/v1, kind: CronJob, metadata: {name: c}, spec: {jobTemplate: {spec: "
      "{template: {metadata: {labels: {app: c}}, spec: {}}}}}}\n---\n"
      "{apiVersion: v1, kind: Pod, metadata: {name: far, namespace: far, labels: {app: a}}}\n"
      "---\n"
      "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: in}, spec: "
      "{selector: {matchExpressions: [{key: app, operator: In, values: [a, c]}]}}}\n---\n"
      "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: notin}, spec: "
      "{selector: {matchExpressions: [{key: app, operator: NotIn, values: [a]}]}}}\n---\n"
      "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: exists}, spec: "
      "{selector: {matchExpressions: [{key: tier, operator: Exists}]}}}\n---\n"
      "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: not}, spec: "
      "{selector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}}}\n---\n"
      "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: both}, spec: "
      "{selector: {matchLabels: {app: a}, matchExpressions: [{key: tier, operator: In, values: "
      "[x]}]}}}\n---\n"
      "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: every}, spec: "
      "{podSelector: {}}}\n---\n"
      "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: none}, spec: {}}\n"
      "---\n"
      "{apiVersion: v1, kind: ReplicationController, metadata: {name: rc}, spec: {selector: "
      "{app: b}, template: {metadata: {labels: {app: z}}}}}\n");
  const Scope scope = scope_of(manifest);
  CHECK(selected(scope, 4) == Names{"a", "c"});
  CHECK(selected(scope, 5) == Names{"b", "c", "rc"});
  CHECK(selected(scope, 6) == Names{"a"});
  CHECK(selected(scope, 7) == Names{"b", "c", "rc"});
  CHECK(selected(scope, 8) == Names{"a"});
  CHECK(selected(scope, 9) == Names{"a", "b", "c", "rc"});
  CHECK(selected(scope, 10).empty());
  CHECK(selected(scope, 11) == Names{"b"});
  CHECK(selecting(scope, 0, "PodDisruptionBudget") == Names{"in", "exists", "both"});
  CHECK(selecting(scope, 0, "NetworkPolicy") == Names{"every"});
  CHECK(selecting(scope, 1, "*") == Names{"notin", "not", "every", "rc"});
  CHECK(selecting(scope, 3, "*").empty());
  CHECK(selecting(scope, 4, "*").empty());
  CHECK(scope.selection().has_pods("far"));
  CHECK_FALSE(scope.selection().has_pods("nowhere"));
}

TEST_CASE("a NetworkPolicy without podSelector selects every pod", "[selection]") {
  const auto selected_with = [](const std::string& spec) {
    const Manifest manifest(
        "{apiVersion: v1, kind: Pod, metadata: {name: web}}\n---\n"
        "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: all}, "
        "spec: " +
        spec + "}\n");
    const Scope scope = scope_of(manifest);
    const auto found = scope.selection().selected_by(1);
    return found.value().size();
  };
  CHECK(selected_with("{podSelector: {}}") == 1);
  CHECK(selected_with("{podSelector: null}") == 1);
  CHECK(selected_with("{ingress: []}") == 1);
  CHECK(selected_with("{podSelector: none}") == 0);
}

TEST_CASE("equal selectors of one namespace are worked out once", "[selection]") {
  const Manifest manifest(
      "{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {a: b, c: d}}}\n---\n"
      "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: b, c: d}}}\n"
      "---\n"
      "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: t}, spec: "
      "{selector: {matchLabels: {c: d, a: b}}}}\n---\n"
      "{apiVersion: v1, kind: Service, metadata: {name: u}, spec: {selector: {a: b}}}\n---\n"
      "{apiVersion: v1, kind: Service, metadata: {name: v, namespace: far}, spec: {selector: "
      "{a: b, c: d}}}\n");
  const Scope scope = scope_of(manifest);
  const Selection& selection = scope.selection();
  CHECK(selection.class_of(0) == Selection::kNoClass);
  CHECK(selection.class_of(1) == selection.class_of(2));
  CHECK(selection.class_of(1) != selection.class_of(3));
  CHECK(selection.class_of(1) != selection.class_of(4));
  CHECK(selecting(scope, 0, "*") == Names{"s", "t", "u"});
}

TEST_CASE("asking for the Services of many pods that share a label takes little time",
          "[selection]") {
  std::string text;
  for (int i = 0; i < 3000; ++i) {
    const std::string n = std::to_string(i);
    text +=
        "{apiVersion: v1, kind: Pod, metadata: {name: p" + n + ", labels: {app: a}}}\n---\n";
    text += "{apiVersion: v1, kind: Service, metadata: {name: s" + n +
            "}, spec: {selector: {app: a, n: n" + n + "}}}\n---\n";
  }
  const Manifest manifest(text);
  const Scope scope = scope_of(manifest);
  for (std::uint32_t i = 0; i < scope.all().size(); ++i) CHECK(selecting(scope, i).empty());
}

TEST_CASE("where everything selects everything the work is bounded and no answer is wrong",
          "[selection]") {
  // 2,000 selectors like no other, each of 2,000 pods: four million matches.
  std::string text;
  for (int i = 0; i < 2000; ++i) {
    const std::string n = std::to_string(i);
    text += "{apiVersion: v1, kind: Pod, metadata: {name: p" + n + "}}\n---\n";
    text += "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: n" + n +
            "}, spec: {podSelector: {matchExpressions: [{key: k" + n +
            ", operator: DoesNotExist}]}}}\n---\n";
    text += "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: e" + n +
            ", namespace: b}, spec: {podSelector: {}}}\n---\n";
    text += "{apiVersion: v1, kind: Pod, metadata: {name: q" + n + ", namespace: b}}\n---\n";
  }
  const Manifest manifest(text);
  const Scope scope = scope_of(manifest);
  const Selection& selection = scope.selection();
  CHECK(selection.selected_by(1)->size() == 2000);
  CHECK_FALSE(selection.selected_by(4 * 1999 + 1).has_value());
  std::vector<std::uint32_t> buffer;
  CHECK_FALSE(selection.selecting(0, {.group = {}, .kind = "*"}, buffer).has_value());
  // The usual "every pod" of another namespace is no matter.
  CHECK(selection.selected_by(4 * 1999 + 2)->size() == 2000);
  CHECK(selecting(scope, 3, "NetworkPolicy").size() == 2000);
}

}  // namespace tidewaiter::k8s
