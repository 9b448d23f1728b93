#include "k8s/qos.h"

#include <string>
#include <vector>

#include "k8s/manifest.h"
#include "support/catch.h"

using namespace tidewaiter::k8s;  // NOLINT(google-build-using-namespace)
using tidewaiter::testing::Manifest;

namespace {

constexpr const char* kFull =
    "{requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 1, memory: 1Gi}}";

Manifest pod(const std::string& spec) {
  return Manifest("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: " + spec + "\n");
}

/// "Burstable, out of Guaranteed: cpu no limit @..., has memory"
std::string qos(const std::string& spec, std::uint32_t minor = 36) {
  const Manifest manifest = pod(spec);
  const auto found = qos_of(*manifest.resource(0).pod, {.kubernetes_minor = minor});
  if (!found) return "unknown";
  std::string out(name_of(found->qos));
  if (found->not_guaranteed) {
    out += ", " + std::string(found->not_guaranteed->resource) + " " +
           std::string(name_of(found->not_guaranteed->kind)) + " at " +
           std::string(manifest.text(found->not_guaranteed->at).substr(0, 8));
  }
  return out;
}

std::string nearly(const std::string& spec) {
  const Manifest manifest = pod(spec);
  const auto found = nearly_guaranteed(*manifest.resource(0).pod, {.kubernetes_minor = 36});
  return found ? std::string(manifest.text(found->at).substr(0, 8)) : "";
}

std::string containers(const std::string& resources) {
  return "{containers: [{resources: " + resources + "}]}";
}

}  // namespace

TEST_CASE("a pod is Guaranteed when every container's requests are its limits", "[qos]") {
  CHECK(qos(containers(kFull)) == "Guaranteed");
  CHECK(qos(containers("{limits: {cpu: 1, memory: 1Gi}}")) == "Guaranteed");
  CHECK(qos(containers("{requests: {cpu: 1000m, memory: 1024Mi}, "
                       "limits: {cpu: 1, memory: 1Gi}}")) == "Guaranteed");
  CHECK(qos(containers("{limits: {cpu: 1}}")) == "Burstable, memory no limit at {resourc");
  CHECK(qos(containers("{requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 1, memory: 2Gi}}")) ==
        "Burstable, memory differs at 2Gi");
}

TEST_CASE("init containers and sidecars count for the class", "[qos]") {
  CHECK(qos("{initContainers: [{name: i}], containers: [{resources: " + std::string(kFull) +
            "}]}") == "Burstable, cpu no limit at {name: i");
}

TEST_CASE("zero and other resources count as nothing", "[qos]") {
  CHECK(qos(containers("{requests: {cpu: 0, memory: \"0\"}}")) ==
        "BestEffort, cpu no limit at {resourc");
  CHECK(qos(containers("{limits: {ephemeral-storage: 1Gi, nvidia.com/gpu: 1}}")) ==
        "BestEffort, cpu no limit at {resourc");
  CHECK(qos(containers("{requests: {cpu: 0, memory: 1Gi}, limits: {cpu: 1, memory: 1Gi}}")) ==
        "Burstable, cpu differs at 1");
}

TEST_CASE("once the pod has resources of its own only they count, from 1.34 on", "[qos]") {
  const std::string spec =
      "{resources: {limits: {cpu: 1, memory: 1Gi}}, containers: [{name: a}]}";
  CHECK(qos(spec) == "Guaranteed");
  CHECK(qos(spec, 33) == "BestEffort, cpu no limit at {name: a");
  CHECK(qos("{resources: {}, containers: [{resources: " + std::string(kFull) + "}]}") ==
        "Guaranteed");
  // A request that the pod does not write is that of its containers.
  CHECK(qos("{resources: {limits: {cpu: 1, memory: 1Gi}}, "
            "containers: [{resources: {requests: {cpu: 500m}}}]}") ==
        "Burstable, cpu differs at 1");
}

TEST_CASE("the class is unknown without containers or with what is no quantity", "[qos]") {
  CHECK(qos("{}") == "unknown");
  CHECK(qos(containers("{limits: {cpu: 1 core}}")) == "unknown");
}

TEST_CASE("one odd container, or one limit within a tenth, nearly is Guaranteed", "[qos]") {
  const std::string full = "{name: full, resources: " + std::string(kFull) + "}";
  CHECK(nearly("{containers: [" + full + ", {name: odd}]}") == "{name: o");
  CHECK(nearly("{containers: [" + full + ", {name: odd}, {name: odd}]}").empty());
  CHECK(nearly("{containers: [" + full + ", " + full + "]}").empty());
  CHECK(nearly("{containers: [{name: odd}]}").empty());
  CHECK(nearly(containers("{requests: {cpu: 1, memory: 1000Mi}, "
                          "limits: {cpu: 1, memory: 1099Mi}}")) == "1099Mi");
  CHECK(nearly(containers("{requests: {cpu: 1, memory: 1000Mi}, "
                          "limits: {cpu: 1, memory: 1100Mi}}"))
            .empty());
  CHECK(nearly(containers("{requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 1}}")).empty());
}

TEST_CASE("what keeps a pod out of the classes wanted is told", "[qos]") {
  using enum QosClass;
  const auto misfit = [](const std::string& spec, std::vector<QosClass> wanted) {
    const Manifest manifest = pod(spec);
    const auto found = qos_misfit(*qos_of(*manifest.resource(0).pod, {}), wanted);
    if (!found) return std::string("fits");
    return std::string(name_of(found->qos)) + ": " +
           (found->reason ? std::string(name_of(found->reason->kind)) : "all");
  };
  const std::string none = containers("{}");
  const std::string some = containers("{requests: {cpu: 1}}");
  const std::string full = containers(kFull);
  CHECK(misfit(some, {kBurstable, kGuaranteed}) == "fits");
  CHECK(misfit(some, {}) == "fits");
  CHECK(misfit(some, {kGuaranteed}) == "Burstable: no limit");
  CHECK(misfit(some, {kBestEffort}) == "Burstable: has resource");
  CHECK(misfit(none, {kBurstable, kGuaranteed}) == "BestEffort: all");
  CHECK(misfit(none, {kGuaranteed}) == "BestEffort: no limit");
  CHECK(misfit(full, {kBurstable}) == "Guaranteed: all");
  CHECK(misfit(full, {kBestEffort}) == "Guaranteed: has resource");
  CHECK(parse_qos_class("Guaranteed") == kGuaranteed);
  CHECK_FALSE(parse_qos_class("guaranteed"));
}
