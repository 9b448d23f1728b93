#include "cli/source_excerpt.h"

#include <sstream>
#include <string>
#include <vector>

#include "cli/print_error.h"
#include "support/catch.h"

namespace tidewaiter::cli {
namespace {

std::string excerpt(const std::string& text, const std::string& part) {
  const auto begin = static_cast<std::uint32_t>(text.find(part));
  const auto size = static_cast<std::uint32_t>(part.size());
  return source_excerpt(text, LineIndex(text), {.begin = begin, .end = begin + size});
}

TEST_CASE("the line of a place is shown with carets below the place", "[cli]") {
  CHECK(excerpt("a: 1\nb: x + y\n", "x +") == "    2 | b: x + y\n      |    ^^^\n");
  CHECK(excerpt("a: x\r\n", "x") == "    1 | a: x\n      |    ^\n");
  CHECK(excerpt("a: x\n  y\n", "x\n  y") == "    1 | a: x\n      |    ^\n");
  CHECK(source_excerpt("a:", LineIndex("a:"), {.begin = 2, .end = 2}) ==
        "    1 | a:\n      |   ^\n");
}

TEST_CASE("carets stand below wide characters and behind tabs", "[cli]") {
  CHECK(excerpt("\xE6\x97\xA5\xE6\x9C\xAC x\xC3\xA9y", "x\xC3\xA9y") ==
        "    1 | \xE6\x97\xA5\xE6\x9C\xAC x\xC3\xA9y\n      |      ^^^\n");
  CHECK(excerpt("\tx", "x") == "    1 |     x\n      |     ^\n");
}

TEST_CASE("of a long line the part around the place is shown", "[cli]") {
  for (const std::size_t before : {0U, 90U, 399U, 401U, 100'000U}) {
    const std::string text = std::string(before, 'a') + " here " + std::string(100'000, 'b');
    const std::string shown = excerpt(text, "here");
    INFO(shown);
    const std::size_t end = shown.find('\n');
    REQUIRE(end < 140);
    const std::string carets = shown.substr(end + 1);
    const std::size_t ellipsis_bytes = shown.find("\xE2\x80\xA6") < shown.find("here") ? 2 : 0;
    CHECK(shown.find("here") - ellipsis_bytes == carets.find("^^^^"));
    CHECK(carets.find("^^^^^") == std::string::npos);
  }
}

TEST_CASE("a blank line shows nothing, and hostile text is made visible", "[cli]") {
  CHECK(source_excerpt("a\n  \nb", LineIndex("a\n  \nb"), {.begin = 2, .end = 2}).empty());
  CHECK(source_excerpt("", LineIndex(""), {}).empty());
  CHECK(excerpt("a\x1B[31m x", "x").find('\x1B') == std::string::npos);
  CHECK(excerpt("\xFF\xFE x", "x") == "    1 | \xEF\xBF\xBD\xEF\xBF\xBD x\n      |    ^\n");
}

TEST_CASE("an expression of one line has no line number", "[cli]") {
  CHECK(expression_excerpt("1 + x", {.begin = 4, .end = 5}) ==
        "      | 1 + x\n      |     ^\n");
  CHECK(expression_excerpt("1 +\nx", {.begin = 4, .end = 5}) == "    2 | x\n      | ^\n");
  CHECK(expression_excerpt(" ", {}).empty());
}

TEST_CASE("many errors in one long line print little of it", "[cli]") {
  const std::string text(4'000'000, 'x');
  std::vector<Error> errors;
  for (std::uint32_t i = 0; i < 2'000; ++i) {
    errors.push_back({.message = "M",
                      .where = ByteSpan{.begin = i * 2000, .end = i * 2000 + 1},
                      .path = "a"});
  }
  std::ostringstream out;
  print_errors(out, errors, text);
  CHECK(out.str().size() < errors.size() * 500);
}

}  // namespace
}  // namespace tidewaiter::cli
