#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "engine/rule_runner.h"
#include "rules/compiled_rule.h"
#include "rules/domain_functions.h"
#include "rules/rule.h"
#include "support/catch.h"

using tidewaiter::rules::builtin_rules;
using tidewaiter::rules::Example;
using tidewaiter::rules::Rule;
namespace testing = tidewaiter::testing;

TEST_CASE("every example of every rule finds what it says", "[rules]") {
  for (const Rule& rule : builtin_rules()) {
    for (std::size_t i = 0; i < rule.examples.size(); ++i) {
      const Example& example = rule.examples[i];
      const auto files = testing::files_of(example);
      const std::string profile(example.profile.empty() ? rule.profiles.front()
                                                        : example.profile);
      const auto result =
          testing::run_rule(rule, files, profile, example.params, example.config);
      const auto wanted = testing::wanted(rule, example, files);
      const auto found = testing::lines_of(result, rule);
      INFO(rule.id << " " << rule.name << ", example " << i + 1 << " of the file");
      INFO("wanted " << testing::to_string(wanted) << "; found " << testing::to_string(found));
      CHECK(wanted.empty() != example.bad);
      CHECK(wanted == found);
      for (const auto& silence : result.silences) {
        INFO(silence.reason);
        CHECK(silence.excused);
      }
      for (const auto& finding : result.findings) {
        INFO(finding.message);
        CHECK(finding.message.find('?') == std::string::npos);
        CHECK(finding.message.find('\n') == std::string::npos);
      }
    }
  }
}

TEST_CASE("the cases in testdata/rules find what they say", "[rules]") {
  namespace fs = std::filesystem;
  for (const Rule& rule : builtin_rules()) {
    const fs::path folder = fs::path(TIDEWAITER_TESTDATA) / "rules" / rule.name;
    if (!fs::is_directory(folder)) continue;
    for (const auto& entry : fs::directory_iterator(folder)) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string text(std::istreambuf_iterator<char>(in), {});
      const std::string name = entry.path().filename().string();
      testing::Lines wanted;
      testing::add_markers(name, text, rule, wanted);
      const auto result =
          testing::run_rule(rule, {{name, text}}, std::string(rule.profiles.front()));
      const auto found = testing::lines_of(result, rule);
      INFO(entry.path().string());
      INFO("wanted " << testing::to_string(wanted) << "; found " << testing::to_string(found));
      CHECK(wanted == found);
    }
  }
}

TEST_CASE("the fixes of rules compile", "[rules]") {
  for (const Rule& rule : builtin_rules()) {
    if (rule.builtin) continue;
    const auto compiled = tidewaiter::rules::compile_rule(
        rule, {.functions = &tidewaiter::rules::domain_functions(), .thorough = true});
    INFO((compiled ? std::string() : compiled.error().message));
    CHECK(compiled);
  }
}

TEST_CASE("rules are well made", "[rules]") {
  std::set<std::string_view> names;
  for (const Rule& rule : builtin_rules()) {
    INFO(rule.id << " " << rule.name);
    CHECK(names.insert(rule.id).second);
    CHECK(names.insert(rule.name).second);
    for (const auto alias : rule.aliases) CHECK(names.insert(alias).second);
    CHECK_FALSE(rule.profiles.empty());
    CHECK_FALSE(rule.precision.empty());
    CHECK_FALSE(rule.rationale.empty());
    CHECK_FALSE(rule.remediation.empty());
    CHECK_FALSE(rule.since.empty());
    // Only a user's own rule can fail at run time; tests/engine shows one.
    const bool can_fire = rule.id != "TW014";
    CHECK(std::ranges::any_of(rule.examples, [](const Example& e) { return e.bad; }) ==
          can_fire);
    CHECK(std::ranges::any_of(rule.examples, [](const Example& e) { return !e.bad; }));
    for (const auto reference : rule.references) CHECK(reference.starts_with("https://"));
    for (const auto& param : rule.params) {
      INFO("param " << param.name);
      CHECK_FALSE(param.description.empty());
    }
  }
}
