#include "policy/policy_set.h"

#include <string>
#include <vector>

#include "policy/cluster_of.h"
#include "support/catch.h"

using tidewaiter::policy::AdmissionRequest;
using tidewaiter::policy::PolicySet;
using tidewaiter::testing::Manifest;
using tidewaiter::testing::resources_of;

namespace {

std::string policy(const std::string& name, const std::string& resources = "pods",
                   const std::string& version = "v1") {
  return "---\napiVersion: admissionregistration.k8s.io/" + version +
         "\nkind: ValidatingAdmissionPolicy\nmetadata: {" +
         (name.empty() ? "generateName: x-" : "name: " + name) +
         "}\nspec: {matchConstraints: {resourceRules: [{resources: [" + resources + "]}]}}\n";
}

std::string binding(const std::string& name, const std::string& of) {
  return "---\napiVersion: admissionregistration.k8s.io/v1\n"
         "kind: ValidatingAdmissionPolicyBinding\nmetadata: {name: " +
         name + "}\nspec: {policyName: '" + of + "'}\n";
}

std::vector<std::uint32_t> candidates(const PolicySet& set, std::string_view resource) {
  std::vector<std::uint32_t> indices = {99};
  set.candidates(AdmissionRequest{.resource = resource}, indices);
  return indices;
}

}  // namespace

TEST_CASE("policies get the bindings that name them, in order", "[policy]") {
  const Manifest manifest(binding("first", "b") + policy("b") + policy("a", "pods", "v1beta1") +
                          binding("second", "b") + binding("x", "none") + binding("w", "") +
                          "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}\n");
  const PolicySet set(resources_of(manifest));
  REQUIRE(set.policies().size() == 2);
  CHECK(set.policies()[0].policy.name == "b");
  REQUIRE(set.policies()[0].bindings.size() == 2);
  CHECK(set.policies()[0].bindings[0].name == "first");
  CHECK(set.policies()[0].bindings[1].name == "second");
  CHECK(set.policies()[1].policy.name == "a");
  CHECK(set.policies()[1].bindings.empty());
  REQUIRE(set.stray_bindings().size() == 2);
  CHECK(set.stray_bindings()[0].name == "x");
  CHECK(set.stray_bindings()[1].name == "w");
  CHECK(set.duplicates().empty());
  CHECK(PolicySet().policies().empty());
}

TEST_CASE("the first of a name counts and the later ones are told", "[policy]") {
  const Manifest manifest(policy("a", "pods") + policy("a", "services", "v1beta1") +
                          binding("a", "a") + binding("a", "a") + policy("") + policy(""));
  auto resources = resources_of(manifest);
  resources.push_back(resources.front());  // met twice
  const PolicySet set(resources);
  REQUIRE(set.policies().size() == 1);
  CHECK(set.policies()[0].policy.resource == &manifest.resource(0));
  CHECK(set.policies()[0].bindings.size() == 1);
  REQUIRE(set.duplicates().size() == 2);
  CHECK(set.duplicates()[0].resource == &manifest.resource(1));
  CHECK(set.duplicates()[0].first == &manifest.resource(0));
  CHECK(set.duplicates()[1].resource == &manifest.resource(3));
  REQUIRE(set.nameless().size() == 2);
  CHECK(set.nameless()[0] == &manifest.resource(4));
  CHECK(set.nameless()[1] == &manifest.resource(5));
}

TEST_CASE("only policies whose rules name the resource are looked at", "[policy]") {
  const Manifest manifest(policy("a", "pods, pods/status, pods") + policy("b", "'*'") +
                          policy("c", "services, 'pods/*'") + policy("d", "'*/*', services"));
  const PolicySet set(resources_of(manifest));
  CHECK(candidates(set, "pods") == std::vector<std::uint32_t>{0, 1, 2, 3});
  CHECK(candidates(set, "services") == std::vector<std::uint32_t>{1, 2, 3});
  CHECK(candidates(set, "secrets") == std::vector<std::uint32_t>{1, 3});
  CHECK(candidates(set, "") == std::vector<std::uint32_t>{1, 3});
  CHECK(candidates(PolicySet(), "pods").empty());

  std::vector<std::uint32_t> either;
  set.candidates({.resource = "podses", .other_resource = "pods"}, either);
  CHECK(either == std::vector<std::uint32_t>{0, 1, 2, 3});
}

TEST_CASE("a set of many policies and bindings finds each", "[policy]") {
  std::string text;
  for (int i = 0; i < 5'000; ++i) {
    const std::string name = "p" + std::to_string(i);
    text += policy(name, "r" + std::to_string(i)) + binding("b" + name, name);
  }
  const Manifest manifest(std::move(text));
  const PolicySet set(resources_of(manifest));
  for (int i = 0; i < 5'000; ++i) {
    CHECK(candidates(set, "r" + std::to_string(i)).size() == 1);
  }
  CHECK(set.policies()[4'999].bindings.size() == 1);
}
