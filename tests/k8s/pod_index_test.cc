#include "k8s/pod_index.h"

#include <string>
#include <vector>

#include "k8s/manifest.h"
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

std::vector<std::string> names_of(const std::vector<const Resource*>& resources) {
  std::vector<std::string> names;
  for (const Resource* resource : resources) names.emplace_back(resource->name);
  return names;
}

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
  CHECK(names_of(scope.pods().services_of(manifest.resource(0))) ==
        std::vector<std::string>{"by-pod", "both"});
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
    return scope.pods().selects_any(selectors.item(i), namespace_);
  };
  CHECK(found(0, ""));
  CHECK_FALSE(found(0, "other"));
  CHECK_FALSE(found(1, ""));
  CHECK(found(2, ""));
  CHECK_FALSE(found(3, ""));
  CHECK(found(4, ""));
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
  CHECK(scope.autoscaler_of(manifest.resource(0)) == &manifest.resource(2));
  CHECK(scope.autoscaler_of(manifest.resource(1)) == &manifest.resource(3));
  CHECK(scope.autoscaler_of(manifest.resource(2)) == nullptr);
}

TEST_CASE("asking for the Services of many pods that share a label takes little time",
          "[pods]") {
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
  for (const Resource& resource : manifest.found().resources) {
    CHECK(scope.pods().services_of(resource).empty());
  }
}

}  // namespace tidewaiter::k8s
