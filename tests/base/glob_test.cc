#include "base/glob.h"

#include <string>

#include "support/catch.h"

using tidewaiter::Glob;

namespace {

bool matches(std::string_view pattern, std::string_view path) {
  return Glob(pattern).matches(path);
}

}  // namespace

TEST_CASE("a star stays inside its folder", "[glob]") {
  CHECK(matches("*.yaml", "a.yaml"));
  CHECK(matches("a*b*c", "aXbYbZc"));
  CHECK_FALSE(matches("*.yaml", "k8s/a.yaml"));
  CHECK_FALSE(matches("a?b", "a/b"));
  CHECK(matches("k8s/*/x", "k8s/a/x"));
  CHECK_FALSE(matches("k8s/*/x", "k8s/a/b/x"));
  CHECK(matches("*", ""));
}

TEST_CASE("two stars between slashes cross folders, elsewhere they are one", "[glob]") {
  CHECK(matches("**/a", "a"));
  CHECK(matches("**/a", "x/y/a"));
  CHECK(matches("a/**", "a/b/c"));
  CHECK_FALSE(matches("a/**", "a"));
  CHECK(matches("a/**/b", "a/b"));
  CHECK(matches("a/**/b", "a/x/y/b"));
  CHECK_FALSE(matches("a/**/b", "ab"));
  CHECK(matches("**", "a/b"));
  CHECK_FALSE(matches("a**b", "a/b"));
  CHECK(matches("**/x*/**/y", "a/xx/b/c/y"));
  CHECK_FALSE(matches("**/x*/**/y", "a/zx/b/c/y"));
}

TEST_CASE("classes know ranges, negation and POSIX names and never match a slash", "[glob]") {
  CHECK(matches("[a-c]", "b"));
  CHECK(matches("[!a-c]", "d"));
  CHECK(matches("[^a-c]", "d"));
  CHECK(matches("[]a]", "]"));
  CHECK(matches("[a-]", "-"));
  CHECK(matches("[[:digit:][:upper:]]", "Q"));
  CHECK(matches("[\\]]", "]"));
  CHECK_FALSE(matches("a[!x]b", "a/b"));
  CHECK_FALSE(matches("a[/]b", "a/b"));
  CHECK_FALSE(matches("[[:nothing:]]", "n"));
}

TEST_CASE("a pattern that ends too early matches nothing", "[glob]") {
  for (const char* const pattern : {"a\\", "[a", "[", "[!", "[]", "[a-", "[[:digit:]"}) {
    INFO(pattern);
    CHECK_FALSE(matches(pattern, "a"));
    CHECK_FALSE(matches(pattern, pattern));
  }
}

TEST_CASE("a backslash takes the next byte as it is", "[glob]") {
  CHECK(matches("\\*", "*"));
  CHECK_FALSE(matches("\\*", "a"));
  CHECK(matches("a\\/b", "a/b"));
}

TEST_CASE("patterns made to backtrack end soon", "[glob]") {
  std::string stars;
  std::string folders;
  std::string path;
  for (int i = 0; i < 1000; ++i) stars += "*a";
  for (int i = 0; i < 1000; ++i) folders += "**/a/";
  for (int i = 0; i < 2000; ++i) path += "a/";
  CHECK_FALSE(matches(stars + "b", std::string(20'000, 'a')));
  CHECK_FALSE(matches(folders + "b", path + "c"));
  CHECK_FALSE(matches("**/" + stars + "b", path + std::string(20'000, 'a')));
}
