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

constexpr std::string_view kOfCpu[] = {"kube-score/container-resources", "checkov/CKV_K8S_10",
                                       "trivy/KSV-0015"};
constexpr std::string_view kOfMemory[] = {"kube-score/container-resources",
                                          "checkov/CKV_K8S_12"};
const Rule kCpu = {.id = "TW301", .name = "cpu-request", .equivalents = kOfCpu};
const Rule kMemory = {.id = "TW302", .name = "memory-request", .equivalents = kOfMemory};
const Rule* const kResources[] = {&kMemory, &kCpu};

using Rules = std::vector<const Rule*>;

TEST_CASE("the id of another linter finds every rule that has it, by id", "[rules]") {
  const RuleNames names(kResources);
  CHECK(names.find_all("CKV_K8S_10") == Rules{&kCpu});
  CHECK(names.find_all("ckv_k8s_10") == Rules{&kCpu});
  CHECK(names.find_all("Checkov/CKV_K8S_10") == Rules{&kCpu});
  CHECK(names.find_all("container-resources") == Rules{&kCpu, &kMemory});
  CHECK(names.find_all("polaris/CKV_K8S_10").empty());
  CHECK(names.find_all("CKV_K8S_1").empty());
  CHECK(names.find_all("checkov/").empty());
  CHECK(names.find_all("").empty());
  CHECK(names.find("CKV_K8S_10") == nullptr);
}

TEST_CASE("Trivy's ids are found in each way that Trivy writes them", "[rules]") {
  const RuleNames names(kResources);
  for (const char* word :
       {"KSV-0015", "AVD-KSV-0015", "avd-ksv-0015", "KSV015", "trivy/KSV015"}) {
    CHECK(names.find_all(word) == Rules{&kCpu});
  }
  CHECK(names.find_all("KSV").empty());
  CHECK(names.find_all("AVD-").empty());
  CHECK(names.find_all("KSV-00151").empty());
  CHECK(names.find_all("CKV_K8S_010").empty());
}

TEST_CASE("an equivalent with a star is every id that begins so", "[rules]") {
  constexpr std::string_view kStar[] = {"datree/ALL_EXPOSED_SECRET_*"};
  const Rule secrets = {.id = "TW601", .name = "secret-in-env", .equivalents = kStar};
  const Rule* const rules[] = {&secrets};
  const RuleNames names(rules);
  CHECK(names.find_all("all_exposed_secret_aws") == Rules{&secrets});
  CHECK(names.find_all("datree/ALL_EXPOSED_SECRET_*") == Rules{&secrets});
  CHECK(names.find_all("ALL_EXPOSED_SECRET").empty());
}

TEST_CASE("a rule's own name comes before another linter's id", "[rules]") {
  constexpr std::string_view kTheirs[] = {"other/cpu-request"};
  const Rule other = {.id = "ACME1", .name = "limits", .equivalents = kTheirs};
  RuleNames names(kResources);
  names.add(other);
  CHECK(names.find_all("cpu-request") == Rules{&kCpu});
  CHECK(names.find_all("other/cpu-request") == Rules{&other});
  names.remove(other);
  CHECK(names.find_all("other/cpu-request").empty());
}

TEST_CASE("what was perhaps meant may be another linter's id", "[rules]") {
  const RuleNames names(kResources);
  CHECK(names.unknown("container-resource") ==
        "There is no rule 'container-resource'. Did you mean 'container-resources'?");
  CHECK(names.unknown("checkov/CKV_K8S_100") ==
        "There is no rule 'checkov/CKV_K8S_100'. Did you mean 'checkov/CKV_K8S_10'?");
  CHECK(names.unknown("cpu-requests") ==
        "There is no rule 'cpu-requests'. Did you mean 'cpu-request'?");
}

TEST_CASE("where only a rule's own names count, another linter's id is translated", "[rules]") {
  const RuleNames names(kResources);
  CHECK(names.unknown_own("ckv_k8s_10") ==
        "There is no rule 'ckv_k8s_10'; here it is 'cpu-request'.");
  CHECK(
      names.unknown_own("container-resources") ==
      "There is no rule 'container-resources'; here it is 'cpu-request' or 'memory-request'.");
  CHECK(names.unknown_own("container-resource") == "There is no rule 'container-resource'.");
}

}  // namespace
}  // namespace tidewaiter::rules
