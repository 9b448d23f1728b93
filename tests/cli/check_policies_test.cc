// `check` with policies, on files in memory: what the places of the program's own cases
// (testdata/cli/policy*) do not show, and where a sanitizer can see it.
#include <sstream>
#include <string>

#include "base/file_system.h"
#include "cli/check.h"
#include "support/catch.h"

using tidewaiter::MemoryFileSystem;
using tidewaiter::cli::CheckOptions;
using tidewaiter::cli::ExitCode;

namespace {

constexpr std::string_view kNamePolicy = R"(apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: names}
spec:
  matchConstraints:
    resourceRules:
      - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
  validations:
    - expression: object.metadata.name.startsWith('app-')
      message: The name begins with 'app-'
)";

constexpr std::string_view kBinding = R"(---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: %NAME%}
spec: {policyName: names, validationActions: [%ACTION%]}
)";

constexpr std::string_view kConfigMap = R"(apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
)";

std::string binding(const std::string& name, const std::string& action) {
  std::string text(kBinding);
  text.replace(text.find("%NAME%"), 6, name);
  text.replace(text.find("%ACTION%"), 8, action);
  return text;
}

struct Outcome {
  ExitCode exit = ExitCode::kSuccess;
  std::string out;
  std::string err;
};

Outcome check(const MemoryFileSystem& files, CheckOptions options) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  options.no_config = true;
  options.ignore.insert(options.ignore.end(), {"required-labels", "default-namespace"});
  const tidewaiter::cli::World world{.files = files,
                                     .in = in,
                                     .out = out,
                                     .err = err,
                                     .working_folder = "/repo",
                                     .out_is_terminal = false,
                                     .no_color = true,
                                     .create = {}};
  Outcome outcome;
  outcome.exit = tidewaiter::cli::run_check(options, world);
  outcome.out = out.str();
  outcome.err = err.str();
  return outcome;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a policy among the manifests is run, and one without binding denies", "[policies]") {
  const MemoryFileSystem files({{"a.yaml", kNamePolicy}, {"b.yaml", kConfigMap}});
  const Outcome outcome = check(files, {.paths = {"."}});
  CHECK(outcome.exit == ExitCode::kFindings);
  CHECK(holds(outcome.out,
              "b.yaml:4:3: error: Policy 'names' denies ConfigMap 'settings': The name begins "
              "with 'app-'. [names]"));
  CHECK(holds(outcome.out, "note: Policy 'names' has no binding here"));
}

TEST_CASE("of several bindings the gravest action is reported once", "[policies]") {
  const MemoryFileSystem files(
      {{"vap/a.yaml", std::string(kNamePolicy) + binding("w", "Warn") + binding("d", "Deny") +
                          binding("a", "Audit")},
       {"b.yaml", kConfigMap}});
  const Outcome outcome = check(files, {.paths = {"b.yaml"}, .policies = {"vap"}});
  CHECK(holds(outcome.out, "error: Policy 'names' (binding 'd') denies"));
  CHECK(holds(outcome.out, "Found 1 error in 1 file."));
}

TEST_CASE("what a policy's path leads to is read but not linted", "[policies]") {
  const MemoryFileSystem files(
      {{"vap/a.yaml", std::string(kNamePolicy) + binding("a", "Audit")},
       {"vap/other.yaml", kConfigMap},
       {"b.yaml", kConfigMap}});
  const Outcome outcome = check(files, {.paths = {"b.yaml"}, .policies = {"vap"}});
  CHECK(outcome.exit == ExitCode::kSuccess);
  CHECK_FALSE(holds(outcome.out, "other.yaml"));
  CHECK(holds(outcome.out, "b.yaml:4:3: note: Policy 'names' (binding 'a') records"));
  CHECK(holds(outcome.out, "Linted 1 document in 1 file."));
}

TEST_CASE("a policy is selected, ignored and suppressed by its name", "[policies]") {
  MemoryFileSystem files({{"a.yaml", kNamePolicy}, {"b.yaml", kConfigMap}});
  CHECK(check(files, {.paths = {"."}, .select = {"names"}}).exit == ExitCode::kFindings);
  CHECK(check(files, {.paths = {"."}, .ignore = {"names"}}).exit == ExitCode::kSuccess);
  CHECK(check(files, {.paths = {"."}, .select = {"nmes"}}).err ==
        "tidewaiter: error: There is no rule 'nmes'. Did you mean 'names'?\n");
  files.add_file("b.yaml",
                 std::string(kConfigMap) + "# tidewaiter: ignore-file names -- old\n");
  const Outcome outcome = check(files, {.paths = {"."}});
  CHECK(outcome.exit == ExitCode::kSuccess);
  CHECK(holds(outcome.out, "(1 suppressed)"));
}

TEST_CASE("a policy that is named as a rule is run, and that the rule has the name is told",
          "[policies]") {
  const auto named = [](std::string_view name) {
    std::string text(kNamePolicy);
    return text.replace(text.find("names"), 5, name);
  };
  const MemoryFileSystem files({{"a.yaml", named("run-as-non-root")}, {"b.yaml", kConfigMap}});
  const Outcome outcome = check(files, {.paths = {"."}});
  CHECK(holds(outcome.out, "error: Policy 'run-as-non-root' denies ConfigMap 'settings'"));
  CHECK(holds(outcome.out,
              "warning: Policy 'run-as-non-root' has the name of a rule (TW703): in --select, "
              "--ignore, the config and comments the name means the rule."));

  const MemoryFileSystem with_id({{"a.yaml", named("TW703")}, {"b.yaml", kConfigMap}});
  const Outcome not_run = check(with_id, {.paths = {"."}});
  CHECK_FALSE(holds(not_run.out, "denies"));
  CHECK(holds(not_run.out, "warning: Policy 'TW703' was not run: a rule has this id."));
}

