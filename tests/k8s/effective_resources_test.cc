#include "k8s/effective_resources.h"

#include <string>

#include "k8s/limit_defaults.h"
#include "k8s/manifest.h"
#include "support/catch.h"

using namespace tidewaiter::k8s;  // NOLINT(google-build-using-namespace)
using tidewaiter::testing::Manifest;

namespace {

Manifest pod(const std::string& spec) {
  return Manifest("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: " + spec + "\n");
}

std::string text(const std::vector<EffectiveAmount>& amounts, const Manifest& manifest) {
  std::string out;
  for (const EffectiveAmount& amount : amounts) {
    out += std::string(amount.resource) + "=" + amount.amount.canonical().value_or("?") + "@" +
           std::string(manifest.text(amount.at).substr(0, 12)) + " ";
  }
  return out;
}

std::string requests(const std::string& spec, std::uint32_t minor = 36) {
  const Manifest manifest = pod(spec);
  const PodSurroundings around{.defaults = nullptr, .kubernetes_minor = minor};
  return text(effective_requests(*manifest.resource(0).pod, around), manifest);
}

std::string limits(const std::string& spec) {
  const Manifest manifest = pod(spec);
  return text(effective_limits(*manifest.resource(0).pod, {}), manifest);
}

}  // namespace

TEST_CASE("main containers add up; one alone is the place", "[resources]") {
  CHECK(requests("{containers: [{resources: {requests: {cpu: 0.1}}}, "
                 "{resources: {requests: {cpu: 200m, memory: 1Gi}}}]}") ==
        "cpu=300m@[{resources: memory=1Gi@1Gi ");
  CHECK(requests("{containers: [{resources: {limits: {cpu: 1}}}, {name: b}]}") == "cpu=1@1 ");
  CHECK(requests("{containers: [{resources: {requests: {cpu: 0}}}]}") == "cpu=0@0 ");
}

TEST_CASE("the largest init container counts with the sidecars before it", "[resources]") {
  const std::string sidecar = "{restartPolicy: Always, resources: {requests: {cpu: 100m}}}";
  const std::string init = "{resources: {requests: {cpu: 1}}}";
  const std::string main = "{resources: {requests: {cpu: 500m}}}";
  CHECK(requests("{initContainers: [" + init + "], containers: [" + main + "]}") == "cpu=1@1 ");
  CHECK(requests("{initContainers: [" + sidecar + ", " + init + "], containers: [" + main +
                 "]}") == "cpu=1100m@[{resources: ");
  CHECK(requests("{initContainers: [" + init + ", " + sidecar + "], containers: [" + main +
                 "]}") == "cpu=1@1 ");
  CHECK(requests("{initContainers: [" + init + "], containers: [" + main + ", " + main +
                 "]}") == "cpu=1@[{resources: ");
}

TEST_CASE("overhead is added, to limits only where there is one", "[resources]") {
  const std::string spec =
      "{overhead: {cpu: 250m, memory: 120Mi}, "
      "containers: [{resources: {requests: {cpu: 1}, limits: {cpu: 2}}}]}";
  CHECK(requests(spec) == "cpu=1250m@1 memory=120Mi@120Mi ");
  CHECK(limits(spec) == "cpu=2250m@2 ");
}

TEST_CASE("resources of the pod replace those of its containers from 1.34 on", "[resources]") {
  const std::string spec =
      "{resources: {requests: {cpu: 2}, limits: {memory: 1Gi}}, "
      "containers: [{resources: {requests: {cpu: 1, ephemeral-storage: 1Gi}}}]}";
  CHECK(requests(spec) == "cpu=2@2 ephemeral-storage=1Gi@1Gi memory=1Gi@1Gi ");
  CHECK(requests(spec, 33) == "cpu=1@1 ephemeral-storage=1Gi@1Gi ");
  // Containers' requests come before what the pod's limit implies.
  CHECK(requests("{resources: {limits: {cpu: 4}}, "
                 "containers: [{resources: {requests: {cpu: 1}}}]}") == "cpu=1@1 ");
}

TEST_CASE("what is no quantity makes its resource unknown", "[resources]") {
  CHECK(requests("{containers: [{resources: {requests: {cpu: 1 core, memory: 1Gi}}}]}") ==
        "memory=1Gi@1Gi ");
  CHECK(requests("{containers: [{resources: {requests: {cpu: -1}}}, "
                 "{resources: {requests: {cpu: 1}}}]}")
            .empty());
  CHECK(requests("{containers: [{resources: {requests: {cpu: 1e1000000000}}}, "
                 "{resources: {requests: {cpu: 1}}}]}")
            .empty());
  CHECK(requests("{containers: 3}").empty());
}

TEST_CASE("a LimitRange supplies what a container does not write", "[resources]") {
  const Manifest manifest(
      "apiVersion: v1\nkind: LimitRange\nmetadata: {name: a, namespace: x}\n"
      "spec: {limits: [{type: Pod, default: {cpu: 9}}, {type: Container, default: {cpu: 2}, "
      "max: {memory: 1Gi}, min: {ephemeral-storage: 1Mi}, defaultRequest: {cpu: 500m}}]}\n"
      "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: b, namespace: x}\n"
      "spec: {limits: [{type: Container, default: {cpu: 3}}]}\n"
      "---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
      "spec: {containers: [{name: a, resources: {}}]}\n");
  const Resource* const ranges[] = {&manifest.resource(0), &manifest.resource(1)};
  const LimitDefaultsTable table(ranges);
  CHECK(table.find("") == nullptr);
  REQUIRE(table.find("x") != nullptr);
  const PodSurroundings around{.defaults = table.find("x"), .kubernetes_minor = 36};
  const auto& spec = *manifest.resource(2).pod;
  CHECK(text(effective_requests(spec, around), manifest) ==
        "cpu=500m@{} ephemeral-storage=1Mi@{} memory=1Gi@{} ");
  CHECK(text(effective_limits(spec, around), manifest) == "cpu=2@{} memory=1Gi@{} ");
}

TEST_CASE("an init container dominates only above the sum of what runs later", "[resources]") {
  const auto names = [](const std::string& spec) {
    const Manifest manifest = pod(spec);
    std::string out;
    for (const DominatingInit& init : dominating_inits(*manifest.resource(0).pod)) {
      out += std::string(init.container->find("name")->as_string()) + ":";
      for (const auto& excess : init.resources) {
        out += std::string(excess.resource) + excess.amount.canonical().value() + ">" +
               excess.sum.canonical().value() + ";";
      }
    }
    return out;
  };
  const std::string init = "{name: i, resources: {requests: {cpu: 1, memory: 1Gi}}}";
  CHECK(names("{initContainers: [" + init +
              "], containers: [{resources: {requests: {cpu: 500m, memory: 1Gi}}}]}") ==
        "i:cpu1>500m;");
  CHECK(names("{initContainers: [" + init + "], containers: [{name: a}]}") ==
        "i:cpu1>0;memory1Gi>0;");
  CHECK(names("{resources: {requests: {cpu: 1, memory: 1Gi}}, initContainers: [" + init +
              "], containers: [{name: a}]}")
            .empty());
  CHECK(names("{initContainers: [{name: s, restartPolicy: Always, resources: {requests: "
              "{cpu: 5}}}]}")
            .empty());
}
