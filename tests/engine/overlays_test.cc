#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "base/path.h"
#include "engine/lint.h"
#include "engine/loaded_file.h"
#include "engine/run.h"
#include "engine/scopes.h"
#include "k8s/pairs.h"
#include "k8s/reference_graph.h"
#include "support/catch.h"

namespace tidewaiter::engine {
namespace {

using Lines = std::vector<std::string>;
using k8s::Resource;
using k8s::Scope;

/// Files whose scope is the nearest folder with a kustomization, as the walk finds it.
class Tree {
 public:
  Tree& add(const std::string& path, std::string text) {
    inputs_.push_back({.name = std::make_shared<const FileName>(FileName{.shown = path}),
                       .path = path,
                       .text = std::move(text),
                       .scope = path.substr(0, path.rfind('/'))});
    return *this;
  }
  /// Reads and forms the scopes; the tree must not change after that.
  const Scopes& scopes() {
    files_ = load_files(inputs_, Settings{}, MemoryFileSystem({}));
    scopes_ = Scopes(files_);
    return scopes_;
  }
  const Scope& scope(std::string_view name) {
    if (files_.empty()) scopes();
    for (const auto& named : scopes_.all()) {
      if (named.name == name) return named.scope;
    }
    FAIL("no scope " << name);
    return scopes_.all().front().scope;
  }
  /// "Kind namespace/name" of all in a scope.
  Lines names(std::string_view name) {
    Lines lines;
    for (const Resource* const r : scope(name).all()) {
      lines.push_back(std::string(r->kind) + ' ' + std::string(r->namespace_) + '/' +
                      std::string(r->name));
    }
    return lines;
  }
  /// The names of references that dangle, and "name.key" of those that lack their key.
  Lines dangling(std::string_view name) {
    Lines lines;
    const k8s::ReferenceGraph& graph = scope(name).references();
    for (const k8s::Reference& reference : graph.references()) {
      const std::uint32_t number = graph.number_of(reference);
      const std::string text(reference.name_text());
      if (graph.dangles(number)) lines.push_back(text);
      if (graph.lacks_key(number)) {
        lines.push_back(text + '.' + std::string(reference.key->as_string()));
      }
    }
    return lines;
  }
  /// The names of those that are patched.
  Lines patched(std::string_view name) {
    Lines lines;
    const Scope& asked = scope(name);
    for (std::uint32_t i = 0; i < asked.all().size(); ++i) {
      if (asked.is_patched(i)) lines.emplace_back(asked.all()[i]->name);
    }
    return lines;
  }

