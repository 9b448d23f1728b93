#include "engine/lint.h"
#include "support/catch.h"

using tidewaiter::testing::Lint;
using Lines = std::vector<std::string>;

namespace {

Lint lint(std::string text, std::vector<std::string> select) {
  select.emplace_back("unused-suppression");
  return {.files = {{"a.yaml", std::move(text)}}, .choice = {.select = std::move(select)}};
}

constexpr const char* kJob =
    "apiVersion: batch/v1\nkind: Job\nmetadata: {name: db-restore-orders}\n";

}  // namespace

TEST_CASE("a comment at a line's end covers the entry there and what is below it",
          "[suppressions]") {
  const std::string text = std::string(kJob) +
                           "spec:  # tidewaiter: ignore job-ttl -- kept for audit\n"
                           "  template: {spec: {restartPolicy: Always, containers: []}}\n";
  CHECK(lint(text, {"job-ttl"}).lines() == Lines{"a.yaml:4 TW201 (suppressed)"});
  CHECK(lint(text, {"job-ttl", "job-restart-policy"}).lines() ==
        Lines{"a.yaml:4 TW201 (suppressed)", "a.yaml:5 TW206"});
}

TEST_CASE("the reason and the place of a suppression reach the report", "[suppressions]") {
  const auto result =
      lint(std::string(kJob) +
               "spec:  # tidewaiter: ignore TW201 -- kept for audit\n  suspend: true\n",
           {"job-ttl"})
          .run();
  REQUIRE(result.findings.size() == 1);
  const auto& suppression = result.findings[0].suppressions.at(0);
  CHECK(suppression.reason == "kept for audit");
  CHECK(suppression.place.start.line == 4);
  CHECK(suppression.place.start.column == 8);
  CHECK(result.summary.suppressed == 1);
  CHECK(result.summary.warnings == 0);
}

TEST_CASE("a comment alone covers the entry below it", "[suppressions]") {
  CHECK(lint(std::string(kJob) + "# tidewaiter: ignore job-ttl\nspec:\n  suspend: true\n",
             {"job-ttl"})
            .lines() == Lines{"a.yaml:5 TW201 (suppressed)"});
}

TEST_CASE("a comment above the first entry covers the whole document", "[suppressions]") {
  const std::string job = std::string(kJob) + "spec: {suspend: true}\n";
  CHECK(lint("# tidewaiter: ignore job-ttl\n" + job + "---\n" + job, {"job-ttl"}).lines() ==
        Lines{"a.yaml:5 TW201 (suppressed)", "a.yaml:10 TW201"});
  CHECK(lint(job + "--- # tidewaiter: ignore job-ttl\n" + job, {"job-ttl"}).lines() ==
        Lines{"a.yaml:4 TW201", "a.yaml:9 TW201 (suppressed)"});
  CHECK(lint("# tidewaiter: ignore job-ttl\n---\n" + job, {"job-ttl"}).lines() ==
        Lines{"a.yaml:6 TW201 (suppressed)"});
}

TEST_CASE("a comment above the first entry of a list item covers the item", "[suppressions]") {
  const std::string text = std::string(kJob) +
                           "spec:\n  template:\n    spec:\n      containers:\n"
                           "        # tidewaiter: ignore surprising-scalar\n"
                           "        - name: a\n"
                           "          env: [{name: A, value: 1}]\n"
                           "        - # tidewaiter: ignore surprising-scalar\n"
                           "          name: b\n"
                           "          env: [{name: A, value: 1}]\n"
                           "        - name: c\n"
                           "          env: [{name: A, value: 1}]\n";
  CHECK(lint(text, {"surprising-scalar"}).lines() == Lines{"a.yaml:10 TW008 (suppressed)",
                                                           "a.yaml:13 TW008 (suppressed)",
                                                           "a.yaml:15 TW008"});
}

TEST_CASE("ignore-file covers the file", "[suppressions]") {
  const std::string job = std::string(kJob) + "spec: {suspend: true}\n";
  CHECK(lint(job + "---\n" + job + "# tidewaiter: ignore-file job-ttl -- generated\n",
             {"job-ttl"})
            .lines() == Lines{"a.yaml:4 TW201 (suppressed)", "a.yaml:9 TW201 (suppressed)"});
}

TEST_CASE("annotations cover their resource, those of the pod only for rules about pods",
          "[suppressions]") {
  const auto job = [](std::string where) {
    return "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a-b-c" +
           (where == "job" ? std::string(", annotations: {ignore.tidewaiter/job-ttl: x}")
                           : "") +
           "}\nspec:\n  template: {metadata: {labels: {app: a}" +
           (where == "pod" ? std::string(", annotations: {ignore.tidewaiter/job-ttl: x}")
                           : "") +
           "}}\n";
  };
  CHECK(lint(job("job"), {"job-ttl"}).lines() == Lines{"a.yaml:4 TW201 (suppressed)"});
  CHECK(lint(job("pod"), {"job-ttl"}).lines() == Lines{"a.yaml:4 TW201", "a.yaml:5 TW009"});
}

