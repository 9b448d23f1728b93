#include "rules/rule_names.h"

#include "support/catch.h"

namespace tidewaiter::rules {
namespace {

constexpr std::string_view kAliases[] = {"old-name"};
const Rule kParallelism = {.id = "TW209", .name = "job-parallelism", .aliases = kAliases};
const Rule kTtl = {.id = "TW201", .name = "job-ttl"};
const Rule* const kRules[] = {&kTtl, &kParallelism};

TEST_CASE("a rule is found by name, id and alias", "[rules]") {
  const RuleNames names(kRules);
  CHECK(names.find("job-parallelism") == &kParallelism);
  CHECK(names.find("TW209") == &kParallelism);
  CHECK(names.find("tw209") == &kParallelism);
  CHECK(names.find("old-name") == &kParallelism);
  CHECK(names.find("Job-TTL") == nullptr);
  CHECK(names.find("JOB-TTL") == nullptr);
  CHECK(names.find("") == nullptr);
  CHECK(names.find(std::string(100'000, 'a')) == nullptr);
}

TEST_CASE("a word stays with the first rule that has it", "[rules]") {
  const Rule other = {.id = "ACME1", .name = "job-ttl"};
  RuleNames names(kRules);
  names.add(other);
  CHECK(names.find("job-ttl") == &kTtl);
  CHECK(names.find("ACME1") == &other);
}

TEST_CASE("a word that no rule has is told with what was perhaps meant", "[rules]") {
  const RuleNames names(kRules);
  CHECK(names.unknown("job-tll") == "There is no rule 'job-tll'. Did you mean 'job-ttl'?");
  CHECK(names.unknown("zzzzzzzz") == "There is no rule 'zzzzzzzz'.");
}

}  // namespace
}  // namespace tidewaiter::rules
