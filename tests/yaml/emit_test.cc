#include "yaml/emit.h"

#include <yaml-cpp/yaml.h>

#include <string>
#include <vector>

#include "support/catch.h"
#include "yaml/reading.h"

namespace tidewaiter::yaml {
namespace {

using testing::Reading;

std::string emit_one(Tree tree) {
  return emit({&tree, 1});
}

TEST_CASE("a text is read back as the same text", "[yaml]") {
  const std::string text = GENERATE(
      as<std::string>(), "", "word", "two words", "1.30", "0x10", "1e3", "12:30", "2001-01-01",
      "yes", "y", "No", "null", "~", "true", "-", "- a", "a: b", "a #b", "#a", "'", "\"",
      "it's", "he said \"it's\"", "back\\slash", "a\nb\n", " lead", "trail ", "\t", "One.\n",
      "One.\n\n    two: 'x'\n\nthree\n", " a\n", "\n", "\n\n", "a\n\n", "a \nb\n", "a\tb\n",
      "%d", "@a", "`a`", "&a", "*", "!x", "{a}", "[a]", "a,b", "?", "|", ">", "ünï – …",
      "\xF0\x9F\x98\x80", "x\xE2\x80\xA8y", "x\xC2\x85y", "\x01", "---", "...", "--- a",
      "object.?a.orValue('') != \"x\" && b.matches('^\\\\d+$')");
  INFO(text);
  const Tree tree{Tree::Map{{"key", {text}}, {"list", {Tree::List{{text}, {text}}}}}};
  const Reading reading(emit_one(tree));
  REQUIRE(reading.file.documents.size() == 1);
  const Node* const value = reading.root().find("key");
  REQUIRE(value != nullptr);
  CHECK(value->is_string());
  CHECK(value->as_string() == text);
  CHECK(reading.root().find("list")->item(1).as_string() == text);
  // The YAML of 1.2, which other tools read, agrees.
  CHECK(YAML::Load(emit_one(tree))["key"].as<std::string>() == text);
}

TEST_CASE("keys, numbers and bools are read back as what they are", "[yaml]") {
  const Reading reading(emit_one({Tree::Map{{"on", {std::int64_t{-3}}},
                                            {"1", {true}},
                                            {"a: b", {Tree::Map{}}},
                                            {"none", {Tree::List{}}}}}));
  CHECK(reading.root().find("on")->as_int() == -3);
  CHECK(reading.root().find("1")->as_bool());
  CHECK(reading.root().find("a: b")->is_mapping());
  CHECK(reading.root().find("none")->is_sequence());
}

TEST_CASE("documents are set apart and keep their order", "[yaml]") {
  const std::vector<Tree> documents = {{Tree::Map{{"b", {std::string("1")}}}},
                                       {Tree::Map{{"a", {Tree::List{{std::string("x")}}}}}}};
  CHECK(emit(documents) == "b: '1'\n---\na: [x]\n");
  CHECK(emit({}).empty());
}

}  // namespace
}  // namespace tidewaiter::yaml
