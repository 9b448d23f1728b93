#include "cli/rule_test.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "rules/compiled_rule.h"
#include "rules/domain_functions.h"
#include "rules/rule_pack.h"
#include "support/catch.h"

namespace tidewaiter::cli {
namespace {

using rules::Rule;

std::vector<const Rule*> all_builtin() {
  std::vector<const Rule*> all;
  for (const Rule& rule : rules::builtin_rules()) all.push_back(&rule);
  return all;
}

std::string to_string(const RuleTestFault& fault) {
  return "example " + std::to_string(fault.number) + ", " + fault.fault.path + ":" +
         std::to_string(fault.fault.line) + ": " + fault.fault.message;
}

TEST_CASE("every rule of the program passes its tests", "[rules]") {
  const auto all = all_builtin();
  for (const Rule& rule : rules::builtin_rules()) {
    INFO(rule.id << " " << rule.name);
    const RuleTest test = test_rule(rule, all);
    CHECK(test.passed == rule.examples.size());
    for (const RuleTestFault& fault : test.faults) {
      FAIL_CHECK(to_string(fault));
    }
  }
}

TEST_CASE("no rule of the program walks all resources for each that it judges", "[rules]") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(TIDEWAITER_SOURCE_DIR) / "rules";
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    std::ifstream file(entry.path());
    const std::string text(std::istreambuf_iterator<char>(file), {});
    INFO(entry.path());
    CHECK(text.find("scope.all(") == std::string::npos);
  }
}

TEST_CASE("the cases in testdata/rules find what they say", "[rules]") {
  namespace fs = std::filesystem;
  const auto all = all_builtin();
  for (const Rule& rule : rules::builtin_rules()) {
    const fs::path folder = fs::path(TIDEWAITER_TESTDATA) / "rules" / rule.name;
    if (!fs::is_directory(folder)) continue;
    for (const auto& entry : fs::directory_iterator(folder)) {
      INFO(entry.path().string());
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string text(std::istreambuf_iterator<char>(in), {});
      const std::string name = entry.path().filename().string();
      const rules::Example::File files[] = {{.path = name, .text = text}};
      const rules::Example example{.bad = text.find("# want: ") != text.npos, .files = files};
      engine::Settings settings;
      settings.all_rules = all;
      settings.functions = &rules::domain_functions();
      const auto outcome =
          engine::run_example({.rule = &rule, .params = {}}, example, settings);
      for (const auto& fault : outcome.faults) {
        FAIL_CHECK(fault.path << ":" << fault.line << ": " << fault.message);
      }
    }
  }
}

TEST_CASE("the fixes of rules compile", "[rules]") {
  for (const Rule& rule : rules::builtin_rules()) {
    if (rule.builtin) continue;
    const auto compiled = rules::compile_rule(rule, {.functions = &rules::domain_functions(),
                                                     .profiles = {},
                                                     .thorough = true,
                                                     .user_params = {}});
    INFO((compiled ? std::string() : compiled.error().message));
    CHECK(compiled);
  }
}

TEST_CASE("rules of the program say all that theirs must", "[rules]") {
  for (const Rule& rule : rules::builtin_rules()) {
    INFO(rule.id << " " << rule.name);
    CHECK_FALSE(rule.profiles.empty());
    CHECK_FALSE(rule.precision.empty());
    CHECK_FALSE(rule.rationale.empty());
    CHECK_FALSE(rule.remediation.empty());
    CHECK_FALSE(rule.since.empty());
    const auto has = [&](bool bad) {
      return std::ranges::any_of(rule.examples,
                                 [&](const rules::Example& e) { return e.bad == bad; });
    };
    // Only a user's own rule can fail at run time; tests/engine shows one.
    CHECK(has(true) == (rule.id != "TW014"));
    CHECK(has(false));
  }
}

TEST_CASE("ids, names and aliases of the program's rules are unique", "[rules]") {
  std::vector<std::string_view> words;
  for (const Rule& rule : rules::builtin_rules()) {
    words.insert(words.end(), {rule.id, rule.name});
    words.insert(words.end(), rule.aliases.begin(), rule.aliases.end());
  }
  std::ranges::sort(words);
  CHECK(std::ranges::adjacent_find(words) == words.end());
}

