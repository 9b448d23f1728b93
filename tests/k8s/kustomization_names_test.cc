#include <deque>
#include <string>
#include <utility>

#include "base/source.h"
#include "k8s/extract.h"
#include "k8s/kustomization.h"
#include "k8s/node_path.h"
#include "support/catch.h"
#include "yaml/place.h"

namespace tidewaiter::k8s {
namespace {

struct Text {
  explicit Text(std::string text)
      : source(std::make_shared<FileName>(), std::move(text)), file(yaml::read(source)) {}
  const yaml::Node& root() const { return *file.documents.at(0).root; }

  Source source;
  yaml::File file;
};

/// The resources of a manifest as a kustomization makes them.
struct Applied {
  Applied(std::string kustomization, std::string manifest)
      : by(std::move(kustomization)), text(std::move(manifest)) {
    found = extract_resources(text.source, text.file, {});
    const auto fields = read_kustomization(by.root());
    REQUIRE(fields);
    for (Resource& resource : found.resources) apply(*fields, resource, text.file, names);
  }
  const Resource& operator[](std::size_t i) const { return found.resources.at(i); }
  const yaml::Node* at(std::size_t i, std::string_view path) const {
    const auto nodes = nodes_at(*found.resources.at(i).object, path);
    return nodes.empty() ? nullptr : nodes.front();
  }
  std::string text_at(std::size_t i, std::string_view path) const {
    const yaml::Node* const node = at(i, path);
    return node == nullptr ? "(none)" : std::string(node->as_string());
  }

