#include "k8s/kustomization.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/source.h"
#include "support/catch.h"
#include "yaml/file.h"

namespace tidewaiter::k8s {
namespace {

std::vector<std::string> partial(std::string text) {
  const Source source(std::make_shared<FileName>(), std::move(text));
  const yaml::File file = yaml::read(source);
  std::vector<std::string> files;
  for (const std::string_view path : partial_files(*file.documents.at(0).root)) {
    files.emplace_back(path);
  }
  return files;
}

TEST_CASE("the files that a kustomization reads as parts of objects", "[kustomization]") {
  CHECK(partial(R"(
resources: [web.yaml]
patches:
  - path: cpu.yaml
    target: {kind: Deployment}
  - patch: "- op: remove"
  - ../shared/memory.yaml
patchesStrategicMerge:
  - replicas.yaml
  - |-
    kind: Deployment
    metadata: {name: web}
patchesJson6902: [{path: ports.json}]
replacements: [{path: names.yaml}, {source: {}}]
transformers: [labels.yaml]
configurations: [config.yaml]
openapi: {path: schema.json}
helmCharts:
  - valuesFile: values.yaml
    additionalValuesFiles: [prod.yaml, 1, [x]]
)") == std::vector<std::string>{"cpu.yaml", "replicas.yaml", "ports.json", "names.yaml",
                                "labels.yaml", "config.yaml", "values.yaml", "prod.yaml",
                                "schema.json"});
}

TEST_CASE("a kustomization of another shape names nothing", "[kustomization]") {
  CHECK(partial("[]").empty());
  CHECK(partial("patches: x").empty());
  CHECK(partial("patches: {path: a.yaml}").empty());
  CHECK(partial("openapi: [a]").empty());
  CHECK(partial("transformers: {a: b}").empty());
}

TEST_CASE("aliases that repeat lists of files are cut short", "[kustomization]") {
  std::string text = "a: &list [";
  for (int i = 0; i < 200; ++i) text += "f.yaml, ";
  text += "]\nhelmCharts:\n";
  for (int i = 0; i < 200; ++i) text += "  - additionalValuesFiles: *list\n";
  CHECK(partial(text).size() == 10'000);
}

TEST_CASE("names of kustomizations", "[kustomization]") {
  CHECK(is_kustomization_name("kustomization.yaml"));
  CHECK(is_kustomization_name("kustomization.yml"));
  CHECK(is_kustomization_name("Kustomization"));
  CHECK_FALSE(is_kustomization_name("kustomization"));
  CHECK_FALSE(is_kustomization_name("Kustomization.yaml"));
}

}  // namespace
}  // namespace tidewaiter::k8s
