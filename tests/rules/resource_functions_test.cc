#include <string>
#include <utility>

#include "rules/manifest.h"
#include "support/catch.h"

namespace tidewaiter::rules {
namespace {

constexpr const char* kPod =
    "apiVersion: v1\nkind: LimitRange\nmetadata: {name: l}\n"
    "spec: {limits: [{type: Container, default: {memory: 1Gi}}]}\n---\n"
    "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
    "spec:\n"
    "  initContainers: [{name: i, resources: {requests: {cpu: 2}}}]\n"
    "  containers:\n"
    "  - {name: a, resources: {requests: {cpu: 500m, memory: 512MB}}}\n"
    "  - {name: b}\n";

}  // namespace

TEST_CASE("a container has what it writes and what the LimitRange supplies", "[rules]") {
  Manifest manifest(kPod);
  CHECK(manifest("hasRequest(object.spec.containers[0], 'cpu')") == "true");
  CHECK(manifest("hasRequest(object.spec.containers[1], 'cpu')") == "false");
  CHECK(manifest("hasRequest(object.spec.containers[1], 'memory')") == "true");
  CHECK(manifest("hasLimit(object.spec.containers[0], 'memory')") == "true");
  CHECK(manifest("hasLimit(object.spec.containers[0], 'cpu')") == "false");
}

TEST_CASE("effective amounts are texts with places, without the unknown", "[rules]") {
  Manifest manifest(kPod);
  CHECK(manifest("effectiveRequests(object.spec).cpu") == "2");
  CHECK(manifest.text_of("effectiveRequests(object.spec).cpu") == "2");
  CHECK(manifest("'memory' in effectiveRequests(object.spec)") == "false");
}

TEST_CASE("qosClass names what decides", "[rules]") {
  Manifest unknown(kPod);
  CHECK(unknown("qosClass(object.spec).class").empty());
  Manifest manifest(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
      "spec: {containers: [{name: c, resources: {limits: {cpu: 1}}}]}\n");
  CHECK(manifest("qosClass(object.spec).class") == "Burstable");
  CHECK(manifest("qosClass(object.spec).notGuaranteed.resource") == "memory");
  CHECK(manifest("qosClass(object.spec).notGuaranteed.problem") == "no limit");
  CHECK(manifest("qosClass(object.spec).notBestEffort.container") == "c");
  CHECK(manifest.text_of("qosClass(object.spec).notBestEffort.at") == "1");
  CHECK(manifest("nearlyGuaranteed(object.spec).hasValue()") == "false");
}

TEST_CASE("quantities, pairs and dominating init containers are listed", "[rules]") {
  Manifest manifest(kPod);
  CHECK(manifest("dominatingInits(object.spec)[0].container.name") == "i");
  CHECK(manifest("dominatingInits(object.spec)[0].resources[0].sum") == "500m");
  CHECK(manifest("resourcePairs(object.spec).size()") == "3");
  CHECK(manifest("has(resourcePairs(object.spec)[0].limit)") == "false");
  CHECK(manifest("quantityUses().filter(q, q.problem == 'invalid')[0].suggestion") ==
        "'512M' or '512Mi'");
  CHECK(manifest.text_of("quantityUses().filter(q, q.problem == 'invalid')[0].value") ==
        "512MB");
  CHECK(manifest.text_of("quantityUses().filter(q, q.resource == 'cpu')[1].memory") == "512MB");
  CHECK(manifest("quantityUses().filter(q, q.resource == 'cpu')[0].memory").empty());
}

TEST_CASE("exceeds multiplies exactly", "[rules]") {
  Manifest manifest(kPod);
  CHECK(manifest("exceeds('300m', '0.1', 3)") == "false");
  CHECK(manifest("exceeds('301m', '0.1', 3)") == "true");
  CHECK(manifest("exceeds('1Gi', '500M', 2)") == "true");
  CHECK(manifest("exceeds('250m', '100m', 2.5)") == "false");
}

TEST_CASE("what a LimitRange supplies is not written", "[rules]") {
  Manifest manifest(
      "apiVersion: v1\nkind: LimitRange\nmetadata: {name: l}\n"
      "spec: {limits: [{type: Container, default: {cpu: 2, memory: 1Gi}}]}\n---\n"
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
      "spec: {containers: [{resources: {requests: {cpu: 1}}}]}\n");
  CHECK(manifest("writtenRequests(object.spec).cpu") == "1");
  CHECK(manifest("size(writtenRequests(object.spec))") == "1");
  CHECK(manifest("size(writtenLimits(object.spec))") == "0");
  CHECK(manifest("effectiveLimits(object.spec).cpu") == "2");
}

TEST_CASE("why a pod is of another QoS class is the end of a sentence", "[rules]") {
  const auto because = [](const std::string& spec, const std::string& wanted) {
    Manifest manifest("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: " + spec + "\n");
    return manifest("qosMisfit(object.spec, ['" + wanted + "']).?because.orValue('fits')") +
           "; " +
           manifest("qosMisfit(object.spec, ['" + wanted + "']).?owner.?name.orValue('-')");
  };
  const std::string some = "{containers: [{name: c, resources: {requests: {cpu: 1}}}]}";
  CHECK(because(some, "Burstable") == "fits; -");
  CHECK(because(some, "guaranteed") == "fits; -");
  CHECK(because(some, "Guaranteed") == "container 'c' has no cpu limit; c");
  CHECK(because(some, "BestEffort") == "container 'c' has a request or limit of cpu; c");
  CHECK(because("{containers: [{name: c}]}", "Burstable") ==
        "nothing in it has a request or limit of cpu or memory; -");
  CHECK(because("{resources: {requests: {cpu: 1}, limits: {cpu: 2}}, containers: [{name: c}]}",
                "Guaranteed") == "the cpu limit of the pod itself is not its cpu request; -");
}

TEST_CASE("lists of facts read as maps do", "[rules]") {
  Manifest manifest(kPod);
  CHECK(manifest("resourcePairs(object.spec)[0].request") == "500m");
  CHECK(manifest("resourcePairs(object.spec)[0].map(key, key)") ==
        "resource, owner, ofPod, overcommittable, request");
  CHECK(manifest("size(resourcePairs(object.spec)[0])") == "5");
  CHECK(manifest("'limit' in resourcePairs(object.spec)[0]") == "false");
  CHECK(manifest("resourcePairs(object.spec)[0].?limit.hasValue()") == "false");
  CHECK(manifest("resourcePairs(object.spec).map(p, p.resource)") == "cpu, memory, cpu");
  CHECK(manifest("resourcePairs(object.spec)[0] == resourcePairs(object.spec)[0]") == "true");
  CHECK(manifest("resourcePairs(object.spec).exists(p, p.owner == object.spec)") == "false");
}

TEST_CASE("the facts of a pod of very many containers fit in the memory of an evaluation",
          "[rules]") {
  std::string text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n";
  for (int i = 0; i < 60'000; ++i) {
    text += "  - {name: c, resources: {requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 1}}}\n";
  }
  Manifest manifest(std::move(text));
  CHECK(manifest("size(resourcePairs(object.spec))") == "120000");
  CHECK(manifest("quantityUses().all(use, use.problem == '')") == "true");
}

}  // namespace tidewaiter::rules
