#include "k8s/replicas.h"

#include <string>
#include <vector>

#include "k8s/manifest.h"
#include "support/catch.h"

namespace tidewaiter::k8s {
namespace {

using testing::Manifest;

std::string shown(const Manifest& manifest, const std::optional<ReplicaCount>& count) {
  if (!count) return "?";
  return std::to_string(count->value) + " at " + std::string(manifest.text(count->at));
}

/// The least and the most replicas of the first resource, and who scales it.
std::string replicas(const std::string& text) {
  const Manifest manifest(text);
  std::vector<const Resource*> all;
  for (const Resource& resource : manifest.found().resources) all.push_back(&resource);
  const Scope scope(all);
  const auto found = replicas_of(scope, 0);
  if (!found) return "no scale";
  return shown(manifest, found->least) + ", " + shown(manifest, found->most) + ", " +
         (found->scaler == nullptr ? "" : std::string(found->scaler->name));
}

std::string web(const std::string& spec) {
  return "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {" + spec +
         "}}\n";
}

std::string hpa(const std::string& fields, const std::string& name = "h") {
  return "---\n{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: " +
         name + "}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}" +
         fields + "}}\n";
}

std::string keda(const std::string& fields) {
  return "---\n{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: k}, spec: "
         "{scaleTargetRef: {name: web}" +
         fields + "}}\n";
}

}  // namespace

TEST_CASE("a workload says its replicas itself, or leaves them to the default", "[replicas]") {
  CHECK(replicas(web("replicas: 3")) == "3 at 3, 3 at 3, ");
  CHECK(replicas(web("paused: true")) == "1 at {paused: true}, 1 at {paused: true}, ");
  CHECK(replicas(web("replicas: null")) == "1 at null, 1 at null, ");
  CHECK(replicas(web("replicas: 1e1")) == "10 at 1e1, 10 at 1e1, ");
  CHECK(replicas(web("replicas: \"${REPLICAS}\"")) == "?, ?, ");
  CHECK(
      replicas("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: text}") ==
      "1 at text, 1 at text, ");
}

TEST_CASE("an autoscaler's bounds replace a workload's replicas", "[replicas]") {
  CHECK(replicas(web("replicas: 3") + hpa(", minReplicas: 2, maxReplicas: 5")) ==
        "2 at 2, 5 at 5, h");
  const std::string target = "{apiVersion: apps/v1, kind: Deployment, name: web}";
  CHECK(replicas(web("replicas: 3") + hpa("")) ==
        "1 at {scaleTargetRef: " + target + "}, ?, h");
  CHECK(replicas(web("replicas: 3") + hpa(", minReplicas: \"${MIN}\", maxReplicas: 5")) ==
        "?, 5 at 5, h");
  CHECK(replicas(web("replicas: 3") + keda(", minReplicaCount: 2")) ==
        "2 at 2, 100 at {scaleTargetRef: {name: web}, minReplicaCount: 2}, k");
  CHECK(replicas(web("replicas: 3") + keda(", maxReplicaCount: 4")) ==
        "0 at {scaleTargetRef: {name: web}, maxReplicaCount: 4}, 4 at 4, k");
  CHECK(replicas(web("replicas: 3") + hpa(", minReplicas: 2, maxReplicas: 5", "a") +
                 hpa(", minReplicas: 3, maxReplicas: 6", "b")) == "2 at 2, 5 at 5, a");
  CHECK(replicas(web("replicas: 3") + keda(", minReplicaCount: 2, maxReplicaCount: 3") +
                 hpa(", minReplicas: 3, maxReplicas: 6")) == "2 at 2, 3 at 3, k");
}

TEST_CASE("an explicit 0 switches an autoscaler off, but not KEDA", "[replicas]") {
  CHECK(replicas(web("replicas: 0") + hpa(", minReplicas: 2, maxReplicas: 5")) ==
        "0 at 0, 0 at 0, h");
  CHECK(replicas(web("replicas: 0") + keda(", minReplicaCount: 2, maxReplicaCount: 5")) ==
        "2 at 2, 5 at 5, k");
}

TEST_CASE("kinds without a scale have no replicas", "[replicas]") {
  for (const std::string kind :
       {"apps/v1, kind: DaemonSet", "batch/v1, kind: Job", "v1, kind: Pod",
        "example.com/v1, kind: Deployment", "v1, kind: Service"}) {
    INFO(kind);
    CHECK(replicas("{apiVersion: " + kind + ", metadata: {name: web}, spec: {replicas: 2}}") ==
          "no scale");
  }
  CHECK(replicas("{apiVersion: v1, kind: ReplicationController, metadata: {name: web}, spec: "
                 "{replicas: 2}}") == "2 at 2, 2 at 2, ");
}

}  // namespace tidewaiter::k8s
