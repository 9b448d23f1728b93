#include "policy/cluster.h"

#include <string>
#include <vector>

#include "policy/admission_request.h"
#include "policy/api_resource.h"
#include "policy/cluster_of.h"
#include "support/catch.h"

using tidewaiter::k8s::KindScope;
using tidewaiter::k8s::Resource;
using tidewaiter::policy::admission_request;
using tidewaiter::policy::AdmissionRequest;
using tidewaiter::policy::ApiResource;
using tidewaiter::policy::plural_of_kind;
using tidewaiter::policy::well_known_scope;
using tidewaiter::testing::ClusterOf;

namespace {

std::vector<const Resource*> listed(std::span<const Resource* const> resources) {
  return {resources.begin(), resources.end()};
}

}  // namespace

TEST_CASE("the plural of a kind is the one its API serves", "[policy]") {
  const auto [group, kind, plural] =
      GENERATE(table<std::string_view, std::string_view, std::string_view>({
          {"", "Pod", "pods"},
          {"", "Endpoints", "endpoints"},
          {"", "PodTemplate", "podtemplates"},
          {"apps", "DaemonSet", "daemonsets"},
          {"discovery.k8s.io", "EndpointSlice", "endpointslices"},
          {"networking.k8s.io", "Ingress", "ingresses"},
          {"networking.k8s.io", "IngressClass", "ingressclasses"},
          {"networking.k8s.io", "NetworkPolicy", "networkpolicies"},
          {"networking.k8s.io", "IPAddress", "ipaddresses"},
          {"storage.k8s.io", "CSIStorageCapacity", "csistoragecapacities"},
          {"storage.k8s.io", "StorageClass", "storageclasses"},
          {"gateway.networking.k8s.io", "Gateway", "gateways"},
          {"consul.hashicorp.com", "Mesh", "meshes"},
          {"chaos-mesh.org", "PodChaos", "podchaos"},
          {"monitoring.coreos.com", "Prometheus", "prometheuses"},
          {"example.com", "Box", "boxes"},
          {"example.com", "Y", "ys"},
          {"constraints.gatekeeper.sh", "K8sRequiredLabels", "k8srequiredlabels"},
          {"k8s.cni.cncf.io", "NetworkAttachmentDefinition", "network-attachment-definitions"},
          {"security.openshift.io", "SecurityContextConstraints", "securitycontextconstraints"},
      }));
  CHECK(plural_of_kind(group, kind).plural == plural);
}

TEST_CASE("a guessed plural has a second form where tools would guess another", "[policy]") {
  const auto second = [](std::string_view group, std::string_view kind) {
    return plural_of_kind(group, kind).mechanical;
  };
  CHECK(second("consul.hashicorp.com", "Mesh") == "meshs");
  CHECK(second("gateway.networking.k8s.io", "Gateway") == "gatewaies");
  CHECK(second("example.com", "Thing").empty());
  CHECK(second("example.com", "Policy").empty());
  CHECK(second("networking.k8s.io", "IPAddress").empty());
  CHECK(second("security.openshift.io", "SecurityContextConstraints").empty());
}

TEST_CASE("the scope of kinds of Kubernetes and of known projects is no guess", "[policy]") {
  CHECK(well_known_scope("", "Node") == KindScope::kCluster);
  CHECK(well_known_scope("apps", "Deployment") == KindScope::kNamespaced);
  CHECK(well_known_scope("cert-manager.io", "ClusterIssuer") == KindScope::kCluster);
  CHECK(well_known_scope("constraints.gatekeeper.sh", "Any") == KindScope::kCluster);
  CHECK(well_known_scope("cert-manager.io", "Certificate") == KindScope::kUnknown);
}

