#include "engine/rule_examples.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rules/domain_functions.h"
#include "rules/rule_pack.h"
#include "support/catch.h"

namespace tidewaiter::engine {
namespace {

constexpr std::string_view kRule = R"(
id: ACME1
name: owner-label
summary: A ConfigMap says who owns it
severity: error
match: {kinds: [ConfigMap]}
params:
  label: {type: string, value: owner, description: The label}
checks:
  - when: has(object.metadata.labels)
    expr: params.label in object.metadata.labels
    at: object.metadata.labels
    message: "ConfigMap '{name}' has no label '{params.label}'."
)";

/// What run_example says of the only example of a rule, as "kind path:line message".
std::vector<std::string> faults_of(std::string_view example, std::string_view rule = kRule) {
  rules::RulePack pack;
  const auto name = std::make_shared<FileName>(FileName{.shown = "own.yaml", .uri = {}});
  const auto errors = pack.add(
      std::make_shared<const Source>(name, std::string(rule.substr(1)) + std::string(example)),
      "lint", /*of_user=*/true);
  if (!errors.empty()) FAIL(errors.front().message);
  std::vector<const rules::Rule*> all;
  for (const rules::Rule& builtin : rules::builtin_rules()) all.push_back(&builtin);
  const rules::Rule& own = pack.rules().back();
  all.push_back(&own);
  Settings settings;
  settings.all_rules = all;
  settings.functions = &rules::domain_functions();
  std::vector<std::string> lines;
  for (const ExampleFault& fault :
       run_example({.rule = &own, .params = {}}, own.examples.front(), settings).faults) {
    static constexpr std::string_view kKinds[] = {"missing", "unexpected", "other"};
    lines.push_back(std::string(kKinds[static_cast<std::size_t>(fault.kind)]) + " " +
                    fault.path + ":" + std::to_string(fault.line) + " " + fault.message);
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST_CASE("an example whose markers and findings agree has no fault", "[examples]") {
  CHECK(faults_of(R"(
examples:
  - bad: |
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: a
        labels: {team: x}   # want: owner-label
)") == Lines{});
  CHECK(faults_of(R"(
examples:
  - good: |
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: a, labels: {owner: x}}
)") == Lines{});
}

TEST_CASE("a wanted finding that is missing and one that nobody wants are told", "[examples]") {
  CHECK(faults_of(R"(
examples:
  - bad: |
      apiVersion: v1
      kind: ConfigMap
      metadata:   # want: owner-label
        name: a
        labels: {team: x}
)") == Lines{
           "missing manifest.yaml:3 A finding is wanted here, but there is none.",
           "unexpected manifest.yaml:5 This finding is not wanted: ConfigMap 'a' has no label "
           "'owner'."});
}

TEST_CASE("counts of markers are compared", "[examples]") {
  CHECK(faults_of(R"(
examples:
  - bad: |
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: a, labels: {team: x}}   # want: ACME1 x2
)") == Lines{"missing manifest.yaml:3 2 findings are wanted here, but there are 1."});
}

TEST_CASE("a marker that names no rule or goes on is a fault", "[examples]") {
  CHECK(faults_of(R"(
examples:
  - bad: |
      a: 1  # want: owner-lable
      b: 1  # want: owner-label or so
)") == Lines{"other :0 A bad example says where the findings are: write '# want: owner-label' "
             "at the end of each line that is reported.",
             "other manifest.yaml:1 There is no rule 'owner-lable'. Did you mean "
             "'owner-label'?",
             "other manifest.yaml:2 A marker is '# want: owner-label' and nothing more, or "
             "'# want: owner-label x2' for two findings on one line."});
}

TEST_CASE("the markers of other rules are left alone", "[examples]") {
  CHECK(faults_of(R"(
examples:
  - good: |
      apiVersion: v1   # want: job-ttl
      kind: ConfigMap
      metadata: {name: a}
)") == Lines{});
}

TEST_CASE("a good example wants nothing", "[examples]") {
  CHECK(faults_of(R"(
examples:
  - good: |
      a: 1  # want: owner-label
)") == Lines{"other :0 A good example has no findings, but this one wants some; call it "
             "'bad'."});
}

TEST_CASE("the long form has files, wanted lines, a profile, params and a config",
          "[examples]") {
  CHECK(faults_of(R"(
examples:
  - bad:
      profile: jobs
      params: {label: team}
      files:
        base/a.yaml: |
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: a, labels: {owner: x}}
        b.yaml: YXBpVmVyc2lvbjog
      want: ["base/a.yaml:3"]
)") == Lines{});
  CHECK(faults_of(R"(
examples:
  - bad:
      base64: true
      files:
        a.yaml: "no base64!"
      want: ["b.yaml:3"]
)") == Lines{"other :0 'b.yaml:3' under 'want' is no line of a file of this example; write "
             "'path:LINE' or 'path:LINE x2'.",
             "other :0 A bad example says where the findings are: write '# want: owner-label' "
             "at the end of each line that is reported.",
             "other a.yaml:0 This text is no base64."});
}

TEST_CASE("params of an example are checked as a user's", "[examples]") {
  CHECK(faults_of(R"(
examples:
  - good:
      params: {lable: x, label: 3}
      files: {a.yaml: "a: 1"}
)") == Lines{
           "other :0 Rule 'owner-label' has no param 'lable'.",
           "other :0 The value of param 'label' must be a string. YAML reads what stands here "
           "as a number; put it in quotes."});
}

TEST_CASE("a manifest that cannot be read is no good example", "[examples]") {
  const auto faults = faults_of(R"(
examples:
  - good: |
      metadata: [
)");
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].starts_with("other manifest.yaml:1 The document ends here"));
}

TEST_CASE("an evaluation that fails is no silence", "[examples]") {
  const auto faults = faults_of(R"(
    severity: error
  - expr: object.data.size == 'x'
    message: "No."
examples:
  - good: |
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: a}
)");
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].find("'owner-label'") != std::string::npos);
  CHECK(faults[0].find("data") != std::string::npos);
}

TEST_CASE("a part of a message that fails is a fault", "[examples]") {
  const auto faults = faults_of(R"(
  - expr: has(object.data)
    message: "No data but '{object.data}'."
examples:
  - bad: |
      apiVersion: v1
      kind: ConfigMap   # want: owner-label
      metadata: {name: a}
)");
  CHECK(faults == Lines{"other manifest.yaml:2 A part of the message failed and became '?': No "
                        "data but '?'."});
}

TEST_CASE("the files of an example are a folder", "[examples]") {
  CHECK(faults_of(R"y(
  - expr: "!('kustomization.yaml' in file.siblings)"
    at: object.kind
    message: "Beside a kustomization."
examples:
  - bad:
      files:
        app/a.yaml: |
          apiVersion: v1
          kind: ConfigMap   # want: owner-label
          metadata: {name: a}
        app/kustomization.yaml: |
          resources: [a.yaml]
        b.yaml: |
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: b}
)y") == Lines{});
}

}  // namespace
}  // namespace tidewaiter::engine
