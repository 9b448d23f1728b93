#include <string>

#include "cel/tree.h"
#include "support/catch.h"

namespace tidewaiter::cel::testing {
namespace {

bool compiles(const World& world, const std::string& text) {
  return static_cast<bool>(compile(world.environment, text));
}

}  // namespace

TEST_CASE("blanks stand anywhere between tokens", "[cel][blanks]") {
  World world(R"({"a": {"b": 1}, "list": [1, 2]})");
  for (const std::string blank : {" ", "\t", "\n", "\r", "\r\n", "\f", " \t\r\n\f "}) {
    CAPTURE(blank);
    CHECK(world.text(blank + "1" + blank + "+" + blank + "2" + blank) == "3");
    CHECK(world.text("object" + blank + "." + blank + "a" + blank + "." + blank + "b") == "1");
    CHECK(world.text("has" + blank + "(" + blank + "object" + blank + ".a" + blank + ")") ==
          "true");
    CHECK(world.text("object.list.map(" + blank + "x" + blank + "," + blank + "x + 1" + blank +
                     ")") == "[2, 3]");
    CHECK(world.text("{" + blank + "'k'" + blank + ":" + blank + "[" + blank + "1" + blank +
                     "]" + blank + "}") == "{'k': [1]}");
    CHECK(world.text("true" + blank + "?" + blank + "1" + blank + ":" + blank + "2") == "1");
    CHECK(world.text("object" + blank + "." + blank + "?" + blank + "a.b.orValue(0)") == "1");
  }
}

TEST_CASE("blanks of Unicode and other controls are none", "[cel][blanks]") {
  const World world("{}");
  for (const std::string other : {"\v", "\xC2\xA0", "\xE2\x80\x83", "\xE3\x80\x80", "\xC2\x85",
                                  "\xE2\x80\xA8", "\xEF\xBB\xBF", "\xE2\x80\x8B", "\x01"}) {
    CAPTURE(other);
    CHECK_FALSE(compiles(world, "1" + other + "+ 2"));
    CHECK_FALSE(compiles(world, other + "1"));
    CHECK(compiles(world, "'a" + other + "b' == 'c' // " + other));
  }
  CHECK_FALSE(compiles(world, std::string("1\0+ 2", 6)));
}

TEST_CASE("a comment ends with its line, which only a line feed ends", "[cel][blanks]") {
  World world(R"({"a": 1})");
  CHECK(world.text("1 // one\n+ 2") == "3");
  CHECK(world.text("1 // one\r\n+ 2") == "3");
  CHECK(world.text("1 // one\r+ 2") == "1");
  CHECK(world.text("1 // one\f+ 2") == "1");
  CHECK(world.text("1 // \xE2\x80\xA8 + 2") == "1");
  CHECK(world.text("// first\n//\n\n  // second\n1") == "1");
  CHECK(world.text("1 //") == "1");
  CHECK(world.text("1//") == "1");
  CHECK(world.text("1 // the end") == "1");
  CHECK(world.text("1 //// /* ' \" [ \n + 1") == "2");
  CHECK(world.text("object // whose\n.a // this\n") == "1");
}

TEST_CASE("comments stand inside of macros, calls and literals", "[cel][blanks]") {
  World world(R"({"a": 1})");
  CHECK(world.text("[1, // one\n 2 // two )\n].map(x, // each\n x * 2 // doubled\n)") ==
        "[2, 4]");
  CHECK(world.text("has( // is it there\nobject.a // ?\n)") == "true");
  CHECK(world.text("{'a': // one\n 1, // two\n}") == "{'a': 1}");
  CHECK(world.text("true // yes\n? 1 // one\n: 2 // two") == "1");
}

TEST_CASE("two slashes in a text are no comment", "[cel][blanks]") {
  World world("{}");
  CHECK(world.text("'http://a' // b") == "'http://a'");
  CHECK(world.text("r'//' + \"//\"") == "'////'");
  CHECK(world.text("'''a\n// b''' == 'a\\n// b'") == "true");
}

TEST_CASE("an expression of blanks and comments alone is none", "[cel][blanks]") {
  const World world("{}");
  for (const std::string text :
       {"", " ", "\n\r\t", "//", "// 1", "//\n//", "1 / / 2", "1 /* 2 */", "# 1"}) {
    CAPTURE(text);
    CHECK_FALSE(compiles(world, text));
  }
}

}  // namespace tidewaiter::cel::testing
