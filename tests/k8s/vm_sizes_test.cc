#include "k8s/vm_sizes.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "support/catch.h"
#include "support/shared.h"

using namespace tidewaiter::k8s;  // NOLINT(google-build-using-namespace)

constexpr std::int64_t kMi = std::int64_t{1} << 20;

TEST_CASE("sizes of Azure are found by their exact name", "[vm]") {
  REQUIRE(find_vm_size("Standard_E16s_v4") != nullptr);
  CHECK(find_vm_size("Standard_E16s_v4")->cores == 16);
  CHECK(find_vm_size("Standard_E16s_v4")->memory_gib == 128);
  CHECK(find_vm_size("standard_e16s_v4") == nullptr);
  CHECK(std::ranges::is_sorted(vm_sizes(), {}, &VmSize::name));
}

TEST_CASE("AKS reserves CPU by cores, memory by pods from 1.29 on", "[vm]") {
  CHECK(reserved_cpu_milli(1) == 60);
  CHECK(reserved_cpu_milli(6) == 140);
  CHECK(reserved_cpu_milli(128) == 740);
  CHECK(reserved_memory(8192 * kMi, 30, 29) == 750 * kMi);
  CHECK(reserved_memory(8192 * kMi, 250, 34) == (2048 + 100) * kMi);
  // 25 % of 4 GiB, 20 % of 4 GiB, and 750Mi
  CHECK(reserved_memory(8192 * kMi, 30, 28) == 1024 * kMi + 4096 * kMi / 5 + 750 * kMi);
}

TEST_CASE("sizes are those of the cluster autoscaler", "[vm]") {
  const auto path = tidewaiter::testing::shared_file("data/azure-vm-sizes.json");
  if (!path) return;
  std::ifstream file(*path);
  const auto table = nlohmann::json::parse(file);
  for (const auto& [name, row] : table["sizes"].items()) {
    INFO(name);
    const VmSize* const size = find_vm_size(name);
    REQUIRE(size != nullptr);
    CHECK(size->cores == row["vcpu"].get<std::uint32_t>());
    CHECK(size->memory_gib == row["memory_gib"].get<std::uint32_t>());
  }
  CHECK(table["sizes"].size() == vm_sizes().size());
}
