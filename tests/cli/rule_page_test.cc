#include "cli/rule_page.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "cli/markdown.h"
#include "cli/rule_text.h"
#include "report/standards.h"
#include "support/catch.h"
#include "support/golden.h"

namespace tidewaiter::cli {
namespace {

const std::filesystem::path kPages =
    std::filesystem::path(TIDEWAITER_SOURCE_DIR) / "docs/rules";

TEST_CASE("docs/rules holds the page of every rule and their index", "[cli]") {
  for (const rules::Rule& rule : rules::builtin_rules()) {
    testing::check_file(kPages / (std::string(rule.name) + ".md"), rule_page(rule));
  }
  testing::check_file(kPages / "README.md", rules_index(rules::builtin_rules()));
}

TEST_CASE("the README's table is made from the rules", "[cli]") {
  constexpr std::string_view kBegin = "<!-- begin of the table of rules -->\n";
  constexpr std::string_view kEnd = "<!-- end of the table of rules -->";
  const std::filesystem::path path = std::filesystem::path(TIDEWAITER_SOURCE_DIR) / "README.md";
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const std::size_t begin = text.find(kBegin);
  const std::size_t end = text.find(kEnd);
  REQUIRE(begin != text.npos);
  REQUIRE(end != text.npos);
  text.replace(begin + kBegin.size(), end - begin - kBegin.size(),
               "\n" + readme_table(rules::builtin_rules()) + "\n");
  testing::check_file(path, text);
}

TEST_CASE("every standard of a rule is one that reports know", "[cli]") {
  for (const rules::Rule& rule : rules::builtin_rules()) {
    for (const std::string_view standard : rule.standards) {
      INFO(rule.name << " names " << standard);
      const auto taxon = report::find_taxon(standard);
      REQUIRE(taxon);
      CHECK(taxon->title != taxon->id);
    }
  }
}

TEST_CASE("docs/rules holds no page without a rule", "[cli]") {
  for (const auto& entry : std::filesystem::directory_iterator(kPages)) {
    const std::string name = entry.path().filename().string();
    INFO("delete " << entry.path().string());
    CHECK((name == "README.md" ||
           std::ranges::any_of(rules::builtin_rules(), [&](const rules::Rule& rule) {
             return name == std::string(rule.name) + ".md";
           })));
  }
}

TEST_CASE("no line of a rule's page ends with a blank and no example keeps its marker",
          "[cli]") {
  for (const rules::Rule& rule : rules::builtin_rules()) {
    const std::string page = rule_page(rule);
    INFO(rule.name);
    CHECK(page.find(" \n") == page.npos);
    CHECK(page.find("\n\n\n") == page.npos);
    CHECK(page.find("# want:") == page.npos);
    CHECK(std::filesystem::exists(std::filesystem::path(TIDEWAITER_SOURCE_DIR) / "rules" /
                                  rule.file));
  }
}

TEST_CASE("indented code in prose becomes a fenced block", "[cli]") {
  CHECK(prose("") == "");
  CHECK(prose("One.\n\nTwo.\n\n") == "One.\n\nTwo.\n");
  CHECK(prose("Write:\n\n    a:\n\n      b: 1  \n\nor not.\n") ==
        "Write:\n\n```yaml\na:\n\n  b: 1\n```\n\nor not.\n");
  CHECK(prose("Run:\n    helm template .\n") == "Run:\n\n```\nhelm template .\n```\n");
}

TEST_CASE("code with backticks stays one piece of code", "[cli]") {
  CHECK(code_span("a") == "`a`");
  CHECK(code_span("`a") == "`` `a ``");
  CHECK(fenced("x: |\n  ```\n", "yaml") == "````yaml\nx: |\n  ```\n````\n");
}

TEST_CASE("a pipe does not end the cell of a table", "[cli]") {
  CHECK(table_cell("a|b") == "a\\|b");
}

TEST_CASE("markers of examples become marks for people", "[cli]") {
  CHECK(with_marks("a: 1  # want: x, y\nb: 2", "# here") == "a: 1  # here\nb: 2\n");
}

}  // namespace
}  // namespace tidewaiter::cli
