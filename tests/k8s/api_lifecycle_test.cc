#include "k8s/api_lifecycle.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>

#include "support/catch.h"
#include "support/shared.h"

using tidewaiter::k8s::api_lifecycles;
using tidewaiter::k8s::ApiLifecycle;
using tidewaiter::k8s::find_api_lifecycle;

TEST_CASE("an API knows when it goes and what replaces it", "[lifecycle]") {
  const ApiLifecycle* const ingress = find_api_lifecycle("extensions", "v1beta1", "Ingress");
  REQUIRE(ingress != nullptr);
  CHECK(ingress->deprecated == 14u);
  CHECK(ingress->removed == 22u);
  CHECK(ingress->replacement == "networking.k8s.io/v1");
  const ApiLifecycle* const endpoints = find_api_lifecycle("", "v1", "Endpoints");
  REQUIRE(endpoints != nullptr);
  CHECK_FALSE(endpoints->removed);
  CHECK(endpoints->replacement_kind == "EndpointSlice");
  CHECK(find_api_lifecycle("apps", "v1", "Deployment") == nullptr);
  CHECK(find_api_lifecycle("", "", "") == nullptr);
}

TEST_CASE("the table is sorted, so that it can be searched", "[lifecycle]") {
  CHECK(std::ranges::is_sorted(api_lifecycles(), {}, [](const ApiLifecycle& api) {
    return std::tuple(api.kind, api.group, api.version);
  }));
}

TEST_CASE("the lifecycle is what Kubernetes' own functions say", "[lifecycle]") {
  const auto path = tidewaiter::testing::shared_file("data/api-lifecycle.json");
  if (!path) return;
  std::ifstream file(*path);
  const auto table = nlohmann::json::parse(file);
  const auto minor = [](const nlohmann::json& version) -> std::optional<std::uint32_t> {
    if (version.is_null()) return std::nullopt;
    return static_cast<std::uint32_t>(std::stoul(version.get<std::string>().substr(2)));
  };
  for (const auto& row : table["apis"]) {
    INFO(row.dump());
    const ApiLifecycle* const api =
        find_api_lifecycle(row["group"].get<std::string>(), row["version"].get<std::string>(),
                           row["kind"].get<std::string>());
    const bool ends = !row["deprecated"].is_null() || !row["removed"].is_null();
    CHECK((api != nullptr) == ends);
    if (api == nullptr) continue;
    CHECK(api->deprecated == minor(row["deprecated"]));
    CHECK(api->removed == minor(row["removed"]));
    CHECK(api->replacement.empty() == row["replacement"].is_null());
  }
}