TEST_CASE("what suppresses nothing is reported where the rule was run", "[suppressions]") {
  const std::string text =
      std::string(kJob) + "spec:\n  ttlSecondsAfterFinished: 60 # tidewaiter: ignore job-ttl\n";
  CHECK(lint(text, {"job-ttl"}).lines() == Lines{"a.yaml:5 TW009"});
  CHECK(lint(text, {"job-probe"}).lines().empty());
}

TEST_CASE("a name that no rule has is always reported", "[suppressions]") {
  const auto result = lint("a: 1 # tidewaiter: ignore job-tll, job-probe\n", {}).run();
  REQUIRE(result.findings.size() == 1);
  CHECK(result.findings[0].message == "There is no rule 'job-tll'. Did you mean 'job-ttl'?");
  CHECK(lint("a: 1 # tidewaiter: ignore\n", {}).lines() == Lines{"a.yaml:1 TW009"});
}

TEST_CASE("an unused suppression cannot itself be suppressed", "[suppressions]") {
  CHECK(
      lint("# tidewaiter: ignore-file unused-suppression\na: 1 # tidewaiter: ignore nonsense\n",
           {})
          .lines() == Lines{"a.yaml:1 TW009", "a.yaml:2 TW009"});
}

TEST_CASE("text that only looks like a suppression is none", "[suppressions]") {
  CHECK(lint("a: |\n  # tidewaiter: ignore nonsense\nb: '# tidewaiter: ignore nonsense'\n"
             "# tidewaiter is our linter\nc: x#tidewaiter:ignore nonsense\n",
             {})
            .lines()
            .empty());
}

TEST_CASE("nothing is said of suppressions in a document that cannot be read",
          "[suppressions]") {
  CHECK(lint("a: [ # tidewaiter: ignore job-ttl\n", {"job-ttl"}).lines() ==
        Lines{"a.yaml:1 TW001"});
}

TEST_CASE("with --require-reason a suppression without one does not count", "[suppressions]") {
  Lint without =
      lint(std::string(kJob) + "spec:  # tidewaiter: ignore job-ttl\n  suspend: true\n",
           {"job-ttl"});
  without.require_reason = true;
  CHECK(without.lines() == Lines{"a.yaml:4 TW201", "a.yaml:4 TW009"});
}

TEST_CASE("many suppressions of one rule take no long time", "[suppressions]") {
  std::string text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n";
  for (int i = 0; i < 20'000; ++i) {
    text += "  k" + std::to_string(i) + ": 1 # tidewaiter: ignore surprising-scalar\n";
  }
  const auto result = lint(text, {"surprising-scalar"}).run();
  CHECK(result.summary.suppressed == 20'000);
  CHECK(result.summary.errors == 0);
}

TEST_CASE("an annotation covers what reading its document found", "[suppressions]") {
  CHECK(lint("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n"
             "    ignore.tidewaiter/duplicate-key: generated\ndata: {a: b, a: c}\n",
             {"duplicate-key"})
            .lines() == Lines{"a.yaml:7 TW002 (suppressed)"});
}

TEST_CASE("a pod template's annotation covers other rules inside the template",
          "[suppressions]") {
  const std::string text =
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n"
      "    metadata:\n      labels: {a: b}\n      annotations:\n"
      "        ignore.tidewaiter/required-labels: generated\n    spec: {}\n";
  CHECK(lint(text, {"required-labels"}).lines() ==
        Lines{"a.yaml:3 TW103", "a.yaml:7 TW103 (suppressed)"});
}

TEST_CASE("a comment where an image is written covers what its kustomization makes of it",
          "[suppressions]") {
  const Lint lint{.files = {{"kustomization.yaml",
                             "resources: [web.yaml]\nimages: [{name: a, newTag: latest}]\n"},
                            {"web.yaml",
                             "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n"
                             "  containers:\n"
                             "    - name: a\n      image: a  # tidewaiter: ignore image-tag\n"
                             "    - name: b\n      image: a\n    - name: c\n      image: c\n"}},
                  .choice = {.select = {"image-tag", "unused-suppression"}}};
  CHECK(lint.lines() == Lines{"kustomization.yaml:2 TW801 (suppressed)",
                              "kustomization.yaml:2 TW801", "web.yaml:11 TW801"});
}

TEST_CASE("words that only begin like ignore are no suppression", "[suppressions]") {
  const std::string text =
      std::string(kJob) + "spec:  # tidewaiter: ignore-next-line job-ttl\n  suspend: true\n";
  CHECK(lint(text, {"job-ttl"}).lines() == Lines{"a.yaml:4 TW201"});
  const std::string remark =
      std::string(kJob) + "spec:  # tidewaiter: ignore job-ttl # noqa\n  suspend: true\n";
  CHECK(lint(remark, {"job-ttl"}).lines() == Lines{"a.yaml:4 TW201 (suppressed)"});
}
