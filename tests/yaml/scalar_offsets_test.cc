#include "yaml/scalar_offsets.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "support/catch.h"
#include "support/shared.h"
#include "yaml/reading.h"
#include "yaml/string_places.h"

namespace tidewaiter::yaml {
namespace {

using testing::check_strings;
using testing::fault_in;
using testing::Reading;
using testing::Tally;

/// The places of the string at `a:` of a document; empty when all is well.
std::string fault_of(const std::string& text) {
  const Reading reading(text);
  if (reading.file.documents.at(0).root == nullptr) return "the document is not read";
  const Node* const node = reading.root().find("a");
  if (node == nullptr || !node->is_string()) return "no string";
  return fault_in(reading.source.text(), *node);
}

/// The bytes of the source for the first `needle` in the string at `a:`, marked by [ ].
std::string marked(const std::string& text, const std::string& needle) {
  const Reading reading(text);
  const Node& node = *reading.root().find("a");
  const auto begin = node.as_string().find(needle);
  REQUIRE(begin != std::string_view::npos);
  const ByteSpan span =
      written_span(reading.source.text(), node,
                   {.begin = static_cast<std::uint32_t>(begin),
                    .end = static_cast<std::uint32_t>(begin + needle.size())});
  return text.substr(0, span.begin) + "[" + text.substr(span.begin, span.size()) + "]" +
         text.substr(span.end);
}

TEST_CASE("a stretch of a string is found in the file", "[yaml][offsets]") {
  CHECK(marked("a: x + yy + z\n", "yy") == "a: x + [yy] + z\n");
  CHECK(marked("a: 'it''s x'\n", "x") == "a: 'it''s [x]'\n");
  CHECK(marked("a: 'it''s x'\n", "'s") == "a: 'it[''s] x'\n");
  CHECK(marked("a: \"\\x41\\u00e9 \\\"x\"\n", "\xC3\xA9") == "a: \"\\x41[\\u00e9] \\\"x\"\n");
  CHECK(marked("a: \"one\n  two\n\n  three\"\n", "three") ==
        "a: \"one\n  two\n\n  [three]\"\n");
  CHECK(marked("a: \"on\\\n   e two\"\n", "ne t") == "a: \"o[n\\\n   e t]wo\"\n");
  CHECK(marked("a: |2-\n    x\n   y\n", "y") == "a: |2-\n    x\n   [y]\n");
  CHECK(marked("a: >\n  x\n  y\n\n    z\n", "z") == "a: >\n  x\n  y\n\n    [z]\n");
  CHECK(marked("a: x\n  y\n\n  z w\n", "y\nz") == "a: x\n  [y\n\n  z] w\n");
  CHECK(marked("a: \"\xE2\x82\xAC x\"\n", "x") == "a: \"\xE2\x82\xAC [x]\"\n");
  CHECK(marked("{\"a\": \"\\ud83d\\ude00\\/x\"}\n", "/") ==
        "{\"a\": \"\\ud83d\\ude00[\\/]x\"}\n");
  CHECK(marked("b: &b |\n  x y\na: *b\n", "y") == "b: &b |\n  x [y]\na: *b\n");
  CHECK(marked("a: !!str 'x y'\n", "y") == "a: !!str 'x [y]'\n");
}

TEST_CASE("an empty range is a place, and the end of the string the end of its text",
          "[yaml][offsets]") {
  const auto at = [](const std::string& text, std::uint32_t offset) {
    const Reading reading(text);
    const ByteSpan span = written_span(reading.source.text(), *reading.root().find("a"),
                                       {.begin = offset, .end = offset});
    CHECK(span.empty());
    return text.substr(0, span.begin) + "^" + text.substr(span.end);
  };
  CHECK(at("a: xy\n", 1) == "a: x^y\n");
  CHECK(at("a: xy\n", 2) == "a: xy^\n");
  CHECK(at("a: xy\n", 9) == "a: xy^\n");
  CHECK(at("a: 'xy'\n", 2) == "a: 'xy^'\n");
  CHECK(at("a: ''\n", 0) == "a: '^'\n");
  CHECK(at("a: |-\n  xy\nb: 1\n", 2) == "a: |-\n  xy^\nb: 1\n");
  CHECK(at("a: |\n  xy\nb: 1\n", 2) == "a: |\n  xy^\nb: 1\n");
  CHECK(at("a: |\n  xy", 3) == "a: |\n  xy^");
  CHECK(at("a: |-\nb: 1\n", 0) == "a: |-^\nb: 1\n");
}

TEST_CASE("every byte of a string is found, however it is written", "[yaml][offsets]") {
  const char* const text = GENERATE(
      "a: plain", "a: plain\n  over\n  lines\n", "a: plain\n\n  over\n\n\n\n  lines # no\n",
      "a: plain\t over \t \n \t lines\n", "a:\n  x\n  y\nb: 1\n", "a: ' x '\n",
      "a: ' '' '''' '\n", "a: 'x\n  y''\n\n  z\n  '\n", "a: '\n  x\n\n'\n",
      "a: \" x\\t\\n\\\"\\\\ \"\n", "a: \"x \\\n  \\\n  \\\n  y\"\n", "a: \"x \\\n\n\n   y\"\n",
      "a: \"x\n  \\  y \\\n  \\tz\"\n",
      "a: \"\\0\\a\\b\\t\\\t\\n\\v\\f\\r\\e\\ \\\"\\\\\\N\\_\\L\\P\\x7f\\u20ac\\U0001F600\"\n",
      "a: |\n  x\n    y\n\n  z\n\n\nb: 1\n", "a: |+\n\n\n  x\n\n\nb: 1\n", "a: |-\n  x\n\n",
      "a: |\n  x", "a: |2\n    x\n   y\n", "a: |2\n     \n   y\n", "a: |1\n \n\n  \n x\n",
      "a: |\n  x\n     \n  y\n", "a: |  # why\n  # x\n  y\n", "a: |\n  x\n  \ty\t\n",
      "a: |+\n\n\n", "a: |+\n  x\n  ", "a: >\n  x\n  y\n",
      "a: >-\n\n  x\n  y\n\n  z\n\n\n  w\n", "a: >\n  x\n    y\n    z\n  w\n",
      "a: >+\n  x\n\n    y\n\n  z\n\n\n", "a: >\n\n\n    x\n    \ty\n    z",
      "a: >1\n   x\n  y\n z\n", "a: |\r\n  x\r\n\r\n  y\r\n",
      "a: >\r\n  x\r\n  y\r\n\r\n  z\r\n", "a: 'x\r\n\r\n  y'\r\n", "a: x\r\n  y\r\nb: 1\r\n",
      "a: |\r  x\r  y\r", "a: \"x\\\r\n  y\"\r\n",
      "a: |\n  \xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\n", "a: 'x\xE2\x80\xA8y'\n",
      "a: >\n  x\xC2\x85  y\n", "a: >\n  x\xE2\x80\xA9  y\n", "a: x\xE2\x80\xA8  y\n",
      "a: |\n  x\xC2\x85", "a: &b >-\n  x\n  y\nc: *b\n", "a: !!str\n  >-\n  x\n  y\n",
      "a: ! x\n", "{a: x y, b: 1}\n", "{a: 'x\n y'}\n", "b:\n- |\n x\na: >\n x\n y\n",
      "{\"a\": \"\\u00e9\\ud800x\\ud83d\\ude00\\udc00\\/\\b\"}", "{\"a\": \"x\xFFy\xE2\x82\"}",
      "\xEF\xBB\xBF"
      "a: >\n  x\n  y\n",
      "? a\n: |\n  x\n", "a: ''\n", "a: |\n\nb: 1\n");
  INFO(text);
  CHECK(fault_of(text) == "");
}

/// `a:` with a scalar that is made at random of what matters to its style.
std::string random_scalar(std::mt19937& random) {
  static const std::vector<std::string> kBlank = {
      "\n", "\n", "\n  ", "\n  ", " ", "\t", "\r\n  ", "\r  ", "\xC2\x85  ", "\xE2\x80\xA8  "};
  static const std::vector<std::string> kText = {
      "x", "y", "\xC3\xA9", "''", "\\n", "\\x41", "\\\n", "\\\"", "\\\r\n", "-", ":", "#"};
  static const std::vector<std::string> kHeads = {
      "", "", "'", "\"", "|\n  ", ">\n  ", "|1\n ", ">2-\n  ", "|+\n", ">+ # x\n  ", ">\r\n "};
  const auto one_of = [&](const auto& choices) -> const std::string& {
    return choices[random() % choices.size()];
  };
  const std::string& head = one_of(kHeads);
  std::string text = (random() % 4 == 0 ? "b:\n - a: " : "a: ") + head;
  for (std::size_t parts = random() % 12; parts-- > 0;) {
    text += random() % 2 == 0 ? one_of(kBlank) : one_of(kText);
  }
  if (head == "'" || head == "\"") text += head;
  return random() % 2 == 0 ? text : text + "\nc: 1\n";
}

TEST_CASE("every byte of random scalars is found", "[yaml][offsets]") {
  std::mt19937 random(20);
  Tally tally;
  for (int i = 0; i < 60'000; ++i) {
    const Reading reading(random_scalar(random));
    check_strings(reading.source, reading.file, tally);
  }
  for (const std::size_t strings : tally.by_style) CHECK(strings > 1000);
}

TEST_CASE("every byte of the shared scalars is found", "[yaml][offsets]") {
  const auto path = tidewaiter::testing::shared_file("yaml/scalars.json");
  if (!path) return;
  std::ifstream in(*path);
  Tally tally;
  for (const auto& row : nlohmann::json::parse(in)) {
    const Reading reading(row.at("yaml").get<std::string>());
    check_strings(reading.source, reading.file, tally);
  }
  CHECK(tally.strings > 500);
}

TEST_CASE("what is not written as it is read has the place of the whole", "[yaml][offsets]") {
  const auto whole = [](const std::string& text) {
    const Reading reading(text);
    const Node& root = reading.root();
    const Node* const node = root.find("a") != nullptr ? root.find("a") : root.entry(0).key;
    return reading.text(written_span(reading.source.text(), *node, {.begin = 1, .end = 2}));
  };
  CHECK(whole("a: !!binary eHl6\n") == "eHl6");
  CHECK(whole("0x10: 1\n") == "0x10");
}

TEST_CASE("many escaped and empty lines cost neither stack nor time", "[yaml][offsets]") {
  std::string text = "a: \"x";
  for (int i = 0; i < 300'000; ++i) text += "\\\n";
  text += "y";
  for (int i = 0; i < 300'000; ++i) text += "\n";
  CHECK(fault_of(text + "z\"\n") == "");
}

}  // namespace
}  // namespace tidewaiter::yaml
