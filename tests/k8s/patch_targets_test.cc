#include "k8s/patch_targets.h"

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "base/source.h"
#include "support/catch.h"
#include "yaml/file.h"

namespace tidewaiter::k8s {
namespace {

/// The kinds and names of a few objects that a kustomization changes.
std::string changed(std::string kustomization, const std::string& patch = "") {
  const Source source(std::make_shared<FileName>(), std::move(kustomization));
  const Source patch_source(std::make_shared<FileName>(), patch);
  const yaml::File file = yaml::read(source);
  const yaml::File patch_file = yaml::read(patch_source);
  const auto fields = read_kustomization(*file.documents.at(0).root);
  REQUIRE(fields);
  PatchTargets targets;
  targets.add(*fields,
              [&](std::string_view path) -> std::optional<std::vector<const yaml::Node*>> {
                if (path != "patch.yaml") return std::nullopt;
                std::vector<const yaml::Node*> roots;
                for (const yaml::Document& document : patch_file.documents) {
                  if (document.root != nullptr) roots.push_back(document.root);
                }
                return roots;
              });
  std::string all;
  for (const auto& [kind, name] :
       {std::pair("Deployment", "web"), std::pair("Deployment", "db"),
        std::pair("Service", "web")}) {
    if (targets.holds(kind, name)) all += std::string(kind) + '/' + name + ' ';
  }
  return all;
}

TEST_CASE("patches change what their targets name", "[patches]") {
  CHECK(changed("resources: [a]").empty());
  CHECK(changed("patches: [{path: x, target: {kind: Deployment, name: web}}]") ==
        "Deployment/web ");
  CHECK(changed("patches: [{path: x, target: {kind: Deployment}}]") ==
        "Deployment/web Deployment/db ");
  CHECK(changed("patches: [{path: x, target: {name: web}}]") == "Deployment/web Service/web ");
  CHECK(changed("patchesJson6902: [{path: x, target: {kind: Service, name: web}}]") ==
        "Service/web ");
  const std::string all = "Deployment/web Deployment/db Service/web ";
  CHECK(changed("patches: [{path: x, target: {name: 'w.*'}}]") == all);
  CHECK(changed("patches: [{path: x, target: {labelSelector: a=b}}]") == all);
  CHECK(changed("transformers: [x.yaml]") == all);
}

TEST_CASE("patches without targets change the objects that they are parts of", "[patches]") {
  const std::string patch =
      "kind: Deployment\nmetadata: {name: db}\n---\nkind: Service\nmetadata: {name: web}\n";
  CHECK(changed("patches: [{path: patch.yaml}]", patch) == "Deployment/db Service/web ");
  CHECK(changed("patchesStrategicMerge: [patch.yaml]", patch) == "Deployment/db Service/web ");
  CHECK(changed("patches: [{path: gone.yaml}]") == "Deployment/web Deployment/db Service/web ");
  CHECK(changed(
            "patchesStrategicMerge:\n  - |-\n    kind: Service\n    metadata: {name: web}\n") ==
        "Service/web ");
  CHECK(changed("patches: [{patch: \"kind: Service\\nmetadata: {name: web}\"}]") ==
        "Service/web ");
}

TEST_CASE("replacements change what their targets select", "[patches]") {
  CHECK(changed("replacements: [{targets: [{select: {kind: Service, name: web}}]}]") ==
        "Service/web ");
  CHECK(changed("replacements: [{path: patch.yaml}]",
                "- targets: [{select: {kind: Deployment, name: db}}]\n") == "Deployment/db ");
  CHECK(changed("replacements: [{source: {}}]") == "Deployment/web Deployment/db Service/web ");
}

}  // namespace
}  // namespace tidewaiter::k8s
