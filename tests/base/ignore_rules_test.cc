#include "base/ignore_rules.h"

#include "support/catch.h"

using tidewaiter::IgnoreRules;
using Verdict = IgnoreRules::Verdict;

namespace {

Verdict judge(std::string_view text, std::string_view path, bool is_folder = false) {
  return IgnoreRules(text).judge(path, is_folder);
}

}  // namespace

TEST_CASE("a name without slash is ignored at any depth", "[ignore]") {
  CHECK(judge("x.yaml", "x.yaml") == Verdict::kIgnored);
  CHECK(judge("x.yaml", "a/b/x.yaml") == Verdict::kIgnored);
  CHECK(judge("*.yaml", "a/b/x.yaml") == Verdict::kIgnored);
  CHECK(judge("x.yaml", "a/xx.yaml") == Verdict::kNone);
}

TEST_CASE("a slash at the start or inside anchors a pattern", "[ignore]") {
  CHECK(judge("/x", "x") == Verdict::kIgnored);
  CHECK(judge("/x", "a/x") == Verdict::kNone);
  CHECK(judge("a/x", "a/x") == Verdict::kIgnored);
  CHECK(judge("a/x", "b/a/x") == Verdict::kNone);
  CHECK(judge("**/a/x", "b/a/x") == Verdict::kIgnored);
}

TEST_CASE("a slash at the end means folders only", "[ignore]") {
  CHECK(judge("build/", "build", true) == Verdict::kIgnored);
  CHECK(judge("build/", "build") == Verdict::kNone);
  CHECK(judge("b*/", "a/build", true) == Verdict::kIgnored);
  CHECK(judge("b*/", "a/build") == Verdict::kNone);
}

TEST_CASE("the last pattern that matches decides", "[ignore]") {
  CHECK(judge("*.yaml\n!keep.yaml", "keep.yaml") == Verdict::kIncluded);
  CHECK(judge("!keep.yaml\n*.yaml", "keep.yaml") == Verdict::kIgnored);
  CHECK(judge("keep\n!keep/", "keep", true) == Verdict::kIncluded);
  CHECK(judge("keep\n!keep/", "keep") == Verdict::kIgnored);
  CHECK(judge("a\n!a\na", "a") == Verdict::kIgnored);
}

TEST_CASE("comments, escapes, blanks, CR LF and a byte order mark are read as git does",
          "[ignore]") {
  CHECK(judge("# x\n\n  \n", "# x") == Verdict::kNone);
  CHECK(IgnoreRules("# x\n\n  \n").empty());
  CHECK(judge("\\#x", "#x") == Verdict::kIgnored);
  CHECK(judge("\\!x", "!x") == Verdict::kIgnored);
  CHECK(judge("x   ", "x") == Verdict::kIgnored);
  CHECK(judge("x\\ ", "x ") == Verdict::kIgnored);
  CHECK(judge("x\\  ", "x ") == Verdict::kIgnored);
  CHECK(judge("x\t", "x") == Verdict::kNone);
  CHECK(judge("x\r\ny\r\n", "y") == Verdict::kIgnored);
  CHECK(judge("\xEF\xBB\xBFx", "x") == Verdict::kIgnored);
  CHECK(judge("x\\", "x") == Verdict::kNone);
}

TEST_CASE("many literal patterns are looked up, not tried in turn", "[ignore]") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "name" + std::to_string(i) + "\n";
  const IgnoreRules rules(text);
  int ignored = 0;
  for (int i = 0; i < 200'000; ++i) {
    if (rules.judge("a/name" + std::to_string(i), false) == Verdict::kIgnored) ++ignored;
  }
  CHECK(ignored == 100'000);
}