TEST_CASE("a definition among the manifests says plural, scope and versions", "[policy]") {
  const ClusterOf known(R"(
{apiVersion: shop.example.com/v1, kind: Cat, metadata: {name: a, namespace: n}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: kitties.shop.example.com}
spec:
  group: shop.example.com
  scope: Cluster
  names: {kind: Cat, plural: kitties}
  versions: [{name: v1, served: true}, {name: v0, served: false}, {name: v1beta1, served: true}]
---
apiVersion: apiextensions.k8s.io/v1beta1
kind: CustomResourceDefinition
metadata: {name: dogs.shop.example.com}
spec: {group: shop.example.com, version: v7, names: {kind: Dog, plural: doggies}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: broken}
spec: {group: shop.example.com, names: [Bird]}
---
{apiVersion: shop.example.com/v1, kind: Bird, metadata: {name: a}}
)");
  const ApiResource cat = known.cluster().resource_of("shop.example.com", "Cat");
  CHECK(cat.plural == "kitties");
  CHECK_FALSE(cat.namespaced);
  CHECK(cat.known);
  CHECK(std::vector(cat.served_versions.begin(), cat.served_versions.end()) ==
        std::vector<std::string_view>{"v1", "v1beta1"});

  const ApiResource dog = known.cluster().resource_of("shop.example.com", "Dog");
  CHECK(dog.plural == "doggies");
  CHECK(dog.namespaced);
  REQUIRE(dog.served_versions.size() == 1);
  CHECK(dog.served_versions[0] == "v7");

  const ApiResource bird = known.cluster().resource_of("shop.example.com", "Bird");
  CHECK(bird.plural == "birds");
  CHECK(bird.namespaced);
  CHECK_FALSE(bird.known);

  const ApiResource node = known.cluster().resource_of("", "Node");
  CHECK_FALSE(node.namespaced);
  CHECK(node.known);

  const AdmissionRequest request = admission_request(known.resource(0), known.cluster());
  CHECK(request.resource == "kitties");
  CHECK(request.namespace_.empty());
  CHECK(request.served_versions.size() == 2);
}

TEST_CASE("namespaces and params are found by what they are", "[policy]") {
  const ClusterOf known(R"(
{apiVersion: v1, kind: Namespace, metadata: {name: team}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: team}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: team}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: team}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: team, namespace: odd}}
---
{apiVersion: v2, kind: ConfigMap, metadata: {name: d, namespace: default}}
---
{apiVersion: example.com/v1, kind: ConfigMap, metadata: {name: a, namespace: team}}
)");
  const auto& cluster = known.cluster();
  CHECK(cluster.namespace_named("team") == &known.resource(0));
  CHECK(cluster.namespace_named("b") == nullptr);
  CHECK(cluster.namespace_named("") == nullptr);
  CHECK(listed(cluster.params("", "ConfigMap", "team")) ==
        std::vector{&known.resource(1), &known.resource(2)});
  CHECK(listed(cluster.params("", "ConfigMap", "default")) ==
        std::vector{&known.resource(3), &known.resource(6)});
  CHECK(cluster.params("", "ConfigMap", "").empty());
  CHECK(cluster.param_named("", "ConfigMap", "team", "b") == &known.resource(1));
  CHECK(cluster.param_named("example.com", "ConfigMap", "team", "a") == &known.resource(7));
  CHECK(cluster.param_named("", "ConfigMap", "team", "c") == nullptr);
  CHECK(cluster.states_namespace("", "ConfigMap"));
  CHECK_FALSE(cluster.states_namespace("", "Secret"));
}

TEST_CASE("a request is the creation of the object where it would be", "[policy]") {
  const ClusterOf known(R"(
{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}
---
{apiVersion: v1, kind: Pod, metadata: {generateName: web-, namespace: team}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: team}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: r, namespace: x}}
)");
  const auto request = [&](std::size_t i) {
    return admission_request(known.resource(i), known.cluster());
  };
  const AdmissionRequest deployment = request(0);
  CHECK(deployment.object == known.resource(0).object);
  CHECK(deployment.old_object == nullptr);
  CHECK(deployment.operation == "CREATE");
  CHECK(deployment.group == "apps");
  CHECK(deployment.version == "v1");
  CHECK(deployment.kind == "Deployment");
  CHECK(deployment.resource == "deployments");
  CHECK(deployment.sub_resource.empty());
  CHECK(deployment.name == "web");
  CHECK(deployment.namespace_ == "default");
  CHECK(deployment.namespaced);

  CHECK(request(1).name.empty());
  CHECK(request(1).namespace_ == "team");

  CHECK(request(2).namespace_ == "team");
  CHECK_FALSE(request(2).namespaced);

  CHECK(request(3).namespace_.empty());
  CHECK_FALSE(request(3).namespaced);
}

TEST_CASE("a cluster of many manifests finds each", "[policy]") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) {
    text += "{apiVersion: v1, kind: ConfigMap, metadata: {name: a" + std::to_string(i) +
            ", namespace: n" + std::to_string(i % 7) + "}}\n---\n";
  }
  const ClusterOf known(std::move(text));
  for (int i = 0; i < 20'000; ++i) {
    const Resource& resource = known.resource(static_cast<std::size_t>(i));
    CHECK(known.cluster().param_named("", "ConfigMap", resource.namespace_, resource.name) ==
          &resource);
  }
}
