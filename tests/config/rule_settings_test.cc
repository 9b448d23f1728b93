#include "config/rule_settings.h"

#include <memory>
#include <string>

#include "support/catch.h"

namespace tidewaiter::config {
namespace {

constexpr rules::Param kParams[] = {
    {.name = "max", .type = rules::Param::Type::kInt, .min = 1, .max = 50},
    {.name = "pattern", .type = rules::Param::Type::kString},
};
constexpr std::string_view kAliases[] = {"old-name"};
const rules::Rule kParallelism = {
    .id = "TW209", .name = "job-parallelism", .aliases = kAliases, .params = kParams};
constexpr std::string_view kEquivalents[] = {"a/their-ttl"};
const rules::Rule kTtl = {.id = "TW201", .name = "job-ttl", .equivalents = kEquivalents};
const rules::Rule* const kRules[] = {&kTtl, &kParallelism};

ReadConfig read(std::string text) {
  auto name = std::make_shared<FileName>();
  name->shown = "c.yaml";
  ReadConfig result = read_config(std::make_shared<const Source>(name, std::move(text)));
  REQUIRE(result.errors.empty());
  return result;
}

std::string error_of(std::string text) {
  const ReadConfig read_result = read(std::move(text));
  const RuleOverrides result = match_rules(read_result.config, kRules);
  REQUIRE(result.errors.size() == 1);
  const Error& error = result.errors.front();
  CHECK(error.path == "c.yaml");
  REQUIRE(error.where);
  return std::string(read_result.config.source->text(*error.where)) + " -> " + error.message;
}

TEST_CASE("settings are matched with their rules", "[config]") {
  const ReadConfig config =
      read("rules: {TW209: {severity: note, params: {max: 9}}, job-ttl: off}");
  const RuleOverrides result = match_rules(config.config, kRules);
  REQUIRE(result.errors.empty());
  REQUIRE(result.overrides.size() == 2);
  const RuleOverride& parallelism = result.overrides[0];
  CHECK(parallelism.rule == &kParallelism);
  CHECK(parallelism.severity == Severity::kNote);
  REQUIRE(parallelism.params.size() == 2);
  REQUIRE(parallelism.params[0] != nullptr);
  CHECK(parallelism.params[0]->integer == 9);
  CHECK(parallelism.params[1] == nullptr);
  CHECK(result.overrides[1].rule == &kTtl);
  CHECK(result.overrides[1].enabled == false);
}

TEST_CASE("what does not fit a rule is an error at its place", "[config]") {
  CHECK(error_of("rules: {job-tll: off}") ==
        "job-tll: off -> There is no rule 'job-tll'. Did you mean 'job-ttl'?");
  CHECK(error_of("rules: {job-ttl: off, TW201: off}") ==
        "TW201: off -> Rule 'job-ttl' (TW201) is set twice.");
  CHECK(error_of("rules:\n  job-ttl: off\n  Their-TTL: off\n") ==
        "Their-TTL: off -> Rule 'job-ttl' (TW201) is set twice; 'Their-TTL' means it too.");
  CHECK(error_of("rules: {TW209: {params: {maxx: 3}}}") ==
        "maxx: 3 -> Rule 'job-parallelism' has no param 'maxx'. Did you mean 'max'?");
  CHECK(error_of("rules: {TW201: {params: {max: 3}}}") ==
        "max: 3 -> Rule 'job-ttl' has no param 'max'. It has none.");
  CHECK(error_of("rules: {TW209: {params: {max: many}}}") ==
        "many -> The value of param 'max' must be a whole number.");
  CHECK(error_of("rules: {TW209: {params: {max: 51}}}") ==
        "51 -> Param 'max' must be at most 50.");
}

TEST_CASE("the id of another linter sets every rule that has it", "[config]") {
  constexpr std::string_view kSame[] = {"b/their-ttl"};
  const rules::Rule other = {.id = "TW202", .name = "job-ttl-value", .equivalents = kSame};
  const rules::Rule* const rules[] = {&kTtl, &other, &kParallelism};
  const ReadConfig config = read("rules: {their-ttl: {severity: note}}\n");
  const RuleOverrides result = match_rules(config.config, rules);
  CHECK(result.errors.empty());
  REQUIRE(result.overrides.size() == 2);
  CHECK(result.overrides[0].rule == &kTtl);
  CHECK(result.overrides[1].rule == &other);
  CHECK(result.overrides[1].severity == Severity::kNote);
}

}  // namespace
}  // namespace tidewaiter::config
