#include "k8s/extract.h"

#include <string>
#include <vector>

#include "k8s/manifest.h"
#include "k8s/pod.h"
#include "support/catch.h"
#include "yaml/place.h"

using tidewaiter::k8s::Content;
using tidewaiter::k8s::Fault;
using tidewaiter::k8s::PodTemplatePaths;
using tidewaiter::testing::Manifest;

namespace {

std::vector<std::string> names(const Manifest& manifest) {
  std::vector<std::string> all;
  for (const auto& resource : manifest.found().resources) {
    all.push_back(std::string(resource.kind) + "/" + std::string(resource.name));
  }
  return all;
}

/// The messages of the faults, each with the line (from 1) of its place.
std::vector<std::string> faults(const Manifest& manifest, std::string_view text) {
  std::vector<std::string> all;
  for (const Fault& fault : manifest.found().faults) {
    const auto place = tidewaiter::yaml::place_of(*fault.at);
    int line = 1;
    for (const char c : text.substr(0, place.begin)) line += c == '\n' ? 1 : 0;
    all.push_back(std::to_string(line) + ": " + fault.message);
  }
  return all;
}

std::vector<std::string> faults_of(const std::string& text,
                                   const std::string& name = "x.yaml") {
  return faults(Manifest(text, name), text);
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a resource knows its group, version, kind, namespace and name", "[extract]") {
  const Manifest manifest(
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\n"
      "---\napiVersion: v1\nkind: Pod\nmetadata: {generateName: run-, namespace: null}\n");
  REQUIRE(manifest.found().resources.size() == 2);
  CHECK(manifest.resource(0).group == "apps");
  CHECK(manifest.resource(0).version == "v1");
  CHECK(manifest.resource(0).namespace_ == "shop");
  CHECK(manifest.resource(1).group.empty());
  CHECK(generate_name_of(manifest.resource(1)) == "run-");
  CHECK(manifest.resource(1).namespace_.empty());
  CHECK(manifest.found().faults.empty());
}

TEST_CASE("every document is counted once", "[extract]") {
  const Manifest manifest(
      "a: 1\n---\n# none\n---\nkind: Pod\n---\napiVersion: v1\nkind: List\nitems: []\n---\n- "
      "x\n"
      "---\n: [\n---\nx: {{ .Values.x }}\n");
  CHECK(manifest.found().contents ==
        std::vector<Content>{Content::kNotKubernetes, Content::kEmpty, Content::kNotAResource,
                             Content::kResources, Content::kNotKubernetes, Content::kRejected,
                             Content::kTemplate});
}

TEST_CASE("Lists are opened in place, whatever they are and however deep", "[extract]") {
  const Manifest manifest(R"(
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: A, metadata: {name: a}}
- apiVersion: v1
  kind: FooList
  items:
  - {apiVersion: v1, kind: B, metadata: {name: b}}
  - apiVersion: v1
    kind: List
    items: [{apiVersion: v1, kind: C, metadata: {name: c}}]
- {apiVersion: v1, kind: D, metadata: {name: d}}
---
{apiVersion: v1, kind: E, metadata: {name: e}}
)");
  CHECK(names(manifest) == Texts{"A/a", "B/b", "C/c", "D/d", "E/e"});
  CHECK(manifest.found().faults.empty());
}

TEST_CASE("items of a typed List have its kind and version when they state none", "[extract]") {
  const Manifest manifest(
      "apiVersion: apps/v1\nkind: DeploymentList\nmetadata: {}\n"
      "items:\n- metadata: {name: a}\n  spec: {template: {spec: {containers: []}}}\n- {x: "
      "1}\n");
  REQUIRE(names(manifest) == Texts{"Deployment/a"});
  CHECK(manifest.resource(0).group == "apps");
  CHECK(manifest.resource(0).pod != nullptr);
  CHECK(manifest.found().faults.empty());
}

TEST_CASE("a kind that only ends in List is a resource", "[extract]") {
  CHECK(names(Manifest("apiVersion: a.b/v1\nkind: AllowList\nmetadata: {name: x}\n")) ==
        Texts{"AllowList/x"});
}

