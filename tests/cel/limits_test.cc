#include <string>
#include <string_view>
#include <vector>

#include "cel/go_regex.h"
#include "cel/regex_cache.h"
#include "cel/tree.h"
#include "cel/value_build.h"
#include "cel/value_data.h"
#include "support/catch.h"

// Time and memory stay bounded whatever an expression says. Where a limit is missing these
// tests do not fail at once: they take minutes.

namespace tidewaiter::cel::testing {
namespace {

std::string repeated(std::string_view text, std::size_t count) {
  std::string result;
  result.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

/// `text` `count` times, with commas.
std::string list_of(std::string_view text, std::size_t count) {
  return repeated(std::string(text) + ",", count) + std::string(text);
}

/// What expressions need to be costly: `s`, a text of a quarter of a million characters,
/// `many`, a list of twenty thousand numbers, and `one`.
std::string large_document() {
  return R"({"one": 1, "s": ")" + repeated("0123456789abcdef", 16'384) + R"(", "many": [)" +
         list_of("7", 19'999) + "]}";
}

/// Requires that each of the expressions ends because it is too much.
void check_limited(const std::vector<std::string>& expressions) {
  World world(large_document());
  for (const std::string& expression : expressions) {
    CAPTURE(expression.substr(0, 200));
    world.arena.reset();
    const Value value = world.evaluate(expression);
    REQUIRE(value.is_error());
    CHECK(value.as_error()->cause == ErrorCause::kLimit);
  }
}

/// For each of `tests` an expression that asks it twenty thousand times of the long text `s`.
std::vector<std::string> asked_often(const std::vector<std::string>& tests) {
  std::vector<std::string> expressions;
  for (const std::string& test : tests) {
    expressions.push_back("[object.s].all(s, object.many.all(i, " + test + " || true))");
  }
  return expressions;
}

}  // namespace

TEST_CASE("functions of long texts cost what it takes to read them", "[cel][limits]") {
  check_limited(asked_often({"size(s) > 0",
                             "s.startsWith(s)",
                             "s.endsWith(s)",
                             "s.contains('zz')",
                             "s.trim() == s",
                             "s.charAt(9) != ''",
                             "s.substring(1).size() > 0",
                             "s.substring(0, 1) != ''",
                             "s.indexOf('zz') < 0",
                             "s.lastIndexOf('zz') < 0",
                             "s.indexOf('zz', 1) < 0",
                             "s.lowerAscii() != ''",
                             "s.split('zz').size() == 1",
                             "s.replace('zz', '') != ''",
                             "bytes(s).size() > 0",
                             "string(bytes(s)) != ''",
                             "[s].join() != ''",
                             "strings.quote(s) != ''",
                             "isIP(s)",
                             "isCIDR(s)",
                             "isURL('/' + s)",
                             "isQuantity(s)",
                             "isSemver(s)",
                             "format.dns1123Label().validate(s).hasValue()",
                             "double('1' + s) > 0.0",
                             "int(s) > 0",
                             "bool(s)",
                             "timestamp(s) > timestamp(0)",
                             "duration(s) > duration('1s')",
                             "'%s'.format([s]) != ''"}));
}

TEST_CASE("comparing long texts costs what it takes to read them", "[cel][limits]") {
  check_limited(
      asked_often({"s == s", "s != s", "s <= s", "s in [s]", "s in {s: 1}", "{s: 1}[s] == 1",
                   "{}[?s].hasValue()", "[s] == [s]", "optional.of(s) == optional.of(s)",
                   "[s].indexOf(s) == 0", "sets.contains([s], [s])", "bytes(s) == bytes(s)"}));
  std::vector<std::string> of_many;
  for (const std::string_view call :
       {"sort()", "min()", "max()", "isSorted()", "distinct()", "sortBy(x, x)",
        "transformMapEntry(i, x, {x: i})", "map(x, {x: 1})"}) {
    of_many.push_back("dyn(object.many.map(i, object.s))." + std::string(call) + " == dyn(1)");
  }
  check_limited(of_many);
}

TEST_CASE("values of libraries cost what it takes to compare them", "[cel][limits]") {
  std::vector<std::string> expressions;
  for (const std::string_view value :
       {"url('http://a/' + object.s)", "semver('1.2.3-' + object.s)",
        "quantity(object.many.map(i, '9999999999').join())"}) {
    expressions.push_back("[" + std::string(value) +
                          "].all(v, object.many.all(i, object.many.all(j, v == v)))");
  }
  expressions.push_back(
      "[url('http://a/' + object.s)].all(u, object.many.all(i, "
      "u.getHost() == 'a'))");
  check_limited(expressions);
}

TEST_CASE("patterns cost what it takes to compile them", "[cel][limits]") {
  std::vector<std::string> expressions;
  for (const std::string_view pattern :
       {"'[a-z]{1,500}b' + string(i)", "'(x{99}){9}' + string(i)", "'\\\\pL{99}' + string(i)",
        "'\\\\pL{999}\\\\pL{999}\\\\pL{999}' + string(i)"}) {
    expressions.push_back("lists.range(100000).map(i, i + object.one).all(i, 'aaa'.matches(" +
                          std::string(pattern) + ") || true)");
  }
  check_limited(expressions);
}

TEST_CASE("a few patterns that are used often are paid for once", "[cel][limits]") {
  World world(R"({"patterns": ["^[a-z]{1,200}$", "^(x|y|z){1,200}$", "a{200}"]})");
  CHECK(world.text("lists.range(5000).exists(i, object.patterns.all(p, 'abc'.matches(p)))") ==
        "false");
}

TEST_CASE("looking for a pattern costs by its size and the text's", "[cel][limits]") {
  check_limited(
      asked_often({"s.matches('(a|b)*a(a|b){600}c')", "s.find('(0|[1-9])*1[0-9]{900}c') == ''",
                   "s.findAll('.*z|0').size() > 0", "s.findAll('').size() > 0"}));
}

TEST_CASE("an expression has only so many regular expressions", "[cel][limits]") {
  World world("{}");
  std::string several = "true";
  for (int i = 0; i < 40; ++i) {
    several += " && 'a'.matches('\\\\pL{" + std::to_string(600 + i) + "}')";
  }
  const auto program = compile(world.environment, several);
  REQUIRE_FALSE(program);
  CHECK(program.error().message ==
        "The regular expressions of the expression are too large together.");
}

TEST_CASE("hostile patterns are refused at once", "[cel][limits]") {
  CHECK(compile_regex("[" + repeated("[:", 45'000)).compiled == nullptr);
  CHECK(compile_regex("[" + repeated("[:", 45'000) + "x]").compiled != nullptr);
  CHECK(compile_regex(repeated(R"(\p{)", 30'000)).compiled == nullptr);
  CHECK(compile_regex(repeated(R"(\pL)", 30'000)).error ==
        "The regular expression has too many Unicode classes.");
  CHECK(compile_regex(repeated("(", 90'000)).compiled == nullptr);
  CHECK(compile_regex(repeated("(?:a*)*", 10'000)).compiled != nullptr);
}

TEST_CASE("a bracket in a class that names nothing is a bracket", "[cel][regex]") {
  CHECK(*re2_pattern("[[:a]") == R"([\[:a])");
  CHECK(*re2_pattern("[[:alpha:][:x]") == R"([[:alpha:]\[:x])");
  CHECK(*re2_pattern("[[:alpha:]]") == "[[:alpha:]]");
}

TEST_CASE("folding constants has an end", "[cel][limits]") {
  World world("{}");
  // Each item is cheap enough to be folded, but there are thousands.
  const std::string items = list_of("lists.range(9000).size()", 3000);
  const Value value = world.evaluate("[" + items + "].size()");
  REQUIRE(value.is_error());
  CHECK(value.as_error()->cause == ErrorCause::kLimit);
  // Later constants are still looked at.
  CHECK_FALSE(compile(world.environment, "[" + items + "].size() > int('abc')"));
  CHECK(compile(world.environment, "[" + items + "].size() > int('12')"));
}

TEST_CASE("comparing the types of long literals ends", "[cel][limits]") {
  World world("{}");
  for (const std::string& expression :
       {"[[]," + list_of("[[]]", 19'000) + "]", "{'a': []," + list_of("'b': [[]]", 9'000) + "}",
        "[" + list_of("optional.none()", 6'000) + "]",
        "[" + list_of("[].map(x,x)", 8'000) + "]", "[" + list_of("true?[]:[[]]", 7'000) + "]",
        "[" + list_of("[[]]+[]", 9'000) + "]"}) {
    CAPTURE(expression.substr(0, 60));
    CHECK(compile(world.environment, expression));
  }
}

TEST_CASE("depth and size have limits with clear errors", "[cel][limits]") {
  World world("{}");
  const auto message_of = [&](const std::string& expression) {
    const auto program = compile(world.environment, expression);
    return program ? "" : program.error().message;
  };
  const std::string_view too_deep =
      "The expression is nested more than 250 levels deep; split it, for example by variables.";
  CHECK(message_of(repeated("(", 49'999) + "1" + repeated(")", 49'999)) == too_deep);
  CHECK(message_of(repeated("[", 49'999) + repeated("]", 49'999)) == too_deep);
  CHECK(message_of(repeated("{1:", 20'000) + "1" + repeated("}", 20'000)) == too_deep);
  CHECK(message_of(repeated("true?1:", 14'000) + "1") == too_deep);
  CHECK(message_of("object" + repeated(".a", 49'000)) == too_deep);
  CHECK(message_of("object" + repeated("[0]", 30'000)) == too_deep);
  CHECK(message_of(repeated("1+", 49'000) + "1") == too_deep);
  CHECK(message_of(repeated("size(", 16'000) + "1" + repeated(")", 16'000)) == too_deep);
  CHECK(message_of("[1]" + repeated(".map(x,x)", 9'000)) == too_deep);
  CHECK(message_of(repeated("!", 99'990) + "true") == "");
  CHECK(message_of(repeated("-", 99'990) + "1") == "");
  CHECK(message_of(repeated("true&&", 16'000) + "true") == "");
  CHECK(message_of("'" + repeated("a", 100'000) + "'").find("100000 characters") !=
        std::string::npos);
}

TEST_CASE("what doubles in size ends", "[cel][limits]") {
  World world("{}");
  const std::string doubled = "[[1,2]]" + repeated(".map(x,[x,x])", 60);
  for (const std::string& expression :
       {"[['a']]" + repeated(".map(x,x+x)", 60) + " == []", doubled + " == " + doubled,
        "'%s'.format(" + doubled + ") == ''", doubled + ".flatten(60) == []",
        "['aaaaaaaaaaaaaaaa']" + repeated(".map(x,x+x)", 60) + " == []"}) {
    CAPTURE(expression.substr(0, 60));
    const Value value = world.evaluate(expression);
    REQUIRE(value.is_error());
    CHECK(value.as_error()->cause == ErrorCause::kLimit);
  }
}

TEST_CASE("an error shows only the beginning of a long name", "[cel][limits]") {
  World world(R"({"s": ")" + repeated("x", 100'000) + R"("})");
  const Value value = world.evaluate("object[object.s]");
  REQUIRE(value.is_error());
  CHECK(value.as_error()->message.size() < 200);
}

}  // namespace tidewaiter::cel::testing
