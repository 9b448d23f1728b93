#include "cli/export_page.h"

#include <filesystem>

#include "support/catch.h"
#include "support/golden.h"

namespace tidewaiter::cli {
namespace {

TEST_CASE("docs/exported-policies.md says which rules have policies", "[cli]") {
  testing::check_file(
      std::filesystem::path(TIDEWAITER_SOURCE_DIR) / "docs/exported-policies.md",
      export_page(rules::builtin_rules()));
}

}  // namespace
}  // namespace tidewaiter::cli