TEST_CASE("a policy file that cannot be read ends the run; one that does not parse is said",
          "[policies]") {
  MemoryFileSystem files(
      {{"a.yaml", kNamePolicy}, {"c.yaml", "a: [\n"}, {"b.yaml", kConfigMap}});
  const Outcome missing = check(files, {.paths = {"b.yaml"}, .policies = {"missing"}});
  CHECK(missing.exit == ExitCode::kUsage);
  CHECK(holds(missing.err, "Cannot find 'missing'"));
  CHECK_FALSE(holds(missing.err, "There is no ValidatingAdmissionPolicy"));
  const Outcome outcome = check(files, {.paths = {"b.yaml"}, .policies = {"a.yaml", "c.yaml"}});
  CHECK(holds(outcome.out, "c.yaml:1:4: error: "));
  CHECK(holds(outcome.out, "b.yaml:4:3: error: Policy 'names' denies"));
}

TEST_CASE("the outcome is the same whatever the number of threads", "[policies]") {
  MemoryFileSystem files({{"a.yaml", std::string(kNamePolicy) + binding("w", "Warn")}});
  for (int i = 0; i < 40; ++i) {
    std::string path = "m/" + std::to_string(i) + ".yaml";
    files.add_file(path, std::string(kConfigMap) + "  namespace: n" + std::to_string(i) + "\n");
  }
  const Outcome one = check(files, {.paths = {"."}, .jobs = 1});
  const Outcome four = check(files, {.paths = {"."}, .jobs = 4});
  CHECK(one.out == four.out);
  CHECK(holds(one.out, "Found 40 warnings in 40 files."));
}

TEST_CASE("a field that the API server fills in is no reason to deny", "[policies]") {
  constexpr std::string_view kPolicy = R"(apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: services}
spec:
  matchConstraints:
    resourceRules:
      - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [services]}
  validations:
    - expression: object.spec.type != 'LoadBalancer'
    - expression: object.spec.clusterIP != 'None'
    - expression: has(object.spec.type) == false
)";
  constexpr std::string_view kService = R"(apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
)";
  const MemoryFileSystem files({{"a.yaml", kPolicy}, {"b.yaml", kService}});
  const Outcome outcome = check(files, {.paths = {"."}, .select = {"services"}});
  CHECK_FALSE(holds(outcome.out, "'type'"));
  CHECK_FALSE(holds(outcome.out, "failed expression"));
  CHECK(holds(outcome.out, "fails: There is no field 'clusterIP'."));
  CHECK(holds(outcome.out, "Found 1 error in 1 file."));
}

TEST_CASE("a variable that does not compile is said once, not for each object", "[policies]") {
  constexpr std::string_view kPolicy = R"(apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: broken}
spec:
  matchConstraints:
    resourceRules:
      - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
  variables:
    - {name: size, expression: sise(object.data)}
    - {name: twice, expression: variables.size + variables.size}
  validations:
    - expression: variables.twice == 2
)";
  const MemoryFileSystem files({{"a.yaml", kPolicy}, {"b.yaml", kConfigMap}});
  const Outcome outcome = check(files, {.paths = {"."}});
  CHECK(holds(outcome.out, "a.yaml:9:32: error: Variable 'size' of policy 'broken' does not"));
  CHECK(holds(outcome.out, "Found 1 error in 1 file."));
}

TEST_CASE("what a namespace that no manifest shows would have is not guessed", "[policies]") {
  std::string policy(kNamePolicy);
  const std::string_view asked = "object.metadata.name.startsWith('app-')";
  policy.replace(policy.find(asked), asked.size(),
                 "namespaceObject.metadata.labels.env == 'prod'");
  const Outcome unknown =
      check({{{"a.yaml", policy}, {"b.yaml", kConfigMap}}}, {.paths = {"."}});
  CHECK(unknown.exit == ExitCode::kSuccess);
  CHECK(holds(unknown.out,
              "note: Policy 'names' asks about a namespace that no manifest shows "
              "('default'); only the name was known"));
  const Outcome shown =
      check({{{"a.yaml", policy},
              {"b.yaml", kConfigMap},
              {"c.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: default}\n"}}},
            {.paths = {"."}});
  CHECK(shown.exit == ExitCode::kFindings);
}

TEST_CASE("params that are in no manifest are told even where the policy may go without",
          "[policies]") {
  std::string policy(kNamePolicy);
  policy.insert(policy.find("  matchConstraints"),
                "  paramKind: {apiVersion: example.com/v1, kind: Names}\n");
  const std::string binding =
      "---\napiVersion: admissionregistration.k8s.io/v1\n"
      "kind: ValidatingAdmissionPolicyBinding\nmetadata: {name: soft}\n"
      "spec: {policyName: names, validationActions: [Deny], paramRef: {name: gone, namespace: "
      "default, parameterNotFoundAction: Allow}}\n";
  const Outcome outcome =
      check({{{"a.yaml", policy + binding}, {"b.yaml", kConfigMap}}}, {.paths = {"."}});
  CHECK(outcome.exit == ExitCode::kSuccess);
  CHECK(holds(outcome.out,
              "note: Policy 'names' was not run under binding 'soft': The Names "
              "'gone' of paramRef is not found"));
}
