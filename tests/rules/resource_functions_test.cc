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

}  // namespace tidewaiter::rules