  Text by;
  Text text;
  Extraction found;
  std::deque<std::string> names;
};

std::string object(const std::string& version, const std::string& kind,
                   const std::string& metadata, const std::string& rest = "") {
  return "---\n{apiVersion: " + version + ", kind: " + kind + ", metadata: {" + metadata + "}" +
         rest + "}\n";
}

TEST_CASE("a namespace goes to what lives in one, with its place in the kustomization",
          "[kustomization]") {
  const Applied applied("namespace: prod\n",
                        object("v1", "Service", "name: a") +
                            object("v1", "Service", "name: b, namespace: other") +
                            object("rbac.authorization.k8s.io/v1", "ClusterRole", "name: c") +
                            object("v1", "Namespace", "name: shop") +
                            object("example.com/v1", "Widget", "name: d"));
  CHECK(applied[0].namespace_ == "prod");
  CHECK(applied[1].namespace_ == "prod");
  CHECK(applied.by.source.text(yaml::place_of(*applied.at(1, "metadata.namespace"))) ==
        "namespace: prod");
  CHECK(applied[2].namespace_.empty());
  CHECK(applied.at(2, "metadata.namespace") == nullptr);
  CHECK(applied[3].name == "prod");
  CHECK(applied.text_at(3, "metadata.name") == "prod");
  CHECK(applied[4].namespace_ == "prod");
}

TEST_CASE("prefix and suffix go to all names but a few", "[kustomization]") {
  const Applied applied(
      "namePrefix: p-\nnameSuffix: -s\n",
      object("v1", "Service", "name: a") + object("v1", "Namespace", "name: shop") +
          object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "name: c") +
          object("apiregistration.k8s.io/v1", "APIService", "name: d") +
          object("v1", "Pod", "generateName: e-"));
  CHECK(applied[0].name == "p-a-s");
  CHECK(applied.text_at(0, "metadata.name") == "p-a-s");
  CHECK(applied.text.source.text(yaml::place_of(*applied.at(0, "metadata.name"))) == "name: a");
  CHECK(applied[1].name == "shop");
  CHECK(applied[2].name == "c");
  CHECK(applied[3].name == "d");
  CHECK(applied[4].name.empty());
}

TEST_CASE("replicas go to workloads that have some, by the name that is written",
          "[kustomization]") {
  const Applied applied(
      "namePrefix: p-\nreplicas: [{name: a, count: 3}, {name: b, count: x}, {count: 1}]\n",
      object("apps/v1", "Deployment", "name: a", ", spec: {replicas: 1}") +
          object("apps/v1", "StatefulSet", "name: a", ", spec: {serviceName: a}") +
          object("apps/v1", "DaemonSet", "name: a", ", spec: {minReadySeconds: 1}") +
          object("apps/v1", "Deployment", "name: b", ", spec: {replicas: 1}"));
  CHECK(applied.at(0, "spec.replicas")->as_int() == 3);
  CHECK(applied.by.source.text(yaml::place_of(*applied.at(0, "spec.replicas"))) == "count: 3");
  CHECK(applied.at(1, "spec.replicas")->as_int() == 3);
  CHECK(applied.at(2, "spec.replicas") == nullptr);
  CHECK(applied.at(3, "spec.replicas")->as_int() == 1);
}

TEST_CASE("images go to containers and init containers, with the place of what is given",
          "[kustomization]") {
  const std::string pod =
      object("v1", "Pod", "name: a",
             ", spec: {containers: [{name: x, image: web}, {name: y, image: [1]}, {name: z}], "
             "initContainers: [{name: i, image: 'web:1'}], "
             "ephemeralContainers: [{name: e, image: web}]}");
  const Applied applied("images: [{name: web, newTag: v2}]\n", pod);
  CHECK(applied.text_at(0, "spec.containers.*.image") == "web:v2");
  CHECK(applied.text_at(0, "spec.initContainers.*.image") == "web:v2");
  CHECK(applied.text_at(0, "spec.ephemeralContainers.*.image") == "web");
  CHECK(applied.by.source.text(yaml::place_of(*applied.at(0, "spec.containers.*.image"))) ==
        "newTag: v2");
}

TEST_CASE("subjects that are accounts of the binding's namespace get it", "[kustomization]") {
  const Applied applied(
      "namespace: prod\n",
      object("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "name: a",
             ", subjects: [{kind: ServiceAccount, name: web}, {kind: ServiceAccount, name: "
             "default, namespace: x}, {kind: ServiceAccount, name: other, namespace: x}, "
             "{kind: Group, name: g}]"));
  const auto namespaces = [&](std::size_t i) {
    const yaml::Node* const found = applied[0]
                                        .object->find("subjects")
                                        ->item(static_cast<std::uint32_t>(i))
                                        .find("namespace");
    return found == nullptr ? "(none)" : std::string(found->as_string());
  };
  CHECK(namespaces(0) == "prod");
  CHECK(namespaces(1) == "prod");
  CHECK(namespaces(2) == "x");
  CHECK(namespaces(3) == "(none)");
}

TEST_CASE("what a kustomization generates", "[kustomization]") {
  const Text text(R"(
namespace: prod
configMapGenerator:
  - name: settings
    literals: [color=red, size=1, broken]
    files: [app.properties, conf/my.cnf, renamed=x/y]
  - {name: more, behavior: merge, literals: [a=1]}
  - {literals: [a=1]}
secretGenerator:
  - {name: keys, envs: [.env]}
  - nothing
)");
  ProductList list;
  append_generated(*read_kustomization(text.root()), list);
  REQUIRE(list.products.size() == 3);
  const Product& settings = list.products[0];
  CHECK(settings.kind == "ConfigMap");
  CHECK(settings.namespace_ == "prod");
  CHECK(settings.name == "settings");
  CHECK(settings.keys_known);
  std::string keys;
  for (const ProductKey& key : settings.keys) keys += std::string(key.text) + ' ';
  CHECK(keys == "app.properties color my.cnf renamed size ");
  CHECK_FALSE(list.products[1].keys_known);
  CHECK(list.products[2].kind == "Secret");
  CHECK_FALSE(list.products[2].keys_known);
}

TEST_CASE("what a kustomization lists", "[kustomization]") {
  const Text text("resources: [a.yaml, 1, '', ../base]\nbases: [../old]\ncomponents: [c]\n");
  const auto fields = read_kustomization(text.root());
  REQUIRE(fields);
  CHECK(fields->resources == std::vector<std::string_view>{"a.yaml", "../base", "../old"});
  CHECK(fields->components == std::vector<std::string_view>{"c"});
  CHECK_FALSE(fields->makes_unknown);
  CHECK(read_kustomization(Text("helmCharts: [{name: x}]").root())->makes_unknown);
  CHECK_FALSE(read_kustomization(
      Text("{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization}").root()));
  CHECK_FALSE(read_kustomization(Text("[]").root()));
}

TEST_CASE("lists that aliases repeat without end are cut short", "[kustomization]") {
  std::string text = "resources: [";
  for (std::size_t i = 0; i <= Kustomization::kMostEntries; ++i) text += "a,";
  const auto fields = read_kustomization(Text(text + "]").root());
  REQUIRE(fields);
  CHECK(fields->resources.size() == Kustomization::kMostEntries);
  CHECK(fields->makes_unknown);
}

}  // namespace
}  // namespace tidewaiter::k8s
