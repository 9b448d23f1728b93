// What `policy export` prints, used as policies by `check`.
#include <string>

#include "e2e/program.h"
#include "support/catch.h"

namespace tidewaiter::testing {
namespace {

constexpr char kManifests[] = R"(apiVersion: batch/v1
kind: Job
metadata: {name: import, labels: {app: import}}
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - {name: import, image: "example.com/import:1", securityContext: {privileged: true}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers: [{name: web, image: "example.com/web:1"}]
)";

TEST_CASE("exported policies are found sound and find what their rules find", "[e2e]") {
  const ScratchFolder folder;
  folder.write("a.yaml", kManifests);
  const ProgramRun exported = run_program(
      {.arguments = {"policy", "export", "--profile", "strict", "--action", "Audit"},
       .folder = folder.path()});
  CHECK(exported.exit == 0);
  CHECK(exported.out.starts_with("# Made by tidewaiter "));
  folder.write("policies.yaml", exported.out);
  const ProgramRun checked =
      run_program({.arguments = {"check", "--quiet", "--kubernetes-version", "1.37",
                                 "--profile", "strict", "--policy", "policies.yaml", "a.yaml"},
                   .folder = folder.path()});
  const auto has = [&](const char* text) {
    INFO(checked.out);
    CHECK(checked.out.find(text) != std::string::npos);
  };
  has("[tidewaiter-job-ttl");
  has("Container 'import' of Job 'import' is privileged:");
  has("[tidewaiter-privileged");
  CHECK(checked.out.find("TW014") == std::string::npos);
}

TEST_CASE("a rule is exported by another linter's id, too", "[e2e]") {
  const ScratchFolder folder;
  const ProgramRun exported = run_program(
      {.arguments = {"policy", "export", "--rule", "CKV_K8S_16"}, .folder = folder.path()});
  CHECK(exported.exit == 0);
  CHECK(exported.out.find("name: tidewaiter-privileged\n") != std::string::npos);
  CHECK(exported.err == "tidewaiter: note: 1 rule exported as 1 policy; 0 left out.\n");
}

TEST_CASE("an export is the same every time", "[e2e]") {
  const ScratchFolder folder;
  const auto output = [&] {
    return run_program({.arguments = {"policy", "export", "--profile", "strict"},
                        .folder = folder.path()})
        .out;
  };
  const std::string first = output();
  CHECK(first.size() > 10'000);
  CHECK(first == output());
}

}  // namespace
}  // namespace tidewaiter::testing
