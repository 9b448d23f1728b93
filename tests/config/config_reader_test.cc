#include <memory>
#include <string>

#include "base/line_index.h"
#include "config/config.h"
#include "support/catch.h"

namespace tidewaiter::config {
namespace {

std::shared_ptr<const Source> source_of(std::string text) {
  auto name = std::make_shared<FileName>();
  name->shown = ".tidewaiter.yaml";
  return std::make_shared<const Source>(name, std::move(text));
}

/// Each error as "line:column: message".
std::vector<std::string> errors_of(std::string text) {
  const auto source = source_of(std::move(text));
  const LineIndex lines(source->text());
  std::vector<std::string> errors;
  for (const Error& error : read_config(source).errors) {
    CHECK(error.path == ".tidewaiter.yaml");
    REQUIRE(error.where);
    const Position at = lines.at(error.where->begin);
    errors.push_back(std::to_string(at.line) + ":" + std::to_string(at.column) + ": " +
                     error.message);
  }
  return errors;
}

Config read(std::string text) {
  ReadConfig result = read_config(source_of(std::move(text)));
  for (const Error& error : result.errors) UNSCOPED_INFO(error.message);
  REQUIRE(result.errors.empty());
  return std::move(result.config);
}

using Errors = std::vector<std::string>;

TEST_CASE("a config that says nothing is fine", "[config]") {
  const std::string text = GENERATE("", "# nothing yet\n", "---\n", "{}\n", "rules:\n");
  const Config config = read(text);
  CHECK_FALSE(config.profiles);
  CHECK_FALSE(config.fail_on);
  CHECK_FALSE(config.kubernetes_minor);
  CHECK(config.rules.empty());
}

TEST_CASE("every supported key of a config is read", "[config]") {
  const Config config = read(R"(
profiles: [recommended, jobs]
kubernetesVersion: "1.31"
exclude: ["vendor/**", "*.gen.yaml"]
failOn: warning
ruleDirs: [lint/rules]
podTemplatePaths: {argoproj.io/Rollout: spec.template}
rules:
  job-ttl: {severity: error}
  TW209: {params: {max: 20}, enabled: true}
  job-name-pattern: off
  job-probe: false
nodePools:
  batch: Standard_E8s_v4
  web: {size: Standard_D4s_v3, maxPods: 110}
nodeSizes: {Standard_X: {cpu: 4, memory: 16Gi}}
workloadClasses:
  web:
    requests: {cpu: 500m, memory: 1Gi}
    limits: {cpu: "1", memory: 2Gi}
    qos: [Burstable, Guaranteed]
    hpa: {resource: cpu, utilization: 70, min: 2, max: 8}
    nodePool: web
    vmSizes: Standard_D4s_v3
)");
  REQUIRE(config.profiles);
  CHECK(config.profiles->at(1).text == "jobs");
  CHECK(config.kubernetes_minor == 31U);
  CHECK(config.fail_on == FailOn::kWarning);
  REQUIRE(config.exclude.size() == 2);
  CHECK(config.exclude[1].text == "*.gen.yaml");
  REQUIRE(config.rule_dirs.size() == 1);
  CHECK(config.rule_dirs[0].text == "lint/rules");
  REQUIRE(config.pod_template_paths.size() == 1);
  CHECK(config.pod_template_paths[0].kind.text == "argoproj.io/Rollout");
  CHECK(config.pod_template_paths[0].path.text == "spec.template");

  REQUIRE(config.rules.size() == 4);
  CHECK(config.rules[0].rule.text == "job-ttl");
  CHECK(config.rules[0].severity == Severity::kError);
  CHECK_FALSE(config.rules[0].enabled);
  REQUIRE(config.rules[1].params.size() == 1);
  CHECK(config.rules[1].params[0].value.integer == 20);
  CHECK(config.rules[1].enabled == true);
  CHECK(config.rules[2].enabled == false);
  CHECK(config.rules[3].enabled == false);

  REQUIRE(config.node_pools.find("web") != nullptr);
  CHECK(config.node_pools.find("web")->find("maxPods")->integer == 110);
  CHECK(config.node_sizes.find("Standard_X")->find("memory")->text == "16Gi");
  CHECK(config.workload_classes.find("web")->find("hpa")->find("max")->integer == 8);
}

TEST_CASE("an unknown key is an error at its place, with a suggestion", "[config]") {
  CHECK(errors_of("profiles: [jobs]\nkuberneteVersion: \"1.34\"\n") ==
        Errors{"2:1: The config has no key 'kuberneteVersion'. Did you mean "
               "'kubernetesVersion'?"});
  CHECK(errors_of("rules:\n  job-ttl:\n    severty: error\n") ==
        Errors{"3:5: The setting of rule 'job-ttl' has no key 'severty'. Did you mean "
               "'severity'?"});
  CHECK(errors_of("nodePools: {batch: {size: S, maxpods: 3}}") ==
        Errors{"1:30: Node pool 'batch' has no key 'maxpods'. Did you mean 'maxPods'?"});
}

TEST_CASE("a value of the wrong type is an error at its place", "[config]") {
  CHECK(errors_of("profiles: jobs\n") == Errors{"1:1: 'profiles' must be a list of strings."});
  CHECK(errors_of("profiles: [job]\n") ==
        Errors{"1:12: There is no profile 'job'. Did you mean 'jobs'?"});
  CHECK(errors_of("exclude:\n  - a\n  - 3\n") ==
        Errors{"3:5: Each item of 'exclude' must be a string that is not empty."});
  CHECK(errors_of("failOn: fatal\n") ==
        Errors{"1:1: 'failOn' must be error, warning, note or never."});
  CHECK(errors_of("kubernetesVersion: 1.30\n").size() == 1);
  CHECK(errors_of("kubernetesVersion: \"2.0\"\n") ==
        Errors{"1:1: \"2.0\" is no version of Kubernetes; write for example \"1.34\"."});
  CHECK(errors_of("rules: [job-ttl]\n") ==
        Errors{"1:1: 'rules' must be a mapping, for example 'job-ttl: {severity: error}'."});
  CHECK(errors_of("rules: {job-ttl: 3}\n").size() == 1);
  CHECK(errors_of("rules: {job-ttl: {severity: off}}\n").size() == 1);
  CHECK(errors_of("rules: {job-ttl: {params: 3}}\n").size() == 1);
  CHECK(errors_of("- a\n").size() == 1);
  CHECK(errors_of("nodeSizes: {X: {cpu: 4}}\n").size() == 1);
  CHECK(errors_of("workloadClasses: {web: {qos: [Best]}}\n").size() == 1);
  CHECK(errors_of("workloadClasses: {web: {hpa: {min: x}}}\n").size() == 1);
}

TEST_CASE("every fault of a config is reported, not only the first", "[config]") {
  CHECK(errors_of("profile: []\nfailOn: 3\nrules: 4\n").size() == 3);
}

TEST_CASE("a key that a later version will have is refused, not ignored", "[config]") {
  CHECK(errors_of("overrides: [a]\n") ==
        Errors{"1:1: 'overrides' is not supported by this version of tidewaiter yet; remove "
               "it."});
}

TEST_CASE("a config that is no single YAML document is an error with its place", "[config]") {
  CHECK(errors_of("rules: {\n").size() == 1);
  CHECK(errors_of("failOn: error\n---\nfailOn: note\n").size() == 1);
  CHECK(errors_of("failOn: error\nfailOn: note\n").size() == 1);
}

TEST_CASE("a hostile config ends in errors, not in a crash or without end", "[config]") {
  CHECK_FALSE(errors_of(std::string(100000, '[')).empty());
  CHECK_FALSE(errors_of("\x01").empty());
  std::string laughs = "rules:\n  a: &a {params: {x: [1, 1, 1, 1, 1, 1, 1, 1, 1]}}\n";
  for (char c = 'b'; c <= 'h'; ++c) {
    const std::string last(1, static_cast<char>(c - 1));
    laughs += std::string("  ") + c + ": &" + c + " {params: {x: [*" + last + ", *" + last +
              ", *" + last + ", *" + last + ", *" + last + ", *" + last + ", *" + last +
              "]}}\n";
  }
  CHECK_FALSE(errors_of(laughs).empty());
  std::string many = "rules:\n";
  for (int i = 0; i < 20000; ++i) many += "  r" + std::to_string(i) + ": off\n";
  CHECK(read(many).rules.size() == 20000);
}

TEST_CASE("kubernetes versions are read with and without v and patch", "[config]") {
  CHECK(kubernetes_minor_of("1.34") == 34U);
  CHECK(kubernetes_minor_of("v1.29.3") == 29U);
  for (const char* bad :
       {"", "1", "1.", "34", "2.1", "1.x", "1.2.", "1.2.3.4", "1.-1", "1.9999"}) {
    INFO(bad);
    CHECK_FALSE(kubernetes_minor_of(bad));
  }
}

}  // namespace
}  // namespace tidewaiter::config
