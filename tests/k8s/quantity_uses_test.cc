#include "k8s/quantity_uses.h"

#include <string>

#include "k8s/container_resources.h"
#include "k8s/manifest.h"
#include "support/catch.h"

using namespace tidewaiter::k8s;  // NOLINT(google-build-using-namespace)
using tidewaiter::testing::Manifest;

namespace {

std::string uses(const std::string& text) {
  const Manifest manifest(text);
  std::string out;
  for (const QuantityUse& use : quantity_uses(manifest.resource(0))) {
    out += std::string(name_of(use.role)) + " " + std::string(use.resource()) + "=" +
           quantity_text(*use.node) + " ";
    if (use.container != nullptr) {
      out += "in " + std::string(use.container->find("name")->as_string()) + " ";
    }
    out += std::string(name_of(use.fault)) + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("quantities are found wherever a manifest has them, with their faults",
          "[quantity]") {
  CHECK(uses("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n"
             "  overhead: {cpu: -1}\n"
             "  volumes: [{name: a, emptyDir: {sizeLimit: 1GB}}]\n"
             "  containers:\n"
             "  - name: c\n"
             "    resources: {requests: {cpu: 1, nvidia.com/gpu: 0.5}, limits: {cpu: true}}\n"
             "    env: [{name: A, valueFrom: {resourceFieldRef: {divisor: 1 Mi}}}]\n") ==
        "request cpu=1 in c \n"
        "request nvidia.com/gpu=0.5 in c fraction\n"
        "limit cpu=true in c invalid\n"
        "overhead cpu=-1 negative\n"
        "sizeLimit =1GB invalid\n"
        "divisor =1 Mi in c invalid\n");
  CHECK(uses("apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: a}\n"
             "spec: {hard: {pods: 1.5, requests.cpu: 1.5, count/jobs.batch: 500m, "
             "requests.nvidia.com/gpu: 0.5}}\n") ==
        "quota pods=1.5 fraction\n"
        "quota requests.cpu=1.5 \n"
        "quota count/jobs.batch=500m fraction\n"
        "quota requests.nvidia.com/gpu=0.5 fraction\n");
  CHECK(uses("apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: a}\nspec:\n"
             "  volumeClaimTemplates: [{spec: {resources: {requests: {storage: 10GB}}}}]\n") ==
        "storage storage=10GB invalid\n");
}

TEST_CASE("what was probably meant is suggested", "[quantity]") {
  CHECK(quantity_suggestion("512MB", "memory") == "'512M' or '512Mi'");
  CHECK(quantity_suggestion("1 Gi", "memory") == "'1Gi'");
  CHECK(quantity_suggestion("1,5", "cpu") == "'1.5'");
  CHECK(quantity_suggestion("0,125", "cpu") == "'0.125'");
  CHECK(quantity_suggestion("1,000", "cpu") == "'1000' or '1.000'");
  CHECK(quantity_suggestion("1,024Mi", "memory") == "'1024Mi' or '1.024Mi'");
  CHECK(quantity_suggestion("1,024MB", "memory").empty());
  CHECK(quantity_suggestion("1,000,000", "memory") == "'1000000'");
  CHECK(quantity_suggestion("1,00,000", "memory").empty());
  CHECK(quantity_suggestion("100mi", "cpu") == "'100m'");
  CHECK(quantity_suggestion("100mi", "memory") == "'100Mi'");
  CHECK(quantity_suggestion("512K", "memory") == "'512k' or '512Ki'");
  CHECK(quantity_suggestion("1 core", "cpu") == "'1'");
  CHECK(quantity_suggestion("1ki", "memory") == "'1Ki'");
  CHECK(quantity_suggestion("lots", "memory").empty());
  CHECK(quantity_suggestion("1.5.2", "cpu").empty());
  CHECK(quantity_suggestion("", "cpu").empty());
  CHECK(quantity_suggestion(",", "cpu").empty());
  CHECK(quantity_suggestion(std::string(1'000'000, '1') + "MB", "cpu").empty());
}

TEST_CASE("requests and limits of one resource are paired", "[quantity]") {
  const Manifest manifest(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n"
      "  containers:\n"
      "  - resources: {requests: {cpu: 1, memory: }, limits: {cpu: 2, hugepages-2Mi: 4Mi}}\n"
      "  resources: {requests: {cpu: 3}}\n");
  const auto pairs = resource_pairs(*manifest.resource(0).pod);
  REQUIRE(pairs.size() == 3);
  CHECK(manifest.text(pairs[0].request) == "1");
  CHECK(manifest.text(pairs[0].limit) == "2");
  CHECK(pairs[1].resource() == "hugepages-2Mi");
  CHECK(pairs[1].request == nullptr);
  CHECK(pairs[2].of_pod);
  CHECK(pairs[2].limit == nullptr);
}

TEST_CASE("hugepages and extended resources are never overcommitted", "[quantity]") {
  CHECK(is_overcommittable("cpu"));
  CHECK(is_overcommittable("ephemeral-storage"));
  CHECK(is_overcommittable("scheduling.k8s.kubernetes.io/x"));
  CHECK_FALSE(is_overcommittable("hugepages-2Mi"));
  CHECK_FALSE(is_overcommittable("nvidia.com/gpu"));
}
