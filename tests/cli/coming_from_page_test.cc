#include "cli/coming_from_page.h"

#include <algorithm>
#include <filesystem>
#include <string>

#include "cli/peer_linters.h"
#include "rules/peer_id.h"
#include "support/catch.h"
#include "support/golden.h"

namespace tidewaiter::cli {
namespace {

TEST_CASE("docs/coming-from.md is made from the rules' equivalents", "[cli]") {
  testing::check_file(std::filesystem::path(TIDEWAITER_SOURCE_DIR) / "docs/coming-from.md",
                      coming_from_page(rules::builtin_rules()));
}

TEST_CASE("every equivalent is of a linter that the page knows", "[cli]") {
  for (const rules::Rule& rule : rules::builtin_rules()) {
    for (const std::string_view equivalent : rule.equivalents) {
      INFO(rule.name << " names " << equivalent);
      CHECK(std::ranges::find(peer_linters(), rules::linter_of(equivalent), &PeerLinter::key) !=
            peer_linters().end());
      CHECK(std::ranges::count(rule.equivalents, equivalent) == 1);
    }
  }
}

TEST_CASE("no check is listed as one without a counterpart and as an equivalent", "[cli]") {
  for (const PeerLinter& linter : peer_linters()) {
    for (const auto& [listed, what] : linter.uncovered) {
      std::string_view rest = listed;
      while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(", "), rest.size());
        const std::string id =
            std::string(linter.key) + "/" + std::string(rest.substr(0, comma));
        rest.remove_prefix(std::min(comma + 2, rest.size()));
        for (const rules::Rule& rule : rules::builtin_rules()) {
          INFO(id << " is an equivalent of " << rule.name);
          CHECK(std::ranges::none_of(rule.equivalents, [&](std::string_view equivalent) {
            return rules::means_equivalent(id, equivalent);
          }));
        }
      }
    }
  }
}

}  // namespace
}  // namespace tidewaiter::cli
