#include "engine/scopes.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "engine/loaded_file.h"
#include "engine/run.h"
#include "support/catch.h"

namespace tidewaiter::engine {
namespace {

constexpr std::string_view kPod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n";

class Files {
 public:
  void add(const std::string& path, std::string_view text, std::string scope,
           bool linted = true) {
    inputs_.push_back({.name = std::make_shared<const FileName>(FileName{.shown = path}),
                       .path = path,
                       .text = std::string(text),
                       .scope = std::move(scope),
                       .linted = linted});
  }
  std::vector<LoadedFile> load() const {
    return load_files(inputs_, Settings{}, MemoryFileSystem({}));
  }

 private:
  std::vector<Input> inputs_;
};

TEST_CASE("resources see those of their scope", "[scopes]") {
  Files files;
  files.add("a/1.yaml", kPod, "a");
  files.add("b/1.yaml", kPod, "b");
  files.add("c/1.yaml", kPod, "a");
  files.add("policies/1.yaml", kPod, "policies", /*linted=*/false);
  const auto loaded = files.load();
  const Scopes scopes(loaded);
  REQUIRE(scopes.all().size() == 2);
  CHECK(scopes.all()[0].name == "a");
  CHECK(scopes.all()[0].scope.all().size() == 2);
  CHECK(scopes.all()[1].name == "b");
  CHECK(&scopes.of(loaded[2].extraction.resources[0]) == &scopes.all()[0].scope);
  CHECK(&scopes.of(loaded[1].extraction.resources[0]) == &scopes.all()[1].scope);
  CHECK(scopes.of(loaded[3].extraction.resources[0]).all().empty());
}

TEST_CASE("what a kustomization patches with is no resource", "[scopes]") {
  Files files;
  files.add("prod/kustomization.yaml",
            "patches: [{path: ../shared/./patch.yaml}, {path: gone.yaml}]\n", "prod");
  files.add("prod/web.yaml", kPod, "prod");
  files.add("shared/patch.yaml", "apiVersion: v1\nkind: Pod\n---\na: 1\n", "shared");
  const auto loaded = files.load();
  CHECK(loaded[1].extraction.resources.size() == 1);
  const k8s::Extraction& patch = loaded[2].extraction;
  CHECK(patch.resources.empty());
  CHECK(patch.faults.empty());
  CHECK(patch.contents ==
        std::vector<k8s::Content>{k8s::Content::kPartial, k8s::Content::kNotKubernetes});
}

}  // namespace
}  // namespace tidewaiter::engine