TEST_CASE("the pod, its metadata and the job of every kind with pods are found", "[extract]") {
  const auto views = [](const std::string& api_version, const std::string& kind,
                        const std::string& spec) {
    const Manifest manifest("apiVersion: " + api_version + "\nkind: " + kind +
                            "\nmetadata: {name: x, labels: {own: y}}\nspec: " + spec + "\n");
    const auto& resource = manifest.resource(0);
    std::string text;
    if (resource.pod != nullptr) text += "pod ";
    if (resource.pod_meta != nullptr) text += manifest.text(resource.pod_meta);
    if (resource.job != nullptr) text += " job";
    if (resource.is_pod_kind) text += " kind";
    if (resource.is_workload) text += " workload";
    return text;
  };
  const std::string pod_template = "{template: {metadata: {a: b}, spec: {containers: []}}}";
  CHECK(views("v1", "Pod", "{}") == "pod {name: x, labels: {own: y}} kind workload");
  for (const char* const kind : {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"}) {
    CHECK(views("apps/v1", kind, pod_template) == "pod {a: b} kind workload");
    CHECK(views("serving.dev/v1", kind, pod_template).empty());
  }
  CHECK(views("extensions/v1beta1", "Deployment", pod_template) == "pod {a: b} kind workload");
  CHECK(views("v1", "ReplicationController", pod_template) == "pod {a: b} kind workload");
  CHECK(views("batch/v1", "Job", pod_template) == "pod {a: b} job kind workload");
  CHECK(views("batch/v1beta1", "CronJob", "{jobTemplate: {spec: " + pod_template + "}}") ==
        "pod {a: b} job kind workload");
  CHECK(views("batch/v1", "Job", "{template: oops}") == " job kind workload");
  CHECK(views("batch/v1", "CronJob", "3") == " kind workload");
  CHECK(views("v1", "Service", pod_template).empty());
}

TEST_CASE("a Pod that something owns is no workload", "[extract]") {
  const Manifest manifest(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: x, ownerReferences: [{name: y}]}\n");
  CHECK(manifest.resource(0).is_pod_kind);
  CHECK_FALSE(manifest.resource(0).is_workload);
}

TEST_CASE("the config says where other kinds keep their pod template", "[extract]") {
  PodTemplatePaths paths;
  REQUIRE(paths.add("argoproj.io/Rollout", "spec.template"));
  const Manifest manifest(
      "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: x}\n"
      "spec: {template: {metadata: {}, spec: {}}}\n",
      "x.yaml", paths);
  CHECK(manifest.resource(0).is_pod_kind);
  CHECK_FALSE(manifest.resource(0).is_workload);
  CHECK(manifest.resource(0).pod != nullptr);
  CHECK(paths.add("argoproj.io/v1/Rollout", "spec").error().message.find("'argoproj.io/v1/") ==
        0);
  for (const char* const path : {"", ".", "spec.", ".spec", "a..b"}) {
    CHECK_FALSE(paths.add("a/B", path));
  }
}

TEST_CASE("what lacks apiVersion or kind is no resource", "[extract][not-a-resource]") {
  CHECK(faults_of("kind: ConfigMap\nmetadata: {name: x}\n") ==
        Texts{"1: This document has kind 'ConfigMap' but no apiVersion, so kubectl rejects it; "
              "add 'apiVersion: v1'."});
  CHECK(faults_of("metadata: {name: x}\napiVersion: a.b/v1\n") ==
        Texts{"1: This document has apiVersion 'a.b/v1' but no kind, so kubectl rejects it; "
              "add the kind of object that it describes."});
  CHECK(faults_of("kind: Widget\napiVersion: null\n").size() == 1);
  CHECK(faults_of("kind: Widget\napiVersion: 1\n").size() == 1);
}

TEST_CASE("what only resembles Kubernetes is left alone", "[extract][not-a-resource]") {
  for (const char* const text :
       {"apiVersion: 2022-03-01\nname: x\n", "kind: pipeline\n", "apiVersion: 1\n",
        "kind: [a]\n", "version: v1\n", "apiVersion: '2022-03-01'\nkind: pipeline\n", "- a\n",
        "kind: Not Camel\n", "just text\n"}) {
    INFO(text);
    const Manifest manifest(text);
    CHECK(manifest.found().faults.empty());
    CHECK(manifest.found().contents == std::vector<Content>{Content::kNotKubernetes});
  }
}

TEST_CASE("a resource needs a name or a generateName", "[extract][not-a-resource]") {
  CHECK(faults_of("apiVersion: v1\nkind: Service\nspec: {}\n") ==
        Texts{"2: This 'Service' has no metadata, so no cluster can take it; add 'metadata:' "
              "with a 'name:'."});
  CHECK(faults_of("apiVersion: v1\nkind: Service\nmetadata:\n  labels: {}\n") ==
        Texts{"3: This 'Service' has neither metadata.name nor metadata.generateName, so no "
              "cluster can take it; add a 'name:' to its metadata."});
  CHECK(faults_of("apiVersion: v1\nkind: Service\nmetadata: null\n").size() == 1);
  CHECK(faults_of("apiVersion: v1\nkind: Service\nmetadata: {name: ''}\n").size() == 1);
  CHECK(faults_of("apiVersion: v1\nkind: Service\nmetadata: {name: 7}\n").empty());
  CHECK(faults_of("apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n").empty());
  CHECK(Manifest("apiVersion: v1\nkind: Service\n").found().resources.size() == 1);
}

TEST_CASE("files that no cluster stores need no name", "[extract][not-a-resource]") {
  for (const char* const text :
       {"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n",
        "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\n",
        "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n",
        "apiVersion: audit.k8s.io/v1\nkind: Policy\n", "apiVersion: v1\nkind: Config\n",
        "apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n",
        "apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n", "kind: List\nitems: []\n",
        "apiVersion: v1\nkind: List\nmetadata: {}\n"}) {
    INFO(text);
    CHECK(faults_of(text).empty());
  }
  CHECK(faults_of("apiVersion: config.k8s.io/v1\nkind: X\n").size() == 1);
  for (const char* const name : {"a/Chart.yaml", "kustomization.yml", "Kustomization",
                                 "b/skaffold.yaml", "Chart.lock", "kustomization.yaml"}) {
    CHECK(faults_of("apiVersion: v2\nname: x\n", name).empty());
  }
  CHECK(faults_of("apiVersion: v2\nname: x\n", "MyChart.yaml").size() == 1);
}

TEST_CASE("an item of a List is judged as a document of its own", "[extract][not-a-resource]") {
  CHECK(faults_of("apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n- {}\n- text\n"
                  "- {apiVersion: v1, kind: Pod, metadata: {name: x}}\n")
            .size() == 3);
}

TEST_CASE("Lists that aliases repeat without end are bounded", "[extract]") {
  std::string text = "apiVersion: v1\nkind: List\nitems:\n";
  text += "- &a0 {apiVersion: v1, kind: A, metadata: {name: a}}\n";
  for (int i = 1; i < 30; ++i) {
    text += "- &a" + std::to_string(i) + " {apiVersion: v1, kind: List, items: [";
    for (int j = 0; j < 10; ++j) text += "*a" + std::to_string(i - 1) + ", ";
    text += "]}\n";
  }
  const Manifest manifest(text);
  CHECK(manifest.found().resources.size() < 20'000);
  CHECK(manifest.found().faults.size() <= 1);
}

TEST_CASE("containers are told apart and items that are no mappings skipped", "[pod]") {
  const Manifest manifest(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n"
      "  containers: [{name: a}, text, null]\n"
      "  initContainers: [{name: i}, {name: s, restartPolicy: Always}, {restartPolicy: 1}]\n"
      "  ephemeralContainers: [{name: e}]\n");
  const auto containers = tidewaiter::k8s::containers_of(manifest.resource(0).pod);
  CHECK(containers.main.size() == 1);
  CHECK(containers.init.size() == 2);
  CHECK(containers.sidecars.size() == 1);
  CHECK(containers.ephemeral.size() == 1);
  REQUIRE(containers.all.size() == 4);
  CHECK(manifest.text(containers.all[3]->find("name")) == "s");
  CHECK(tidewaiter::k8s::containers_of(nullptr).all.empty());
}
