#include <string>
#include <vector>

#include "engine/lint.h"
#include "fix/fix_set.h"
#include "support/catch.h"

namespace tidewaiter {
namespace {

/// A rule about ConfigMaps that fails always, with these steps.
std::string rule_with(const std::string& steps) {
  return "id: ACME1\nname: own\nsummary: Own\nseverity: warning\nmatch: {kinds: [ConfigMap, "
         "batch/Job]}\nparams:\n  labels: {type: map(string), value: {team: shop, on: \"1\"}, "
         "description: x}\nchecks:\n  - {expr: \"false\", message: \"'{name}' is "
         "wrong.\"}\nfix:\n" +
         steps;
}

constexpr std::string_view kConfigMap =
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  x: \"1\"\n";

engine::RunResult run(const std::string& rule, const std::string& text) {
  return testing::Lint{
      .files = {{"a.yaml", text}}, .choice = {.select = {"own"}}, .user_rules = {rule}}
      .run();
}

/// The text after the fix of the only finding, and its description; "(none)" without one.
struct Fixed {
  std::string text = "(none)";
  std::string description = {};
  bool safe = false;
};
Fixed fixed(const std::string& steps, const std::string& text = std::string(kConfigMap)) {
  const engine::RunResult result = run(rule_with(steps), text);
  REQUIRE(result.findings.size() == 1);
  if (result.findings.front().fixes.empty()) return {};
  const Fix& fix = result.findings.front().fixes.front();
  fix::FixSet fixes;
  fixes.take(fix);
  return {
      .text = fixes.apply("a.yaml", text), .description = fix.description, .safe = fix.safe};
}

}  // namespace

TEST_CASE("the steps of a rule are one fix", "[engine][fix]") {
  const Fixed after = fixed(
      "  - {add: object.metadata.labels, value: params.labels, safe: true}\n"
      "  - {add: object.metadata.labels.tier, value: \"'back'\", safe: true}\n"
      "  - {remove: object.data.x, safe: true, description: Drop x.}\n"
      "  - {remove: object.data.none, safe: true}\n");
  CHECK(after.text ==
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels:\n    team: shop\n"
        "    \"on\": \"1\"\n    tier: back\ndata: {}\n");
  CHECK(after.description ==
        "Add 'labels: {team: shop, \"on\": \"1\"}'. Add 'labels.tier: back'. Drop x.");
  CHECK(after.safe);
  CHECK_FALSE(fixed("  - {remove: object.data.x, safe: true}\n"
                    "  - {set: object.immutable, value: \"true\", safe: false}\n")
                  .safe);
}

TEST_CASE("a step that cannot tell leaves no fix at all", "[engine][fix]") {
  const std::string good = "  - {set: object.immutable, value: \"true\"}\n";
  CHECK(fixed(good).text == std::string(kConfigMap) + "immutable: true\n");
  CHECK(fixed(good + "  - {set: object.x, value: optional.none()}\n").text == "(none)");
  CHECK(fixed(good + "  - {set: object.x, value: object.missing}\n").text == "(none)");
  CHECK(fixed(good + "  - {set: object.kind.x, value: \"1\"}\n").text == "(none)");
  CHECK(fixed(good + "  - {set: \"'text'\", value: \"1\"}\n").text == "(none)");
  CHECK(fixed("  - {set: object.data.x, value: \"'1'\"}\n").text == "(none)");  // it is so
}

TEST_CASE("a step writes where the pod of a resource would be", "[engine][fix]") {
  const std::string job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec:\n";
  const std::string steps = "  - {add: podMeta.labels.app, value: name}\n";
  CHECK(fixed(steps, job + "  template:\n    spec: {}\n").text ==
        job + "  template:\n    spec: {}\n    metadata:\n      labels:\n        app: a\n");
  CHECK(fixed(steps, job).text ==
        job + "  template:\n    metadata:\n      labels:\n        app: a\n");
}

TEST_CASE("what is suppressed or rendered from a template has no fix", "[engine][fix]") {
  const std::string rule = rule_with("  - {set: object.immutable, value: \"true\"}\n");
  const std::string text(kConfigMap);
  const auto suppressed = run(rule, "# tidewaiter: ignore own -- why not\n" + text);
  REQUIRE(suppressed.findings.size() == 1);
  CHECK(suppressed.findings.front().fixes.empty());
  CHECK(run(rule, "# Source: chart/templates/a.yaml\n" + text).findings.front().fixes.empty());
  CHECK(testing::Lint{.files = {{"a.yaml", text}},
                      .choice = {.select = {"own"}},
                      .user_rules = {rule},
                      .with_fixes = false}
            .run()
            .findings.front()
            .fixes.empty());
}

TEST_CASE("edits know their positions", "[engine][fix]") {
  const auto result = run(rule_with("  - {set: object.data.x, value: \"'é'\"}\n"),
                          "# é😀\n" + std::string(kConfigMap) + "  y: é😀\n");
  const TextEdit& edit = result.findings.front().fixes.front().edits.front();
  CHECK(edit.file->shown == "a.yaml");
  CHECK(edit.start == Position{.line = 7, .column = 6, .utf16_column = 6});
  CHECK(edit.end == Position{.line = 7, .column = 9, .utf16_column = 9});
  CHECK(edit.text == "\"é\"");
}

TEST_CASE("a suppression that suppresses nothing is taken out", "[engine][fix]") {
  const auto without = [](const std::string& text) -> std::string {
    const engine::RunResult result =
        testing::Lint{.files = {{"a.yaml", text}},
                      .choice = {.select = {"unused-suppression", "job-ttl"}}}
            .run();
    fix::FixSet fixes;
    std::size_t fixed = 0;
    for (const Finding& finding : result.findings) {
      for (const Fix& fix : finding.fixes) {
        CHECK(fix.safe);
        fixes.take(fix);
        ++fixed;
      }
    }
    return fixed == 0 ? "(none)" : fixes.apply("a.yaml", text);
  };
  const std::string head = "apiVersion: v1\nkind: ConfigMap\n";
  CHECK(without(head + "metadata: {name: a}  # tidewaiter: ignore job-ttl -- x\n") ==
        head + "metadata: {name: a}\n");
  CHECK(without(head + "# tidewaiter: ignore job-ttl\r\nmetadata: {name: a}\n") ==
        head + "metadata: {name: a}\n");
  CHECK(without("# tidewaiter: ignore-file job-ttl\n" + head + "metadata: {name: a}") ==
        head + "metadata: {name: a}");
  CHECK(without(head + "metadata: {name: a}\n  # tidewaiter: ignore job-ttl") ==
        head + "metadata: {name: a}\n");
  // What else the comment says is not ours to judge.
  CHECK(without(head + "metadata: {name: a}  # tidewaiter: ignore job-ttl, job-ttl-zero\n") ==
        "(none)");
  CHECK(without(head + "metadata: {name: a}  # tidewaiter: ignore job-ttl # yamllint\n") ==
        "(none)");
  CHECK(without(head + "metadata: {name: a}  # tidewaiter: ignore no-such-rule\n") == "(none)");
}

}  // namespace tidewaiter
