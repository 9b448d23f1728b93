#include "engine/run.h"

#include "engine/lint.h"
#include "support/catch.h"

using tidewaiter::testing::Lint;
using Lines = std::vector<std::string>;

namespace {

constexpr const char* kUserRule = R"(
id: ACME001
name: team-name
summary: The team is named
severity: error
match: {kinds: [ConfigMap]}
checks:
  - expr: object.data.team.startsWith('team-')
    message: "ConfigMap '{name}' names the team '{object.data.team}'."
)";

std::string config_map(const std::string& data) {
  return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: " + data + "\n";
}

}  // namespace

TEST_CASE("a user's rule judges, and its place is what made it false", "[run]") {
  const Lint lint{.files = {{"a.yaml", config_map("{team: x}")}},
                  .choice = {.select = {"team-name"}},
                  .user_rules = {kUserRule}};
  const auto result = lint.run();
  REQUIRE(result.findings.size() == 1);
  const auto& finding = result.findings[0];
  CHECK(finding.message == "ConfigMap 'a' names the team 'x'.");
  CHECK(finding.place.start.line == 4);
  CHECK(finding.place.start.column == 8);
  CHECK(finding.path == "data/team");
  CHECK(finding.resource.kind == "ConfigMap");
}

TEST_CASE("the place is found in linear time when variables name one another twice", "[run]") {
  std::string rule = kUserRule;
  std::string variables = "variables:\n  v0: size(object.data.team) > 9\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "v" + std::to_string(i - 1);
    variables +=
        "  v" + std::to_string(i) + ": variables." + before + " || variables." + before + "\n";
  }
  rule.replace(rule.find("checks:"), 0, variables);
  rule.replace(rule.find("object.data.team.startsWith('team-')"), 36, "variables.v59");
  const Lint lint{.files = {{"a.yaml", config_map("{team: x}")}},
                  .choice = {.select = {"team-name"}},
                  .user_rules = {rule}};
  const auto result = lint.run();
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].path == "data/team");
}

TEST_CASE("a list may be so long that judging it takes more memory than one evaluation may",
          "[run]") {
  // Each item makes a text of 64 KiB; 2,000 of them are more than an evaluation may have.
  constexpr const char* kRule = R"(
id: ACME001
name: long-text
summary: Texts are short
severity: error
match: {kinds: [ConfigMap]}
variables:
  least: size(object.data.text)
checks:
  - each: lists.range(2000)
    as: i
    expr: size(object.data.text + string(i)) > variables.least && i != 1999
    at: object.data.text
    message: "Item {i}."
)";
  const std::string text(std::size_t{64} << 10, 'x');
  const Lint lint{.files = {{"a.yaml", config_map("{text: " + text + "}")}},
                  .choice = {.select = {"long-text"}},
                  .user_rules = {kRule}};
  const auto result = lint.run();
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].message == "Item 1999.");
}

TEST_CASE("a user's rule that fails at run time is a finding, a built-in one is silent",
          "[run]") {
  Lint user{.files = {{"a.yaml", config_map("{team: 1}")}},
            .choice = {.select = {"team-name", "rule-error"}},
            .user_rules = {kUserRule}};
  CHECK(user.lines() == Lines{"a.yaml:4 TW014"});
  Lint builtin{.files = {{"b.yaml",
                          "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\n"
                          "spec: {concurrencyPolicy: 1, schedule: 7}\n"}},
               .choice = {.profiles = {"strict"}}};
  for (const auto& silence : builtin.run().silences) {
    INFO(silence.reason);
    CHECK(silence.excused);
  }
}

TEST_CASE("a rule whose expression does not compile ends the run with its reason", "[run]") {
  std::string rule = kUserRule;
  rule.replace(rule.find("object.data.team.s"), 11, "objekt.data");
  const Lint lint{.files = {{"a.yaml", config_map("{}")}},
                  .choice = {.select = {"team-name"}},
                  .user_rules = {rule}};
  CHECK(lint.error().find("Did you mean 'object'?") != std::string::npos);
}

TEST_CASE("one broken document hides no other", "[run]") {
  const Lint lint{
      .files = {{"a.yaml", "a: [\n---\n" + config_map("{size: 1}")}, {"b.yaml", "{"}},
      .choice = {.select = {"surprising-scalar"}}};
  CHECK(lint.lines() == Lines{"a.yaml:1 TW001", "a.yaml:6 TW008", "b.yaml:1 TW001"});
  const auto result = lint.run();
  CHECK(result.summary.documents.rejected == 2);
  CHECK(result.summary.notifications.size() == 2);
  CHECK(result.not_understood == 2);
}

TEST_CASE("every document is counted once", "[run]") {
  const Lint lint{
      .files = {{"a.yaml",
                 "apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: a}\n"
                 "---\n# nothing\n---\nx: 1\n---\n"
                 "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\n"
                 "---\na: {{ .Values.a }}\n---\nkind: Pod\n"}}};
  const auto documents = lint.run().summary.documents;
  CHECK(documents.linted == 1);
  CHECK(documents.without_rules == 1);
  CHECK(documents.empty == 1);
  CHECK(documents.not_kubernetes == 1);
  CHECK(documents.templates == 1);
  CHECK(documents.rejected == 1);
}

