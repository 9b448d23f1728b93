#include "engine/selection.h"

#include <algorithm>

#include "support/catch.h"

using tidewaiter::engine::Choice;
using tidewaiter::engine::RuleNames;
using tidewaiter::engine::RuleSetting;
using tidewaiter::engine::select_rules;
using tidewaiter::rules::Rule;

namespace {

std::vector<const Rule*> all_rules() {
  std::vector<const Rule*> rules;
  for (const Rule& rule : tidewaiter::rules::builtin_rules()) rules.push_back(&rule);
  return rules;
}

std::vector<std::string_view> ids(const Choice& choice) {
  const auto rules = all_rules();
  const auto selected = select_rules(rules, choice);
  REQUIRE(selected);
  std::vector<std::string_view> ids;
  for (const auto& rule : *selected) ids.push_back(rule.rule->id);
  return ids;
}

bool has(const std::vector<std::string_view>& ids, std::string_view id) {
  return std::ranges::find(ids, id) != ids.end();
}

}  // namespace

TEST_CASE("select runs these rules and those about unreadable text", "[selection]") {
  CHECK(ids({.select = {"job-ttl"}}) ==
        std::vector<std::string_view>{"TW001", "TW011", "TW012", "TW013", "TW201"});
  CHECK(ids({.select = {"TW201"}, .ignore = {"syntax-error"}}) ==
        std::vector<std::string_view>{"TW011", "TW012", "TW013", "TW201"});
}

TEST_CASE("strict holds every rule, other profiles their own", "[selection]") {
  CHECK(ids({.profiles = {"strict"}}).size() == all_rules().size());
  const auto jobs = ids({.profiles = {"jobs"}});
  CHECK(has(jobs, "TW202"));
  CHECK_FALSE(has(jobs, "TW107"));
}

TEST_CASE("the config turns rules on and off, select beats it", "[selection]") {
  const auto rules = all_rules();
  const Rule* ttl = RuleNames(rules).find("job-ttl");
  const Rule* missing = RuleNames(rules).find("namespace-missing");
  const Choice choice{
      .settings = {{.rule = ttl, .enabled = false}, {.rule = missing, .enabled = true}}};
  CHECK_FALSE(has(ids(choice), "TW201"));
  CHECK(has(ids(choice), "TW107"));
  Choice selected = choice;
  selected.select = {"job-ttl"};
  CHECK(has(ids(selected), "TW201"));
}

TEST_CASE("a name that nothing has is an error that says what was meant", "[selection]") {
  const auto rules = all_rules();
  const auto rule = select_rules(rules, {.select = {"job-tll"}});
  REQUIRE_FALSE(rule);
  CHECK(rule.error().message == "There is no rule 'job-tll'. Did you mean 'job-ttl'?");
  const auto profile = select_rules(rules, {.profiles = {"jbos"}});
  REQUIRE_FALSE(profile);
  CHECK(profile.error().message.find("Did you mean 'jobs'?") != std::string::npos);
}

TEST_CASE("another linter's id selects and ignores every rule that has it", "[selection]") {
  CHECK(ids({.select = {"ckv_k8s_10"}}) ==
        std::vector<std::string_view>{"TW001", "TW011", "TW012", "TW013", "TW301"});
  const auto several = ids({.select = {"container-resources"}});
  CHECK(has(several, "TW301"));
  CHECK(has(several, "TW303"));
  CHECK_FALSE(has(ids({.ignore = {"kube-score/container-resources"}}), "TW301"));
  const auto rules = all_rules();
  const auto unknown = select_rules(rules, {.select = {"CKV_K8S_1O"}});
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().message.find("Did you mean 'CKV_K8S_") != std::string::npos);
}