constexpr std::string_view kRule = R"(id: ACME1
name: owner-label
summary: A ConfigMap says who owns it
severity: error
match: {kinds: [ConfigMap]}
params:
  label: {type: string, value: owner}
checks:
  - expr: params.label in object.metadata.?labels.orValue({})
    message: "No label '{params.label}'."
  - expr: name != 'x'
    message: "It is called 'x'."
)";

/// The faults of a rule, with the text that each is about.
std::vector<std::string> faults_of(const std::string& examples) {
  rules::RulePack pack;
  const auto name = std::make_shared<FileName>(FileName{.shown = "own.yaml", .uri = {}});
  const auto source = std::make_shared<const Source>(name, std::string(kRule) + examples);
  const auto errors = pack.add(source, "lint", /*of_user=*/true);
  if (!errors.empty()) FAIL(errors.front().message);
  auto all = all_builtin();
  all.push_back(&pack.rules().back());
  std::vector<std::string> lines;
  for (const RuleTestFault& fault : test_rule(pack.rules().back(), all).faults) {
    lines.push_back(std::string(source->text(fault.where)) + " -> " + fault.fault.message);
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST_CASE("a rule needs examples, and its params descriptions", "[rules]") {
  CHECK(
      faults_of("") ==
      Lines{"params.label in object.metadata.?labels.orValue({}) -> No bad example shows what "
            "this rule finds; add one under 'examples'.",
            "params.label in object.metadata.?labels.orValue({}) -> No good example shows what "
            "this rule leaves alone; add one under 'examples'.",
            "label -> Param 'label' has no description."});
}

TEST_CASE("every check needs a bad example of its own", "[rules]") {
  const std::string one = R"(examples:
  - good: |
      {apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {owner: b}}}
  - bad: |
      {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}  # want: owner-label
)";
  CHECK(faults_of(one) ==
        Lines{"name != 'x' -> No bad example fails this check; add one under 'examples'.",
              "label -> Param 'label' has no description."});
  CHECK(faults_of(one + R"(  - bad: |
      {apiVersion: v1, kind: ConfigMap, metadata: {name: x, labels: {owner: b}}}  # want: ACME1
)") == Lines{"label -> Param 'label' has no description."});
}

TEST_CASE("an example has a config as a user's", "[rules]") {
  const std::string files = R"(
      files:
        a.yaml: |
          {apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {team: b}}}
)";
  const auto with_config = [&](const std::string& config) {
    return faults_of("examples:\n  - good:\n      config: " + config + files);
  };
  CHECK(with_config("{rules: {owner-label: {params: {label: team}}}}")
            .front()
            .starts_with("params.label"));  // nothing but that the bad example is missing
  CHECK(
      with_config("{kubernetesVersion: 1.3}")
          .front()
          .find(
              "good -> In the config of this example: 'kubernetesVersion' must be a string") ==
      0);
  CHECK(with_config("{profile: [jobs]}").front().find("Did you mean 'profiles'?") !=
        std::string::npos);
}

TEST_CASE("a line of an example is found in its rule's file", "[rules]") {
  const std::string text = "examples:\n  - good: |\n      a: 1\n\n        b: 2\n";
  const rules::Example::File file{
      .path = "manifest.yaml", .text = "a: 1\n\n  b: 2\n", .where = {.begin = 20, .end = 45}};
  REQUIRE(text.substr(20, 1) == "|");
  const auto line = line_in_rule_file(text, file, 3);
  REQUIRE(line);
  CHECK(line->line == 5);
  CHECK(line->indent == 6);
  CHECK_FALSE(line_in_rule_file(text, file, 0));
  CHECK_FALSE(line_in_rule_file(text, file, 9));
  CHECK_FALSE(line_in_rule_file("", file, 1));
  const rules::Example::File quoted{
      .path = "a", .text = "a: 1", .where = {.begin = 0, .end = 6}};
  CHECK_FALSE(line_in_rule_file("\"a: 1\"", quoted, 1));
}

}  // namespace
}  // namespace tidewaiter::cli
