#include "cel/go_regex.h"

#include <re2/re2.h>

#include <string>

#include "cel/regex_cache.h"
#include "support/catch.h"

namespace tidewaiter::cel {
namespace {

std::string translated(std::string_view pattern) {
  const auto result = re2_pattern(pattern);
  return result ? *result : "error: " + result.error().message;
}

bool matches(std::string_view pattern, std::string_view text) {
  const Regex regex = compile_regex(pattern);
  INFO(pattern << ": " << regex.error);
  REQUIRE(regex.compiled != nullptr);
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *regex.compiled);
}

bool is_valid(std::string_view pattern) {
  return compile_regex(pattern).compiled != nullptr;
}

}  // namespace

TEST_CASE("groups may be named in both ways and twice", "[cel][regex]") {
  CHECK(translated("(?<x>a)(?P<x>b)") == "(a)(b)");
  CHECK(matches("^(?<first>a)(?<first>b)$", "ab"));
  CHECK(is_valid("(?<1x>a)"));
  CHECK_FALSE(is_valid("(?<a-1>a)"));
  CHECK_FALSE(is_valid("(?<>a)"));
  CHECK_FALSE(is_valid("(?P<\xC3\xA9>a)"));
  CHECK_FALSE(is_valid("(?<a"));
}

TEST_CASE("a regular expression cannot look around", "[cel][regex]") {
  CHECK(translated("(?<=a)b").starts_with("error: A regular expression cannot look behind"));
  for (const std::string pattern : {"(?<!a)b", "(?=a)", "(?!a)", "(?>a)", "(a)\\1"}) {
    CAPTURE(pattern);
    CHECK_FALSE(is_valid(pattern));
  }
}

TEST_CASE("\\C is refused where it is an escape", "[cel][regex]") {
  CHECK_FALSE(is_valid("\\C"));
  CHECK_FALSE(is_valid("a[\\C]"));
  CHECK(matches("\\\\C", "\\C"));
  CHECK(matches("\\Q\\C\\E", "\\C"));
  CHECK(matches("^\\Q[(?<a>\\E$", "[(?<a>"));
  CHECK(matches("^[(?<a>]$", "<"));
}

TEST_CASE("classes of Unicode have Go's names", "[cel][regex]") {
  CHECK(matches("^\\pN\\p{N}\\p{Nd}\\p{digit}\\p{Decimal_Number}$", "12345"));
  CHECK(matches("^\\p{latin}\\p{LL}\\p{^lu}$", "abc"));
  CHECK(matches("^\\p{LC}[\\p{LC}1][^\\P{LC}]$", "a1Z"));
  CHECK_FALSE(matches("[^\\p{LC}]", "a"));
  CHECK(matches("^\\p{ASCII}[\\P{ASCII}a]$", "xa"));
  CHECK(matches("^[\\P{ASCII}a]$", "\xC3\xA9"));
  CHECK(matches("\\p{Old_Italic}|a", "a"));
  CHECK_FALSE(is_valid("\\p{Klingon}"));
  CHECK_FALSE(is_valid("\\p{}"));
  CHECK_FALSE(is_valid("\\p"));
}

TEST_CASE("what is not assigned belongs to the class C", "[cel][regex]") {
  const std::string unassigned = "\xCD\xB8";  // U+0378
  CHECK(matches("^\\pC$", unassigned));
  CHECK(matches("^\\p{Cn}$", unassigned));
  CHECK(matches("^[a\\pC]$", unassigned));
  CHECK_FALSE(matches("\\PC", unassigned));
  CHECK_FALSE(matches("[^\\pC]", unassigned));
  CHECK_FALSE(matches("\\p{Assigned}", unassigned));
  CHECK(matches("^[^\\pC]+$", "abc"));
}

TEST_CASE("repetition ends at a thousand, also when it is nested", "[cel][regex]") {
  CHECK(is_valid("a{1000}"));
  CHECK_FALSE(is_valid("a{1001}"));
  CHECK(is_valid("(a{500}){2}"));
  CHECK_FALSE(is_valid("(a{501}){2}"));
  CHECK(matches("^a{,2}$", "a{,2}"));
  CHECK_FALSE(is_valid("a**"));
  CHECK(matches("^(|a)*(a*)+$", "aaa"));
}

TEST_CASE("brackets in brackets and after them are part of the class", "[cel][regex]") {
  CHECK(translated("[]a(?<x>]") == "[]a(?<x>]");
  CHECK(translated("[^]\\pC]").starts_with("error:"));
  CHECK(translated("[[:alpha:]](?<x>a)") == "[[:alpha:]](a)");
  CHECK(translated("[a") == "[a");
  CHECK(translated("a\\") == "a\\");
}

}  // namespace tidewaiter::cel
