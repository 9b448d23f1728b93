#include "cli/eval.h"

#include <sstream>
#include <string>
#include <utility>

#include "support/catch.h"

namespace tidewaiter::cli {
namespace {

constexpr std::string_view kWeb =
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 1\n"
    "  template:\n    spec:\n      containers:\n        - name: c\n          image: nginx\n";
constexpr std::string_view kMap =
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata:\n  big: ~\n";

/// What `eval` prints and how it ends.
struct Outcome {
  std::string out;
  std::string err;
  ExitCode code;
};

Outcome eval(EvalOptions options, std::string_view input = {}) {
  MemoryFileSystem files({{"web.yaml", kWeb}, {"map.yaml", kMap}, {"bad.yaml", "a: [1\n"}});
  files.add_file("values.yaml", "a: 1\n");
  std::istringstream in{std::string(input)};
  std::ostringstream out;
  std::ostringstream err;
  const World world{.files = files,
                    .in = in,
                    .out = out,
                    .err = err,
                    .working_folder = std::string(MemoryFileSystem::kWorkingFolder),
                    .create = {}};
  const ExitCode code = run_eval(options, world);
  return {.out = out.str(), .err = err.str(), .code = code};
}

TEST_CASE("without files an expression is evaluated once", "[cli][eval]") {
  const Outcome sum = eval({.expression = "1 + 2"});
  CHECK(sum.out == "3\n");
  CHECK(sum.err.empty());
  CHECK(sum.code == ExitCode::kSuccess);
  const Outcome object = eval({.expression = "object.spec"});
  CHECK(object.err.find("name the files") != std::string::npos);
  CHECK(object.code == ExitCode::kFindings);
  CHECK(eval({.expression = "scope.has('Service') || true"}).out == "true\n");
}

TEST_CASE("a value has the place it comes from", "[cli][eval]") {
  const auto first = [](const std::string& expression) {
    return eval({.expression = expression, .paths = {"web.yaml"}}).out;
  };
  CHECK(first("object.spec.replicas") == "web.yaml:5:3: Deployment 'web': 1\n");
  CHECK(first("containers[0].image + ':1'") ==
        "web.yaml:10:11: Deployment 'web': \"nginx:1\"\n");
  CHECK(first("1") == "web.yaml:2:1: Deployment 'web': 1\n");
  CHECK(first("file.name") == "web.yaml:2:1: Deployment 'web': \"web.yaml\"\n");
}

TEST_CASE("of a false expression the blame is shown", "[cli][eval]") {
  const Outcome outcome =
      eval({.expression = "object.spec.replicas > 1", .paths = {"web.yaml"}});
  CHECK(
      outcome.out ==
      "web.yaml:5:3: Deployment 'web': false\n    5 |   replicas: 1\n      |   ^^^^^^^^^^^\n");
  CHECK(outcome.code == ExitCode::kSuccess);
}

TEST_CASE("an evaluation that fails hides no other", "[cli][eval]") {
  const Outcome outcome =
      eval({.expression = "object.spec.replicas", .paths = {"map.yaml", "web.yaml"}});
  CHECK(outcome.out ==
        "map.yaml:2:1: ConfigMap 'settings': error: There is no field 'spec'.\n"
        "    2 | kind: ConfigMap\n      | ^^^^^^^^^^^^^^^\n"
        "web.yaml:5:3: Deployment 'web': 1\n");
  CHECK(outcome.code == ExitCode::kFindings);
}

TEST_CASE("only kinds that are named are looked at", "[cli][eval]") {
  const std::string kind = GENERATE("Deployment", "apps/Deployment", "*/Deployment");
  const Outcome outcome = eval({.expression = "object.spec.replicas",
                                .paths = {"map.yaml", "web.yaml"},
                                .kinds = {kind}});
  CHECK(outcome.out == "web.yaml:5:3: Deployment 'web': 1\n");
}

TEST_CASE("raw values are for programs", "[cli][eval]") {
  const auto raw = [](const std::string& expression) {
    return eval({.expression = expression, .paths = {"web.yaml"}, .format = EvalFormat::kRaw});
  };
  CHECK(raw("name").out == "web\n");
  CHECK(raw("object.spec.template.spec").out ==
        "{\"containers\":[{\"name\":\"c\",\"image\":\"nginx\"}]}\n");
  const Outcome failed = raw("object.x");
  CHECK(failed.out.empty());
  CHECK(
      failed.err.starts_with("web.yaml:2:1: Deployment 'web': error: There is no field 'x'."));
}

TEST_CASE("JSON has a line for each resource", "[cli][eval]") {
  const Outcome outcome = eval({.expression = "object.spec.replicas",
                                .paths = {"map.yaml", "web.yaml"},
                                .format = EvalFormat::kJson});
  CHECK(outcome.out ==
        "{\"file\":\"map.yaml\",\"line\":2,\"column\":1,\"apiVersion\":\"v1\",\"kind\":"
        "\"ConfigMap\",\"namespace\":\"\",\"name\":\"settings\",\"error\":\"There is no field "
        "'spec'.\"}\n"
        "{\"file\":\"web.yaml\",\"line\":5,\"column\":3,\"apiVersion\":\"apps/v1\",\"kind\":"
        "\"Deployment\",\"namespace\":\"\",\"name\":\"web\",\"type\":\"int\",\"value\":1}\n");
  CHECK(outcome.code == ExitCode::kFindings);
}

TEST_CASE("an expression that does not compile is shown with a caret", "[cli][eval]") {
  const Outcome outcome = eval({.expression = "1 + objct.x", .paths = {"web.yaml"}});
  CHECK(outcome.out.empty());
  CHECK(outcome.err ==
        "tidewaiter: error: 'objct' is not declared. Did you mean 'object'?\n"
        "      | 1 + objct.x\n      |     ^^^^^\n");
  CHECK(outcome.code == ExitCode::kUsage);
}

TEST_CASE("what cannot be read is told, and the rest evaluated", "[cli][eval]") {
  const Outcome outcome =
      eval({.expression = "name", .paths = {"bad.yaml", "missing.yaml", "web.yaml"}});
  CHECK(outcome.out == "web.yaml:2:1: Deployment 'web': \"web\"\n");
  CHECK(outcome.err.find("missing.yaml") != std::string::npos);
  CHECK(outcome.err.find("bad.yaml:1:") != std::string::npos);
  CHECK(outcome.code == ExitCode::kUsage);
  CHECK(eval({.expression = "name", .paths = {"values.yaml"}}).err ==
        "tidewaiter: note: 1 document is no Kubernetes object and was left out.\n");
}

TEST_CASE("standard input is a file too", "[cli][eval]") {
  CHECK(eval({.expression = "object.kind", .paths = {"-"}}, kMap).out ==
        "stdin.yaml:2:1: ConfigMap 'settings': \"ConfigMap\"\n");
}

TEST_CASE("the target version decides what exists", "[cli][eval]") {
  const auto code = [](const std::string& version) {
    return eval({.expression = "semver('1.2.3').major()", .kubernetes_version = version}).code;
  };
  CHECK(code("1.34") == ExitCode::kSuccess);
  CHECK(code("1.28") == ExitCode::kUsage);
  CHECK(code("next") == ExitCode::kUsage);
}

}  // namespace
}  // namespace tidewaiter::cli
