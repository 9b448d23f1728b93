#include "k8s/utilization.h"

#include <optional>
#include <string>
#include <string_view>

#include "k8s/manifest.h"
#include "k8s/pod.h"
#include "support/catch.h"

namespace tidewaiter::k8s {
namespace {

using testing::Manifest;

std::string shown(const std::optional<Quantity>& quantity) {
  return quantity ? quantity->canonical().value_or("?") : "?";
}

/// Request and limit of `cpu`, and how many containers lack what they need.
std::string cpu(const std::string& spec, std::optional<std::string_view> container = {},
                std::uint32_t minor = 34) {
  const Manifest manifest("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {" + spec +
                          "}\n");
  const auto base = utilization_base(*manifest.resource(0).pod, {.kubernetes_minor = minor},
                                     "cpu", container);
  std::string text = shown(base.request) + " of " + shown(base.limit);
  for (const yaml::Node* const limit : base.limits) {
    text += " [" + std::string(manifest.text(limit)) + "]";
  }
  for (const yaml::Node* const lacking : base.lacking) {
    text += " -" + std::string(lacking->find("name")->as_string());
  }
  return text;
}

std::string named(const std::string& name, const std::string& resources) {
  return "{name: " + name + ", resources: {" + resources + "}}";
}

const std::string kSmall = named("a", "requests: {cpu: 100m}, limits: {cpu: 200m}");
const std::string kLarge = named("b", "requests: {cpu: 1}, limits: {cpu: 1500m}");
const std::string kNone = named("c", "requests: {memory: 1Gi}");

}  // namespace

TEST_CASE("requests and limits of the containers add up", "[utilization]") {
  CHECK(cpu("containers: [" + kSmall + ", " + kLarge + "]") == "1100m of 1700m [200m] [1500m]");
  CHECK(cpu("containers: [" + named("a", "limits: {cpu: 2}") + "]") == "2 of 2 [2]");
  CHECK(cpu("containers: [" + kSmall + ", " + kNone + "]") == "? of ? -c");
  CHECK(cpu("containers: [" + kSmall + ", " + named("b", "requests: {cpu: 1}") + "]") ==
        "1100m of ?");
  CHECK(cpu("containers: [" + named("a", "requests: {cpu: 0}, limits: {cpu: 0}") + "]") ==
        "0 of ?");
  CHECK(cpu("containers: []") == "? of ?");
  CHECK(cpu("containers: [" + named("a", "requests: {cpu: much}") + "]") == "? of ?");
  CHECK(cpu("containers: [" + named("a", "requests: {cpu: 1e999999}") + "]") == "? of ?");
}

TEST_CASE("native sidecars count, init containers do not", "[utilization]") {
  const std::string sidecar = "{name: s, restartPolicy: Always, resources: {limits: {cpu: 1}}}";
  CHECK(cpu("initContainers: [" + sidecar + "], containers: [" + kSmall + "]") ==
        "1100m of 1200m [200m] [1]");
  CHECK(cpu("initContainers: [" + kNone + "], containers: [" + kSmall + "]") ==
        "100m of 200m [200m]");
  CHECK(cpu("initContainers: [{name: s, restartPolicy: Always}], containers: [" + kSmall +
            "]") == "? of ? -s");
}

TEST_CASE("a metric of one container looks at that alone", "[utilization]") {
  const std::string pods = "containers: [" + kSmall + ", " + kNone + "]";
  CHECK(cpu(pods, "a") == "100m of 200m [200m]");
  CHECK(cpu(pods, "c") == "? of ? -c");
  CHECK(cpu(pods, "injected") == "? of ?");
  const std::string pod_level = pods + ", resources: {requests: {cpu: 1}}";
  CHECK(cpu(pod_level, "c") == "? of ? -c");
}

TEST_CASE("a pod's own requests make those of any container enough", "[utilization]") {
  const std::string pods = "containers: [" + kSmall + ", " + kNone + "]";
  CHECK(cpu(pods + ", resources: {requests: {cpu: 2}, limits: {cpu: 3}}") == "2 of 3 [3]");
  CHECK(cpu(pods + ", resources: {requests: {cpu: 2}, limits: {cpu: 3}}", {}, 33) ==
        "? of ? -c");
  CHECK(cpu(pods + ", resources: {requests: {memory: 2Gi}}") == "100m of ?");
  CHECK(cpu(pods + ", resources: {limits: {cpu: 3}}") == "100m of 3 [3]");
  CHECK(cpu("containers: [" + kNone + "], resources: {requests: {memory: 2Gi}}") ==
        "? of ? -c");
  CHECK(cpu("containers: [" + kSmall +
            "], resources: {requests: {cpu: 2}, limits: {cpu: 3}}") == "2 of 200m [200m]");
}

TEST_CASE("a LimitRange supplies what containers lack", "[utilization]") {
  const Manifest manifest(
      "apiVersion: v1\nkind: LimitRange\nmetadata: {name: l}\nspec: {limits: [{type: "
      "Container, "
      "default: {cpu: 1}, defaultRequest: {cpu: 500m}}]}\n---\n"
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a}]}\n");
  const Resource* const range = &manifest.resource(0);
  const LimitDefaultsTable table(std::span(&range, 1));
  const auto base =
      utilization_base(*manifest.resource(1).pod, {.defaults = table.find("")}, "cpu", {});
  CHECK(shown(base.request) == "500m");
  CHECK(shown(base.limit) == "1");
  CHECK(base.lacking.empty());
}

}  // namespace tidewaiter::k8s