 private:
  std::vector<Input> inputs_;
  std::vector<LoadedFile> files_;
  Scopes scopes_;
};

std::string pod(const std::string& name, const std::string& container) {
  return "---\napiVersion: v1\nkind: Pod\nmetadata: {name: " + name +
         ", labels: {app: " + name + "}}\nspec:\n  containers: [{name: c, " + container +
         "}]\n";
}
std::string reads(const std::string& name) {
  return "envFrom: [{configMapRef: {name: " + name + "}}]";
}
std::string reads(const std::string& name, const std::string& key) {
  return "env: [{name: X, valueFrom: {configMapKeyRef: {name: " + name + ", key: " + key +
         "}}}]";
}
std::string config(const std::string& name, const std::string& data = "{a: b}") {
  return "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: " + data +
         "\n";
}

TEST_CASE("references find what a prefix renames, by either name", "[overlays]") {
  Tree tree;
  tree.add("k/kustomization.yaml", "namePrefix: p-\nnamespace: prod\nresources: [a.yaml]\n")
      .add("k/a.yaml", config("c") + pod("one", reads("c")) + pod("two", reads("p-c")) +
                           pod("three", reads("gone")));
  CHECK(tree.names("k") ==
        Lines{"ConfigMap prod/p-c", "Pod prod/p-one", "Pod prod/p-two", "Pod prod/p-three"});
  CHECK(tree.dangling("k") == Lines{"gone"});
}

TEST_CASE("references find what a kustomization generates", "[overlays]") {
  Tree tree;
  tree.add("k/kustomization.yaml",
           "namePrefix: p-\nresources: [a.yaml]\nconfigMapGenerator:\n"
           "  - {name: made, literals: [a=1]}\n  - {name: env, envs: [.env]}\n")
      .add("k/a.yaml", config("c") + pod("one", reads("made")) + pod("two", reads("p-made")) +
                           pod("three", reads("made", "b")) + pod("four", reads("env", "b")));
  CHECK(tree.dangling("k") == Lines{"made.b"});
}

TEST_CASE("an overlay sees what it lists, under its names", "[overlays]") {
  Tree tree;
  tree.add("base/kustomization.yaml", "namePrefix: b-\nresources: [a.yaml]\n")
      .add("base/a.yaml", config("c"))
      .add("prod/kustomization.yaml",
           "namePrefix: o-\nnamespace: prod\nresources: [../base/, pod.yaml]\n")
      .add("prod/pod.yaml",
           pod("one", reads("c")) + pod("two", reads("b-c")) + pod("three", reads("x")));
  CHECK(tree.names("base") == Lines{"ConfigMap /b-c"});
  CHECK(tree.names("prod") ==
        Lines{"ConfigMap prod/o-b-c", "Pod prod/o-one", "Pod prod/o-two", "Pod prod/o-three"});
  CHECK(tree.dangling("prod") == Lines{"x"});
}

TEST_CASE("a base does not lack what one of its overlays has", "[overlays]") {
  Tree tree;
  tree.add("base/kustomization.yaml", "resources: [a.yaml]\n")
      .add("base/a.yaml", config("c") + pod("one", reads("made")) + pod("two", reads("own")) +
                              pod("three", reads("gone")) + pod("four", reads("c", "more")) +
                              pod("five", reads("c", "less")))
      .add("dev/kustomization.yaml",
           "resources: [../base]\nconfigMapGenerator: [{name: made, literals: [a=1]},"
           "{name: c, behavior: replace, literals: [more=1]}]\n")
      .add("prod/kustomization.yaml", "resources: [../base, own.yaml]\nnamespace: prod\n")
      .add("prod/own.yaml", config("own"));
  CHECK(tree.dangling("base") == Lines{"gone", "c.less"});
}

TEST_CASE("what was not read may be there", "[overlays]") {
  Tree tree;
  const std::string refers = config("c") + pod("one", reads("gone"));
  for (const std::string list :
       {"https://github.com/example/base?ref=v1", "../outside", "gone.yaml"}) {
    const std::string name = "k" + std::to_string(list.size());
    tree.add(name + "/kustomization.yaml", "resources: [a.yaml, '" + list + "']\n")
        .add(name + "/a.yaml", refers);
    tree.add(name + "o/kustomization.yaml", "resources: ['../" + name + "', a.yaml]\n")
        .add(name + "o/a.yaml", refers);
  }
  for (const auto& named : tree.scopes().all()) {
    CHECK(named.scope.is_open());
    CHECK(named.scope.has_hidden_pods(""));
    CHECK(tree.dangling(named.name).empty());
  }
}

TEST_CASE("pods of an overlay are hidden from its base, in the namespace concerned",
          "[overlays]") {
  Tree tree;
  tree.add("shop/kustomization.yaml", "namespace: shop\nresources: [a.yaml]\n")
      .add("shop/a.yaml", pod("one", "image: 'a:1'"))
      .add("bank/kustomization.yaml", "resources: [a.yaml]\n")
      .add("bank/a.yaml", pod("two", "image: 'a:1'"))
      .add("prod/kustomization.yaml", "namespace: bank\nresources: [../bank, more.yaml]\n")
      .add("prod/more.yaml", pod("three", "image: 'a:1'"))
      .add("all/kustomization.yaml", "resources: [../shop, ../prod]\n");
  CHECK_FALSE(tree.scope("shop").has_hidden_pods("shop"));
  CHECK(tree.scope("bank").has_hidden_pods(""));
  CHECK_FALSE(tree.scope("prod").has_hidden_pods("bank"));
}

TEST_CASE("kustomizations that list each other in a circle are open", "[overlays]") {
  Tree tree;
  tree.add("a/kustomization.yaml", "resources: [../b, x.yaml]\n")
      .add("a/x.yaml", config("c") + pod("one", reads("gone")))
      .add("b/kustomization.yaml", "resources: [../a]\n")
      .add("c/kustomization.yaml", "resources: [../c, x.yaml]\n")
      .add("c/x.yaml", config("c") + pod("one", reads("gone")));
  CHECK(tree.dangling("a").empty());
  CHECK(tree.scope("a").is_open());
  CHECK(tree.scope("b").is_open());
  CHECK(tree.scope("c").is_open());
}

TEST_CASE("patches, components and replicas of overlays are known in the base", "[overlays]") {
  Tree tree;
  tree.add("base/kustomization.yaml", "resources: [a.yaml]\n")
      .add("base/a.yaml", config("one") + config("two") + config("three") +
                              "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: "
                              "{name: four}\nspec: {replicas: 1}\n" +
                              pod("five", reads("one", "x")) + pod("six", reads("two", "x")))
      .add("tls/kustomization.yaml",
           "kind: Component\npatches: [{patch: 'x', target: {kind: ConfigMap, name: two}}]\n")
      .add("prod/kustomization.yaml",
           "resources: [../base]\ncomponents: [../tls]\nreplicas: [{name: four, count: 3}]\n"
           "namePrefix: p-\npatches: [{path: one.yaml}]\n")
      .add("prod/one.yaml", "kind: ConfigMap\nmetadata: {name: one}\n");
  CHECK(tree.patched("base") == Lines{"one", "two", "four"});
  CHECK(tree.dangling("base").empty());
}

TEST_CASE("what a kustomization does not list is beside it, and forms no pairs with it",
          "[overlays]") {
  Tree tree;
  tree.add("k/kustomization.yaml", "namespace: prod\nresources: [a.yaml]\n")
      .add("k/a.yaml", config("c") + pod("one", reads("other")))
      .add("k/b.yaml", config("c") + config("other"));
  const Scope& scope = tree.scope("k");
  CHECK(tree.dangling("k").empty());
  CHECK(scope.pairs().of(k8s::PairRelation::kDuplicate, 2).empty());
}

TEST_CASE("a chain of very many kustomizations ends, and what lies beyond is open",
          "[overlays]") {
  Tree tree;
  constexpr int kLength = 3000;
  for (int i = 0; i < kLength; ++i) {
    const std::string folder = "k" + std::to_string(i);
    const std::string below = i == 0 ? "" : ", ../k" + std::to_string(i - 1);
    tree.add(folder + "/kustomization.yaml", "resources: [a.yaml" + below + "]\n")
        .add(folder + "/a.yaml", config("c" + std::to_string(i)));
  }
  CHECK(tree.scope("k0").is_open());  // more lie above it than are looked at
  CHECK(tree.scope("k2999").is_open());
  CHECK_FALSE(tree.scope("k2999").overlays().size() > 0);
}

TEST_CASE("a finding about what a kustomization gives lies there, and is suppressed there",
          "[overlays]") {
  const char* const rule = R"(
id: ACME001
name: no-prod
summary: Nothing is in prod
severity: error
match: {kinds: [ConfigMap]}
checks:
  - expr: object.metadata.?namespace.orValue('') != 'prod'
    at: object.metadata.namespace
    message: "ConfigMap '{name}' is in prod."
)";
  testing::Lint lint{.files = {{"kustomization.yaml",
                                "namePrefix: p-\nresources: [a.yaml]\nnamespace: prod\n"},
                               {"a.yaml", config("c")}},
                     .choice = {.select = {"no-prod", "unused-suppression"}},
                     .user_rules = {rule}};
  CHECK(lint.lines() == Lines{"kustomization.yaml:3 ACME001"});
  CHECK(lint.run().findings.at(0).message == "ConfigMap 'p-c' is in prod.");
  CHECK(lint.run().findings.at(0).resource.name == "p-c");
  lint.files["kustomization.yaml"] =
      "resources: [a.yaml]\nnamespace: prod  # tidewaiter: ignore no-prod\n";
  CHECK(lint.lines() == Lines{"kustomization.yaml:2 ACME001 (suppressed)"});
  lint.files["kustomization.yaml"] = "resources: [a.yaml]\nnamespace: prod\n";
  lint.files["a.yaml"] = "# tidewaiter: ignore no-prod\n" + config("c").substr(4);
  CHECK(lint.lines() == Lines{"kustomization.yaml:2 ACME001 (suppressed)"});
}

}  // namespace
}  // namespace tidewaiter::engine
