#include "cli/text_layout.h"

#include "cli/constant_text.h"
#include "support/catch.h"

namespace tidewaiter::cli {
namespace {

TEST_CASE("text is wrapped at words and indented", "[cli]") {
  CHECK(wrap("", 2).empty());
  CHECK(wrap("a  b\nc", 2) == "  a b c\n");
  const std::string word(50, 'x');
  CHECK(wrap(word + " " + word, 4) == "    " + word + "\n    " + word + "\n");
  CHECK(wrap(std::string(200, 'x'), 2) == "  " + std::string(200, 'x') + "\n");
}

TEST_CASE("an empty line stays one when text is wrapped", "[cli]") {
  CHECK(wrap("a\n\nb\n", 2) == "  a\n\n  b\n");
}

TEST_CASE("width counts code points, not bytes", "[cli]") {
  CHECK(width_of("\xC3\xA4\xE2\x82\xAC") == 2);
  std::string text;
  for (int i = 0; i < 78; ++i) text += "\xC3\xA4";
  CHECK(wrap(text, 2) == "  " + text + "\n");
}

TEST_CASE("lines are indented as they stand, empty ones stay empty", "[cli]") {
  CHECK(indented("a:\n\n  b\n", 2) == "  a:\n\n    b\n");
  CHECK(indented("a", 4) == "    a\n");
}

TEST_CASE("constants are written as YAML on one line", "[cli]") {
  using rules::Constant;
  using Kind = Constant::Kind;
  const Constant items[] = {{.kind = Kind::kInt, .integer = 3},
                            {.kind = Kind::kString, .text = "off"},
                            {.kind = Kind::kString, .text = "it's"},
                            {.kind = Kind::kString, .text = "100m"},
                            {.kind = Kind::kString, .text = "app/name"},
                            {.kind = Kind::kBool, .boolean = true},
                            {.kind = Kind::kNull}};
  CHECK(flow_yaml({.kind = Kind::kList, .items = items}) ==
        "[3, 'off', 'it''s', '100m', app/name, true, null]");
  const std::string_view keys[] = {"general", "a b"};
  CHECK(flow_yaml({.kind = Kind::kMap, .items = std::span(items).first(2), .keys = keys}) ==
        "{general: 3, 'a b': 'off'}");
}

}  // namespace
}  // namespace tidewaiter::cli
