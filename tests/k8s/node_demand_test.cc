#include "k8s/node_demand.h"

#include <string>

#include "k8s/manifest.h"
#include "support/catch.h"

using namespace tidewaiter::k8s;  // NOLINT(google-build-using-namespace)
using tidewaiter::testing::Manifest;

namespace {

/// "[size in a,b; pool not c] [...]"
std::string alternatives(const std::string& spec) {
  static constexpr std::string_view kKeys[] = {"size", "pool"};
  const Manifest manifest("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: " + spec +
                          "\n");
  std::string out;
  for (const NodeAlternative& alternative :
       node_alternatives(*manifest.resource(0).pod, kKeys)) {
    out += "[";
    for (const NodeRequirement& requirement : alternative) {
      out += std::string(requirement.key) + (requirement.is_excluded ? " not" : " in");
      for (const std::string_view value : requirement.values) out += " " + std::string(value);
      out += ";";
    }
    out += "]";
  }
  return out;
}

std::string affinity(const std::string& terms, const std::string& more = "") {
  return "{" + more +
         "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
         "{nodeSelectorTerms: [" +
         terms + "]}}}}";
}

}  // namespace

TEST_CASE("nodeSelector makes one alternative", "[node_demand]") {
  CHECK(alternatives("{nodeSelector: {pool: a, size: b, os: linux}}") ==
        "[size in b;pool in a;]");
  CHECK(alternatives("{nodeSelector: {pool: 1}}") == "[]");
  CHECK(alternatives("{}") == "[]");
  CHECK(alternatives("{nodeSelector: here, affinity: there}") == "[]");
}

TEST_CASE("each term of required affinity is an alternative with nodeSelector",
          "[node_demand]") {
  CHECK(alternatives(affinity("{matchExpressions: [{key: size, operator: In, values: [a, b]}, "
                              "{key: pool, operator: NotIn, values: [c]}]}, "
                              "{matchExpressions: [{key: zone, operator: In, values: [1]}]}",
                              "nodeSelector: {pool: d}, ")) ==
        "[pool in d;size in a b;pool not c;][pool in d;]");
  CHECK(alternatives(affinity("{matchExpressions: [{key: size, operator: Exists}, "
                              "{operator: In}, text]}")) == "[]");
  CHECK(alternatives(affinity("")) == "[]");
  CHECK(alternatives("{affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuring"
                     "Execution: [{preference: {matchExpressions: [{key: size, operator: In, "
                     "values: [a]}]}}]}}}") == "[]");
}
