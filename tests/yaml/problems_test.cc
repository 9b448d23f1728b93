#include <string>
#include <vector>

#include "support/catch.h"
#include "yaml/reading.h"

namespace tidewaiter::yaml {
namespace {

using testing::Reading;

std::vector<std::string> texts(const Reading& r, ProblemKind kind) {
  std::vector<std::string> found;
  for (const Problem& problem : r.file.problems) {
    if (problem.kind == kind) found.push_back(r.text(problem.at));
  }
  return found;
}

using Texts = std::vector<std::string>;

TEST_CASE("every later duplicate is reported, keys compared as Kubernetes sees them",
          "[yaml]") {
  const Reading r("1: a\n\"1\": b\nx: {y: 1, yes: 2, true: 3}\nx: 0\n");
  CHECK(texts(r, ProblemKind::kDuplicateKey) == Texts{"\"1\"", "yes", "true", "x"});
  CHECK(r.text(*r.file.problems[2].related) == "y");
  CHECK(r.root().find("x")->as_int() == 0);
}

TEST_CASE("'<<' twice is a duplicate, a key that overrides a merged one is none", "[yaml]") {
  const Reading r("a: &a {x: 1}\nb: {<<: *a, x: 2}\nc: {<<: *a, <<: {z: 3}}\n");
  CHECK(texts(r, ProblemKind::kDuplicateKey) == Texts{"<<"});
  CHECK(r.root().find("c")->size() == 2);
}

TEST_CASE("duplicates know their document", "[yaml]") {
  const Reading r("a: 1\n---\nb: 1\nb: 2\n---\nc: [\n");
  REQUIRE(r.file.problems.size() == 2);
  CHECK(r.file.problems[0].document == 1);
  CHECK(r.file.problems[1].document == 2);
}

TEST_CASE("marks of templates are found outside quotes, block scalars and comments",
          "[yaml][template]") {
  const std::pair<std::string, std::string> rows[] = {
      {"a: {{ .Values.x }}\n", "{{ .Values.x }}"},
      {"{{- if .Values.x }}\na: 1\n{{- end }}\n", "{{- if .Values.x }}"},
      {"a: x-{{ .y }}-z\n", "{{ .y }}"},
      {"a: \"it's\"\nb: {{ x }}\n", "{{ x }}"},
      {"a: |\n  {{ no }}\n{{ yes }}\n", "{{ yes }}"},
      {"- name: >-\n    {{ no }}\n  x: {{ yes }}\n", "{{ yes }}"},
      {"- |\n {{ no }}\n- {{ yes }}\n", "{{ yes }}"},
      {"a: it's {{ yes }}\n", "{{ yes }}"},
      {"a: !t |+2 # c\n    {{ no }}\nb: [\"{{ no }}\", {{ yes }}]\n", "{{ yes }}"},
      {"{% for x in y %}\na: 1\n{% endfor %}\n", "{% for x in y %}"},
      {"a: 1\n<% if x %>\n", "<% if x %>"},
      {"a: [x, 'b', {{ unclosed\n", "{{"},
  };
  for (const auto& [text, mark] : rows) {
    INFO(text);
    const Reading r(text);
    CHECK(texts(r, ProblemKind::kTemplate) == Texts{mark});
    CHECK(r.file.documents.at(0).state == DocumentState::kTemplate);
    CHECK(r.file.documents.at(0).root == nullptr);
    CHECK(r.file.problems.size() == 1);
  }
}

TEST_CASE("braces in quotes, block scalars and comments make no template", "[yaml][template]") {
  for (const std::string text :
       {"a: \"{{ x }}\"\n", "a: '{{ x }} it''s {{ y }}'\n", "# {{ x }}\na: 1 # {{ y }}\n",
        "a: |\n  {{ x }}\n\n  {% y %}\nb: >-\n  {{ z }}\n", "a: [\"{{x}}\", '{{y}}']\n",
        "{\"a\": {\"b\": \"{{x}}\"}}\n", "- - |\n    {{ x }}\n  - 1\n",
        "a: \"x\n  {{ y }}\n  z\"\n", "? |\n  {{ x }}\n: 1\n", "a:\n  |\n  {{ x }}\n",
        "spec:\n  containers:\n  - args: [\"-c\", \"echo '{{x}}'\"]\n    command:\n    - |\n"
        "      {{ x }}\n"}) {
    INFO(text);
    const Reading r(text);
    CHECK(texts(r, ProblemKind::kTemplate).empty());
    CHECK(r.file.documents.at(0).state == DocumentState::kRead);
  }
}

TEST_CASE("one problem a file names the first template, other documents are read",
          "[yaml][template]") {
  const Reading r("a: 1\n---\nb: {{ x }}\n---\nc: {{ y }}\n---\nd: 1\n");
  CHECK(texts(r, ProblemKind::kTemplate) == Texts{"{{ x }}"});
  CHECK(r.file.documents[0].state == DocumentState::kRead);
  CHECK(r.file.documents[2].state == DocumentState::kTemplate);
  CHECK(r.root(3).find("d")->as_int() == 1);
}

TEST_CASE("a file below a chart's templates is one, marks or not", "[yaml][template]") {
  const Source source(std::make_shared<FileName>(), "# note\n---\n# c\na: 1\n---\nb: 2\n");
  const File file = read(source, {}, Templates::kAll);
  REQUIRE(file.documents.size() == 3);
  CHECK(file.documents[0].state == DocumentState::kNull);
  CHECK(file.documents[1].state == DocumentState::kTemplate);
  CHECK(file.documents[2].state == DocumentState::kTemplate);
  REQUIRE(file.problems.size() == 1);
  CHECK(source.text(file.problems[0].at) == "a: 1");
  CHECK(file.problems[0].document == 1);
}

TEST_CASE("what Kubernetes drops is reported at its first line", "[yaml]") {
  const std::pair<std::string, Texts> rows[] = {
      {"a: 1\n...\n# c\n\nb: 2 \nc: 3\n", {"b: 2"}},
      {
          "{a: 1}}\n",
          {"}"},
      },
      {"[1] ]\n", {"]"}},
      {"\"a\":1\n", {":1"}},
      {"a\n: 1\n", {": 1"}},
      {"a: 1\n...\n---\nb: 2\n...\n# c\n", {}},
      {"a: |\n  ...\n  ---- x\n", {}},
      {"--- a\nb: 1\n", {"--- a"}},
      {"a: \"x\n----\ny\"\n", {"----"}},
      {"----\n--- |\n x\n", {"----", "--- |"}},
      {"--- # fine\na: 1\n---\t\n", {}},
      {"{\"a\": 1}\n}\n", {"}"}},
      {"{\"a\": 1} # fine\n", {}},
  };
  for (const auto& [text, dropped] : rows) {
    INFO(text);
    CHECK(texts(Reading(text), ProblemKind::kIgnoredContent) == dropped);
  }
}

TEST_CASE("a line that kubectl refuses as separator rejects its piece only", "[yaml]") {
  const Reading r("a: 1\n--- b\n---\nc: 1\n");
  REQUIRE(r.file.documents.size() == 2);
  CHECK(r.file.documents[0].state == DocumentState::kRejected);
  CHECK(r.file.documents[1].state == DocumentState::kRead);
}

TEST_CASE("syntax errors say in plain words what is wrong, and where", "[yaml]") {
  struct Row {
    std::string text;
    std::string at;
    std::string_view says;
  };
  const Row rows[] = {
      {"a: b: c\n", ":", "second ': '"},
      {"a: 1\n  b: 2\n", ":", "indented"},
      {"a: @x\n", "@", "needs quotes"},
      {"a: - 1\n", "-", "list item"},
      {"a:\n  b: 1\n c: 2\n", "c", "does not fit"},
      {"a: *x\n", "*x", "names no anchor"},
      {"a: \"\\q\"\n", "\\", "backslash"},
      {"{a: 1\nb: 2}\n", ":", "closing '}'"},
      {"[a]: 1\n", "[", "cannot be a key"},
      {"~: 1\n", "~", "null"},
      {"a: .inf\n", ".inf", "infinite"},
      {"<<: 1\n", "1", "merges a mapping"},
      {"a: !!int x\n", "x", "'!!int'"},
      {"%YAML 1.1\n---\na: 1\n", "1", "directive"},
      {"a: [b?c]\n", "?", "'?'"},
      {"a: \"x\n", "x", "never closed"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const Reading r(row.text);
    REQUIRE(r.file.problems.size() == 1);
    const Problem& problem = r.file.problems[0];
    CHECK(problem.kind == ProblemKind::kSyntax);
    if (!row.at.empty()) CHECK(r.text(problem.at) == row.at);
    INFO(problem.message);
    CHECK(problem.message.find(row.says) != std::string::npos);
    CHECK(problem.message.ends_with('.'));
  }
}

TEST_CASE("one broken document hides no other", "[yaml]") {
  const Reading r("a: [\n---\nb: 1\n---\n\"\n---\nc: 2\n");
  CHECK(texts(r, ProblemKind::kSyntax).size() == 2);
  CHECK(r.root(1).find("b")->as_int() == 1);
  CHECK(r.root(3).find("c")->as_int() == 2);
}

TEST_CASE("comments are spans, in order, and never lie inside text", "[yaml]") {
  const Reading r(
      "# one\na: \"# no\" # two\nb: | # three\n  # no\n# four\nc: [1, # five\n  2] #six\n"
      "d: x#no\ne: &a # seven\n  f: g\n... # eight\n");
  Texts comments;
  for (const ByteSpan span : r.file.documents[0].comments) comments.push_back(r.text(span));
  CHECK(comments ==
        Texts{"# one", "# two", "# three", "# four", "# five", "#six", "# seven", "# eight"});
}

TEST_CASE("a comment behind a separator belongs to the document after it", "[yaml]") {
  const Reading r("a: 1\n--- # b\nb: 1\n");
  CHECK(r.file.documents[0].comments.empty());
  REQUIRE(r.file.documents[1].comments.size() == 1);
  CHECK(r.text(r.file.documents[1].comments[0]) == "# b");
}

TEST_CASE("the comment of 'helm template' names the source of a document", "[yaml]") {
  const Reading r(
      "---\n# Source: chart/templates/a.yaml\na: 1\n---\n# Source: b.yaml \nb: 1\n"
      "---\nc: 1\n");
  CHECK(r.file.documents[0].source_path == "chart/templates/a.yaml");
  CHECK(r.file.documents[1].source_path == "b.yaml");
  CHECK(r.file.documents[2].source_path.empty());
}

TEST_CASE("a byte order mark at the front is no text", "[yaml]") {
  const Reading r(
      "\xEF\xBB\xBF"
      "a: é\n");
  CHECK(r.file.problems.empty());
  CHECK(r.text(r.root().find("a")->span()) == "é");
  CHECK(r.text(r.root().entry(0).key->span()) == "a");
}

}  // namespace
}  // namespace tidewaiter::yaml