TEST_CASE("the result does not depend on the number of threads", "[run]") {
  Lint lint{.choice = {.profiles = {"strict"}}};
  for (int i = 0; i < 60; ++i) {
    lint.files["f" + std::to_string(i) + ".yaml"] =
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: job}\nspec: {schedule: '* * * * "
        "*'}\n"
        "---\n" +
        config_map("{a: " + std::to_string(i) + "}");
  }
  const Lines one = lint.lines();
  lint.threads = 4;
  CHECK(lint.lines() == one);
  CHECK(one.size() > 200);
}

TEST_CASE("a file that was named and cannot be read ends the run", "[run]") {
  const tidewaiter::engine::Settings settings;
  const tidewaiter::engine::Input input{.name = std::make_shared<tidewaiter::FileName>(),
                                        .path = "gone.yaml"};
  const auto result =
      tidewaiter::engine::run({&input, 1}, settings, tidewaiter::MemoryFileSystem());
  REQUIRE_FALSE(result);
  CHECK(result.error().code == tidewaiter::ErrorCode::kIo);
}

TEST_CASE("a file from a walk that cannot be read is a notification", "[run]") {
  const tidewaiter::engine::Settings settings;
  const tidewaiter::engine::Input input{
      .name = std::make_shared<tidewaiter::FileName>(), .path = "gone.yaml", .named = false};
  const auto result =
      tidewaiter::engine::run({&input, 1}, settings, tidewaiter::MemoryFileSystem());
  REQUIRE(result);
  CHECK(result->summary.notifications.size() == 1);
  CHECK(result->not_understood == 1);
}

TEST_CASE("a user's rule that fails is said even when rule-error is not selected", "[run]") {
  const Lint lint{.files = {{"a.yaml", config_map("{team: 1}")}},
                  .choice = {.select = {"team-name"}},
                  .user_rules = {kUserRule}};
  const auto notifications = lint.run().summary.notifications;
  REQUIRE(notifications.size() == 1);
  CHECK(
      notifications[0].message.starts_with("Rule 'team-name' could not judge ConfigMap 'a':"));
}

TEST_CASE("a user's rule sees its file, its folder and its scope", "[run]") {
  const auto rule = [](std::string expr) {
    return "id: ACME002\nname: own\nsummary: s\nseverity: note\nmatch: {kinds: [ConfigMap]}\n"
           "checks:\n  - expr: \"" +
           expr + "\"\n    message: \"{name}\"\n";
  };
  const auto lines = [&](std::string expr) {
    return Lint{.files = {{"x/a.yaml", config_map("{}") + "---\n" + config_map("{}")},
                          {"x/README.md.yaml", "a: 1\n"}},
                .choice = {.select = {"own"}},
                .user_rules = {rule(std::move(expr))}}
        .lines();
  };
  CHECK(lines("!file.isFirst('ConfigMap')") == Lines{"x/a.yaml:2 ACME002"});
  CHECK(lines("file.isFirst('Secret') || scope.has('Secret')").size() == 2);
  CHECK(lines("size(scope.all('ConfigMap')) == 2 && scope.has('*/ConfigMap')").empty());
  CHECK(lines("file.siblings == ['README.md.yaml', 'a.yaml'] && file.name == 'a.yaml' && "
              "file.folder == 'x' && file.folders == ['x']")
            .empty());
  CHECK(lines("file.isFirst(['Secret', 'ConfigMap'])").size() == 1);
  CHECK(lines("!file.isFirst(['Secret', '*/Pod'])").empty());
  CHECK(lines("file.folderHas('ConfigMap') && !file.folderHas('Secret') && "
              "file.folderHas('a.yaml', '*') && !file.folderHas('b.yaml', 'ConfigMap')")
            .empty());
}

TEST_CASE("a check of a user that gives no bool, and an 'each' over no list, are errors",
          "[run]") {
  const auto message = [](const std::string& check) {
    const Lint lint{.files = {{"a.yaml", config_map("{team: core}")}},
                    .choice = {.select = {"own", "TW014"}},
                    .user_rules = {"id: ACME002\nname: own\nsummary: s\nseverity: note\n"
                                   "match: {kinds: [ConfigMap]}\nchecks:\n  - " +
                                   check + "\n    message: m\n"}};
    const auto findings = lint.run().findings;
    REQUIRE(findings.size() == 1);
    return findings.front().message;
  };
  CHECK(message("expr: object.metadata.name")
            .find("must give true or false, but gives a value "
                  "of type 'string'") != std::string::npos);
  CHECK(message("when: object.metadata\n    expr: 'false'").find("of type 'map'") !=
        std::string::npos);
  CHECK(message("each: object.kind\n    as: x\n    expr: 'false'").find("a list or a map") !=
        std::string::npos);
}

TEST_CASE("a finding about a document within a string is shown inside it", "[run]") {
  const Lint lint{
      .files = {{"a.yaml",
                 "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n"
                 "  outer: |\n    inner: |\n      # a comment\n      bad: 1\n"}},
      .choice = {.select = {"own"}},
      .user_rules = {"id: ACME003\nname: own\nsummary: s\nseverity: note\n"
                     "match: {kinds: [ConfigMap]}\nchecks:\n"
                     "  - variables: {inner: yaml(yaml(object.data.outer).value.inner)}\n"
                     "    expr: variables.inner.value.bad > 1\n    message: m\n"}};
  CHECK(lint.lines() == std::vector<std::string>{"a.yaml:8 ACME003"});
}
