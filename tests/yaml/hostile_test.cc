// Input made to break the reader: each must end soon, in bounded memory, with a problem that
// names the place and helps.

#include <functional>
#include <string>

#include "support/catch.h"
#include "support/memory.h"
#include "yaml/reading.h"

namespace tidewaiter::yaml {
namespace {

using namespace std::string_literals;
using testing::Reading;
using tidewaiter::testing::PeakMemory;

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

/// Reads `text`, expects exactly one problem, and the memory bound of 20 x input + 50 MB.
Problem only_problem(const std::string& text, const Limits& limits = {}) {
  const PeakMemory memory;
  const Reading r(text, limits);
  const std::size_t used = memory.peak();
  CHECK(used <= 20 * text.size() + 50'000'000);
  INFO((r.file.problems.empty() ? "" : r.file.problems[0].message));
  REQUIRE(r.file.problems.size() == 1);
  CHECK(r.file.problems[0].at.end <= text.size());
  CHECK(r.file.documents.at(0).state == DocumentState::kRejected);
  CHECK_FALSE(r.file.documents.at(0).error.empty());
  return r.file.problems[0];
}

bool mentions(const Problem& problem, std::string_view text) {
  return problem.message.find(text) != std::string::npos;
}

TEST_CASE("a million brackets stop at the depth limit", "[yaml][hostile]") {
  const Problem problem = only_problem(std::string(1'000'000, '['));
  CHECK(problem.kind == ProblemKind::kLimit);
  CHECK(problem.at == ByteSpan{.begin = 100, .end = 101});
  CHECK(mentions(problem, "100 levels"));
  CHECK(mentions(problem, "--max-depth"));
}

TEST_CASE("a million JSON arrays stop at the depth limit", "[yaml][hostile]") {
  const Problem problem = only_problem("{\"a\":" + std::string(1'000'000, '['));
  CHECK(problem.kind == ProblemKind::kLimit);
  CHECK(problem.at.begin == 5 + 99);
}

TEST_CASE("100,000 block sequences on one line stop at the depth limit", "[yaml][hostile]") {
  const Problem problem = only_problem(repeated("- ", 100'000));
  CHECK(problem.kind == ProblemKind::kLimit);
  CHECK(problem.at.begin == 200);
}

TEST_CASE("10,000 nested maps stop at the depth limit", "[yaml][hostile]") {
  std::string text;
  for (std::size_t i = 0; i < 10'000 && text.size() < 8'000'000; ++i) {
    text += std::string(i, ' ') + "a:\n";
  }
  const Problem problem = only_problem(text);
  CHECK(problem.kind == ProblemKind::kLimit);
  CHECK(mentions(problem, "nested"));
  CHECK(only_problem(repeated("{a: ", 10'000)).kind == ProblemKind::kLimit);
}

TEST_CASE("a raised depth limit lets the nesting through", "[yaml][hostile]") {
  const std::string text = std::string(500, '[') + std::string(500, ']') + "\n";
  const Reading r(text, Limits{.depth = 500});
  CHECK(r.file.problems.empty());
  CHECK(r.file.documents[0].state == DocumentState::kRead);
}

TEST_CASE("50,000 anchors and aliases are read without copies", "[yaml][hostile]") {
  std::string text;
  for (int i = 0; i < 50'000; ++i) {
    text += "- &a" + std::to_string(i) + " x\n- *a" + std::to_string(i) + "\n";
  }
  const Reading r(text);
  CHECK(r.file.problems.empty());
  CHECK(r.root().size() == 100'000);
  CHECK(r.root().item(99'999).as_string() == "x");
}

TEST_CASE("a chain of 50,000 aliases stops at the depth limit", "[yaml][hostile]") {
  std::string text = "- &a0 [x]\n";
  for (int i = 1; i < 50'000; ++i) {
    text += "- &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  }
  const Problem problem = only_problem(text);
  CHECK(problem.kind == ProblemKind::kLimit);
  CHECK(mentions(problem, "'*a98' followed"));
}

TEST_CASE("a billion laughs are excessive aliasing", "[yaml][hostile]") {
  std::string text = "a0: &a0 [lol,lol,lol,lol,lol,lol,lol,lol,lol]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + alias +
            repeated("," + alias, 8) + "]\n";
  }
  const Problem problem = only_problem(text);
  CHECK(problem.kind == ProblemKind::kLimit);
  CHECK(mentions(problem, "excessive aliasing"));
}

TEST_CASE("merges of a large mapping do not multiply", "[yaml][hostile]") {
  std::string text = "base: &b\n";
  for (int i = 0; i < 1000; ++i) text += "  k" + std::to_string(i) + ": {}\n";
  for (int i = 0; i < 10'000; ++i) text += "m" + std::to_string(i) + ": {<<: *b}\n";
  CHECK(only_problem(text).kind == ProblemKind::kLimit);
}

TEST_CASE("an anchor that contains itself is a syntax error at the alias", "[yaml][hostile]") {
  const Problem problem = only_problem("a: &a [*a]\n");
  CHECK(problem.kind == ProblemKind::kSyntax);
  CHECK(problem.at == ByteSpan{.begin = 7, .end = 9});
  CHECK(mentions(problem, "contain itself"));
}

TEST_CASE("a scalar of 100 MB is over the size limit, and readable with a higher one",
          "[yaml][hostile]") {
  const std::string text = "a: " + std::string(100'000'000, 'x') + "\n";
  const Problem problem = only_problem(text);
  CHECK(problem.kind == ProblemKind::kLimit);
  CHECK(mentions(problem, "--max-document-size"));
  CHECK(mentions(problem, "8388608"));
  const std::string smaller = text.substr(0, 16'000'000);
  const PeakMemory memory;
  const Reading r(smaller, Limits{.document_bytes = 1'000'000'000});
  CHECK(memory.peak() <= 20 * smaller.size() + 50'000'000);
  CHECK(r.root().find("a")->as_string().size() == 16'000'000 - 3);
}

TEST_CASE("a comment of 50 MB is over the size limit, and readable with a higher one",
          "[yaml][hostile]") {
  const std::string text = "#" + std::string(50'000'000, 'x') + "\na: 1\n";
  CHECK(only_problem(text).kind == ProblemKind::kLimit);
  const std::string smaller = text.substr(40'000'000 - 1);
  const Reading r("#" + smaller, Limits{.document_bytes = 1'000'000'000});
  CHECK(r.root().find("a")->as_int() == 1);
  CHECK(r.file.documents[0].comments.front().size() == 10'000'003);
}

TEST_CASE("many small nodes stay in the memory bound", "[yaml][hostile]") {
  const std::string text = "[" + repeated("a,", 1'000'000) + "a]\n";
  const PeakMemory memory;
  const Reading r(text);
  CHECK(memory.peak() <= 20 * text.size() + 50'000'000);
  CHECK(r.root().size() == 1'000'001);
}

TEST_CASE("a key written 100,000 times gives a bounded number of findings", "[yaml][hostile]") {
  const Reading r("{" + repeated("a: 1, ", 100'000) + "}\n");
  CHECK(r.file.problems.size() == 1000);
  CHECK(r.root().size() == 1);
}

TEST_CASE("100,000 bad separators give a bounded number of findings", "[yaml][hostile]") {
  const Reading r(repeated("--- x\n", 100'000));
  CHECK(r.file.problems.size() == 1000);
  CHECK(r.file.problems.back().message.find("not listed") != std::string::npos);
}

TEST_CASE("a hundred thousand directives are refused before they cost anything",
          "[yaml][hostile]") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "%TAG !a" + std::to_string(i) + "! x\n";
  CHECK(only_problem(text + "---\na: 1\n").kind == ProblemKind::kLimit);
}

TEST_CASE("bytes that YAML forbids are reported where they stand", "[yaml][hostile]") {
  struct Row {
    std::string text;
    std::uint32_t at;
    std::string_view what;
  };
  const Row rows[] = {
      {"a: x\0y\n"s, 4, "NUL"},
      {"a: x\x7Fy\n", 4, "DEL"},
      {"a: x\x04y\n", 4, "U+0004"},
      {"a: x\xC2\x9Fy\n", 4, "U+009F"},
      {"a: caf\xE9\n", 6, "0xE9"},
      {"# caf\xE9\na: 1\n", 5, "0xE9"},
      {"a: \xED\xA0\x80\n", 3, "0xED"},
      {"a: \xC0\xAF\n", 3, "0xC0"},
      {"a: \xF5\x80\x80\x80\n", 3, "0xF5"},
      {"a: \xEF\xBF\xBE\n", 3, "U+FFFE"},
      {"a: x\xE2\x82", 4, "0xE2"},
  };
  for (const Row& row : rows) {
    const Problem problem = only_problem(row.text);
    CHECK(problem.kind == ProblemKind::kEncoding);
    CHECK(problem.at.begin == row.at);
    CHECK(mentions(problem, row.what));
    CHECK(mentions(problem, "byte offset " + std::to_string(row.at)));
  }
}

TEST_CASE("a byte order mark inside the text is reported though Kubernetes reads on",
          "[yaml][hostile]") {
  const Reading r(
      "\xEF\xBB\xBF"
      "a: x\xEF\xBB\xBFy\n");
  REQUIRE(r.file.problems.size() == 1);
  CHECK(r.file.problems[0].kind == ProblemKind::kEncoding);
  CHECK(r.file.problems[0].at == ByteSpan{.begin = 7, .end = 10});
  CHECK(r.root().find("a")->as_string() == "x\xEF\xBB\xBFy");
}

TEST_CASE("bad bytes are reported once a line and ten times a file", "[yaml][hostile]") {
  const Reading r(repeated("a: \x01\x02\n", 25));
  REQUIRE(r.file.problems.size() == 10);
  CHECK(r.file.problems[1].at.begin == 9);
  CHECK(r.file.problems[9].message.find("not listed") != std::string::npos);
  CHECK(r.file.documents[0].state == DocumentState::kRejected);
}

TEST_CASE("UTF-16 and UTF-32 are named by their byte order mark", "[yaml][hostile]") {
  const std::pair<std::string, std::string_view> rows[] = {
      {"\xFF\xFE"
       "a\0:\0"s,
       "UTF-16 (little"},
      {"\xFE\xFF\0a\0:"s, "UTF-16 (big"},
      {"\xFF\xFE\0\0a\0\0\0"s, "UTF-32 (little"},
      {"\0\0\xFE\xFF\0\0\0a"s, "UTF-32 (big"},
  };
  for (const auto& [text, name] : rows) {
    const Problem problem = only_problem(text);
    CHECK(problem.kind == ProblemKind::kEncoding);
    CHECK(problem.at.begin == 0);
    CHECK(mentions(problem, name));
  }
}

TEST_CASE("UTF-16 and UTF-32 without a mark are full of NULs", "[yaml][hostile]") {
  for (const std::string& text : {"a\0:\0 \0001\0"s, "a\0\0\0:\0\0\0"s, "\0a\0:"s}) {
    CHECK(mentions(only_problem(text), "NUL"));
    CHECK(mentions(only_problem(text), "looks like UTF-16"));
  }
}

TEST_CASE("unclosed quotes and brackets name where they were opened", "[yaml][hostile]") {
  const std::tuple<std::string, std::uint32_t, std::string_view> rows[] = {
      {"a: \"x\nb: 1\n", 3, "double-quoted"}, {"a: 'x\nb: 1\n", 3, "single-quoted"},
      {"a: [1, 2\nb: 3\n", 3, "'['"},         {"a: {b: 1\nc: 2\n", 3, "'{'"},
      {"a: [1, {b: 2]\n", 7, "'{'"},          {"[", 0, "'['"},
  };
  for (const auto& [text, opened, what] : rows) {
    const Problem problem = only_problem(text);
    CHECK(problem.kind == ProblemKind::kSyntax);
    REQUIRE(problem.related.has_value());
    CHECK(problem.related->begin == opened);
    CHECK(problem.related_message.find(what) != std::string::npos);
  }
}

TEST_CASE("tabs where only spaces may stand are named as such", "[yaml][hostile]") {
  for (const std::string text : {"a:\n\tb: 1\n", "\ta: 1\n", "a:\n  b: 1\n\t\n", "a: |\n\tx\n",
                                 "-\t1\n", "\t\t\t\n\t"}) {
    const Problem problem = only_problem(text);
    CHECK(problem.kind == ProblemKind::kSyntax);
    CHECK(mentions(problem, "tab"));
    CHECK(problem.at.begin < text.size());
  }
  CHECK(Reading("a:\t1\t# c\nb: [\t1,\t2\t]\n").file.problems.empty());
}

TEST_CASE("keys of a megabyte are refused or read as Kubernetes does", "[yaml][hostile]") {
  const std::string key = std::string(1'000'000, 'k');
  CHECK(only_problem(key + ": 1\n").kind == ProblemKind::kSyntax);
  CHECK(only_problem(key + ": 1\n").message.find("1,024") != std::string::npos);
  CHECK(only_problem("\"" + key + "\": 1\n").kind == ProblemKind::kSyntax);
  const Reading explicit_key("? " + key + "\n: 1\n");
  CHECK(explicit_key.root().find(key)->as_int() == 1);
  const Reading json("{\"" + key + "\": 1}\n");
  CHECK(json.root().find(key)->as_int() == 1);
}

TEST_CASE("text after a quoted root is dropped by Kubernetes and reported", "[yaml][hostile]") {
  const Reading r("\"x\",\n");
  REQUIRE(r.file.problems.size() == 1);
  CHECK(r.file.problems[0].kind == ProblemKind::kIgnoredContent);
  CHECK(r.text(r.file.problems[0].at) == ",");
  CHECK(r.text(r.file.problems[0].related.value()) == "\"x\"");
}

TEST_CASE("lone CR and NEL end lines as in YAML, but no documents", "[yaml][hostile]") {
  const Reading cr("a: 1\rb: 2\r---\rc: 3\r");
  REQUIRE(cr.file.documents.size() == 1);
  CHECK(cr.root().find("b")->as_int() == 2);
  REQUIRE(cr.file.problems.size() == 1);
  CHECK(cr.file.problems[0].kind == ProblemKind::kIgnoredContent);
  CHECK(cr.text(cr.file.problems[0].at) == "---");
  const Reading nel(
      "a: x\xC2\x85"
      "b: 2\n");
  CHECK(nel.root().find("b")->as_int() == 2);
}

}  // namespace
}  // namespace tidewaiter::yaml
