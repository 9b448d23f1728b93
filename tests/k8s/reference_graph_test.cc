#include "k8s/reference_graph.h"

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "k8s/manifest.h"
#include "k8s/scope.h"
#include "support/catch.h"

namespace tidewaiter::k8s {
namespace {

using testing::Manifest;
using Lines = std::vector<std::string>;

Scope scope_of(const Manifest& manifest, ScopeFacts facts = {}) {
  std::vector<const Resource*> resources;
  for (const Resource& resource : manifest.found().resources) resources.push_back(&resource);
  return Scope(resources, std::move(facts));
}

/// "name" with what becomes of it: " found", " made", " dangles", " lacks-key".
Lines outcomes(const std::string& text, ScopeFacts facts = {}) {
  const Manifest manifest(text);
  const Scope scope = scope_of(manifest, std::move(facts));
  const ReferenceGraph& graph = scope.references();
  Lines lines;
  for (const Reference& reference : graph.references()) {
    const std::uint32_t number = graph.number_of(reference);
    std::string line(reference.name_text());
    if (reference.key != nullptr) line += "." + std::string(reference.key->as_string());
    if (graph.target_of(number) != ReferenceGraph::kNone) line += " found";
    if (!graph.makers_of(number).empty()) line += " made";
    if (graph.dangles(number)) line += " dangles";
    if (graph.lacks_key(number)) line += " lacks-key";
    lines.push_back(line);
  }
  return lines;
}

std::string pod(const std::string& env_from, const std::string& namespace_ = "ns") {
  return "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: " + namespace_ +
         "}, spec: {containers: [{name: a, " + env_from + "}]}}\n---\n";
}

std::string read(const std::string& kind, const std::string& name, const std::string& key) {
  return "{name: X, valueFrom: {" + kind + "KeyRef: {name: " + name + ", key: " + key + "}}}";
}

const std::string kConfig =
    "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: ns}, data: {a: x}, "
    "binaryData: {b: eA==}}\n---\n";

}  // namespace

TEST_CASE("a reference dangles only when the scope has others of the kind", "[graph]") {
  const std::string refers =
      pod("envFrom: [{configMapRef: {name: c}}, {configMapRef: {name: "
          "typo}}, {secretRef: {name: s}}]");
  CHECK(outcomes(refers + kConfig) == Lines{"c found", "typo dangles", "s"});
  CHECK(outcomes(pod("envFrom: [{configMapRef: {name: typo}}]", "other") + kConfig) ==
        Lines{"typo"});
  CHECK(outcomes(pod("envFrom: [{configMapRef: {name: typo, optional: true}}, {configMapRef: "
                     "{name: kube-root-ca.crt}}, {configMapRef: {name: '${NAME}'}}]") +
                 kConfig) == Lines{"typo", "kube-root-ca.crt", "${NAME}"});
}

TEST_CASE("without a namespace only ConfigMaps of folders around a pod count", "[graph]") {
  const auto dangles = [](const char* pod_file, const char* config_file,
                          bool one_unit = false) {
    const Manifest from(pod("envFrom: [{configMapRef: {name: typo}}]", "''"), pod_file);
    const Manifest config("{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}\n",
                          config_file);
    ScopeFacts facts;
    facts.is_one_unit = one_unit;
    const Scope scope({&from.resource(0), &config.resource(0)}, std::move(facts));
    return scope.references().dangles(0);
  };
  CHECK(dangles("k8s/web/a.yaml", "k8s/web/b.yaml"));
  CHECK(dangles("k8s/web/a.yaml", "k8s/b.yaml"));
  CHECK(dangles("k8s/a.yaml", "k8s/web/settings/b.yaml"));
  CHECK(dangles("a.yaml", "k8s/b.yaml"));
  CHECK(dangles("k8s/a.yaml", "b.yaml"));
  CHECK_FALSE(dangles("k8s/web/a.yaml", "k8s/orders/b.yaml"));
  CHECK_FALSE(dangles("k8s/web/a.yaml", "k8s/web-2/b.yaml"));
  CHECK_FALSE(dangles("k8s/web/a.yaml", "k8s/we/b.yaml"));
  CHECK(dangles("k8s/web/a.yaml", "k8s/orders/b.yaml", true));
}

TEST_CASE("a reference that says default finds what has no namespace", "[graph]") {
  const std::string config =
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: x}}\n---\n";
  const std::string refers = "envFrom: [{configMapRef: {name: c}}]";
  CHECK(outcomes(pod(refers, "default") + config) == Lines{"c found"});
  CHECK(outcomes(pod(refers, "''") + config) == Lines{"c found"});
  CHECK(outcomes(pod(refers, "other") + config) == Lines{"c"});
}

TEST_CASE("a store without namespace is found from all", "[graph]") {
  const auto uses = [](const std::string& kind, const std::string& name) {
    return "{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: e, "
           "namespace: ns}, spec: {secretStoreRef: {kind: " +
           kind + ", name: " + name + "}}}\n---\n";
  };
  const auto store = [](const std::string& kind) {
    return "{apiVersion: external-secrets.io/v1, kind: " + kind + ", metadata: {name: kv}}\n";
  };
  CHECK(outcomes(uses("ClusterSecretStore", "kv") + store("ClusterSecretStore")) ==
        Lines{"kv found"});
  CHECK(outcomes(uses("ClusterSecretStore", "typo") + store("ClusterSecretStore")) ==
        Lines{"typo dangles"});
  CHECK(outcomes(uses("SecretStore", "kv") + store("SecretStore")) == Lines{"kv"});
}

TEST_CASE("a reference without namespace does not dangle where default has the object",
          "[graph]") {
  const std::string accounts =
      "{apiVersion: v1, kind: ServiceAccount, metadata: {name: a}}\n---\n"
      "{apiVersion: v1, kind: ServiceAccount, metadata: {name: b, namespace: default}}\n---\n"
      "{apiVersion: v1, kind: ServiceAccount, metadata: {name: c, namespace: shop}}\n---\n";
  const auto pod = [](const std::string& account) {
    return "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {serviceAccountName: " +
           account + "}}\n---\n";
  };
  CHECK(outcomes(accounts + pod("a") + pod("b") + pod("c")) ==
        Lines{"a found", "b", "c dangles"});
}

TEST_CASE("what is customarily there or made elsewhere never dangles", "[graph]") {
  CHECK(outcomes(R"(apiVersion: v1
kind: ServiceAccount
metadata: {name: sa}
---
apiVersion: v1
kind: Secret
metadata: {name: s}
---
apiVersion: v1
kind: Service
metadata: {name: svc}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: mine}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: x}
spec:
  serviceName: typo
  template: {spec: {serviceAccountName: default, imagePullSecrets: [{name: pull}]}}
---
apiVersion: v1
kind: Pod
metadata: {name: y}
spec: {serviceAccountName: typo, priorityClassName: system-node-critical}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i}
spec: {tls: [{secretName: cert}], defaultBackend: {service: {name: typo}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: b}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: default}, {kind: ServiceAccount, name: typo}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: c}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: typo}
)") == Lines{"typo dangles", "default", "pull", "typo dangles", "system-node-critical", "cert",
             "typo dangles", "view", "default", "typo dangles", "typo dangles"});
}

TEST_CASE("what the cluster makes for itself and what waits for another tool never dangles",
          "[graph]") {
  CHECK(outcomes(R"(apiVersion: v1
kind: ServiceAccount
metadata: {name: mine, namespace: kube-system}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: mine, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: mine}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: c}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: self-provisioner}
subjects:
  - {kind: ServiceAccount, name: horizontal-pod-autoscaler, namespace: kube-system}
  - {kind: ServiceAccount, name: horizontal-pod-autoscaler, namespace: shop}
  - {kind: ServiceAccount, name: "$ACCOUNT", namespace: shop}
  - {kind: ServiceAccount, name: KSA_NAME, namespace: shop}
)") == Lines{"self-provisioner", "horizontal-pod-autoscaler",
             "horizontal-pod-autoscaler dangles", "$ACCOUNT", "KSA_NAME"});
}

TEST_CASE("an autoscaler's target dangles when the scope has anything that scales", "[graph]") {
  const auto hpa = [](const std::string& target) {
    return "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: h}, "
           "spec: {scaleTargetRef: {" +
           target + "}}}\n---\n";
  };
  const std::string web = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}\n";
  CHECK(outcomes(hpa("apiVersion: apps/v1, kind: StatefulSet, name: x") + web) ==
        Lines{"x dangles"});
  CHECK(outcomes(hpa("apiVersion: apps/v1, kind: Deployment, name: web") + web) ==
        Lines{"web found"});
  CHECK(outcomes(hpa("apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: x") + web) ==
        Lines{"x"});
  CHECK(outcomes(hpa("apiVersion: apps/v1, kind: StatefulSet, name: x")) == Lines{"x"});
}

TEST_CASE("keys are those of the object and of all that makes it", "[graph]") {
  const auto env = [](const std::string& kind, const std::string& key) {
    return pod("env: [" + read(kind, "c", key) + "]");
  };
  CHECK(outcomes(env("configMap", "a") + kConfig) == Lines{"c.a found"});
  CHECK(outcomes(env("configMap", "b") + kConfig) == Lines{"c.b found"});
  CHECK(outcomes(env("configMap", "x") + kConfig) == Lines{"c.x found lacks-key"});
  CHECK(outcomes(env("configMap", "x")) == Lines{"c.x"});
  const std::string copy =
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: ns}, data: {x: "
      "y}}\n---\n";
  CHECK(outcomes(env("configMap", "x") + kConfig + copy) == Lines{"c.x found"});

  const std::string vault =
      "{apiVersion: secrets-store.csi.x-k8s.io/v1, kind: SecretProviderClass, metadata: {name: "
      "kv, namespace: ns}, spec: {secretObjects: [{secretName: c, type: Opaque, data: "
      "[{objectName: o, key: a}]}]}}\n---\n";
  CHECK(outcomes(env("secret", "a") + vault) == Lines{"c.a made"});
  CHECK(outcomes(env("secret", "x") + vault) == Lines{"c.x made lacks-key"});
  const std::string merged =
      "{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: c, "
      "namespace: ns}, spec: {target: {creationPolicy: Merge}, data: [{secretKey: q}]}}\n";
  CHECK(outcomes(env("secret", "x") + vault + merged) == Lines{"c.x made"});
}

TEST_CASE("products are found under their names, with the keys that are known", "[graph]") {
  const Manifest manifest(R"(apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: plain}
spec: {data: [{secretKey: b}, {secretKey: a}]}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: es}
spec: {target: {name: templated, template: {data: {z: x}}}, data: [{secretKey: b}]}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: all}
spec: {dataFrom: [{extract: {key: x}}]}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: nothing}
spec: {target: {creationPolicy: None}}
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: sealed}
spec: {encryptedData: {p: AgB}, template: {data: {q: x}}}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: cert}
spec: {secretName: tls}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec: {volumeClaimTemplates: [{metadata: {name: data}}]}
)");
  const Scope scope = scope_of(manifest);
  const ReferenceGraph& graph = scope.references();
  const auto keys = [&](std::string_view kind, std::string_view name) {
    std::string text;
    for (const std::uint32_t i : graph.products_named(kind, "", name)) {
      const Product& product = graph.products()[i];
      text += product.keys_known ? "known" : "unknown";
      for (const ProductKey& key : product.keys) text += ' ' + std::string(key.text);
    }
    return text;
  };
  CHECK(keys("Secret", "plain") == "known a b");
  CHECK(keys("Secret", "templated") == "known z");
  CHECK(keys("Secret", "es").empty());
  CHECK(keys("Secret", "all") == "unknown");
  CHECK(keys("Secret", "nothing").empty());
  CHECK(keys("Secret", "sealed") == "known p q");
  CHECK(keys("Secret", "tls") == "unknown");
  CHECK(keys("PersistentVolumeClaim", "data-db-12") == "unknown");
  CHECK(keys("PersistentVolumeClaim", "data-db-").empty());
  CHECK(keys("PersistentVolumeClaim", "data-db").empty());
  CHECK(graph.products_named("Secret", "default", "plain").size() == 1);
  CHECK(graph.products_named("Secret", "other", "plain").empty());
  CHECK(graph.products_of(1).size() == 1);
  CHECK(graph.products_of(3).empty());
}

TEST_CASE("generators and other names of a kustomization count", "[graph]") {
  const std::string refers =
      pod("envFrom: [{configMapRef: {name: made}}, {configMapRef: {name: c}}]");
  ScopeFacts facts;
  facts.generated.add({.kind = "ConfigMap", .namespace_ = "ns", .name = "made", .keys = {}});
  CHECK(outcomes(refers, std::move(facts)) == Lines{"made made", "c"});

  const Manifest manifest(refers + kConfig);
  Resource renamed = manifest.resource(1);
  renamed.name = "prod-c";
  ScopeFacts names;
  names.other_names.push_back({.resource = &renamed, .namespace_ = "ns", .name = "c"});
  const Scope scope({&manifest.resource(0), &renamed}, std::move(names));
  const KindPattern config{.group = "", .kind = "ConfigMap"};
  CHECK(scope.find(config, "ns", "c") == &renamed);
  CHECK(scope.find(config, "ns", "prod-c") == &renamed);
  CHECK(scope.references().target_of(1) == 1);
}

TEST_CASE("references are known from what they find", "[graph]") {
  const Manifest manifest(
      kConfig +
      pod("envFrom: [{configMapRef: {name: c}}], env: [" + read("configMap", "c", "a") + "]") +
      "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: ns}, spec: "
      "{template: {spec: {containers: [{name: a, envFrom: [{configMapRef: {name: c}}]}]}}}}\n");
  const Scope scope = scope_of(manifest);
  const ReferenceGraph& graph = scope.references();
  const auto from = [&](std::span<const std::uint32_t> references) {
    std::vector<std::uint32_t> numbers;
    for (const std::uint32_t r : references) numbers.push_back(graph.references()[r].from);
    return numbers;
  };
  using Numbers = std::vector<std::uint32_t>;
  CHECK(from(graph.incoming(0)) == Numbers{2, 1, 1});
  CHECK(from(graph.incoming(0, {.group = "", .kind = "Pod"})) == Numbers{1, 1});
  CHECK(from(graph.incoming(0, {.group = "apps", .kind = "Deployment"})) == Numbers{2});
  CHECK(from(graph.incoming(0, {.group = "", .kind = "Deployment"})).empty());
  CHECK(from(graph.incoming(1)).empty());
}

TEST_CASE("of copies in several folders the nearest is meant", "[graph]") {
  const std::string web =
      "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 2}}\n";
  const std::string hpa =
      "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web}, "
      "spec: "
      "{scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}}\n";
  const Manifest files[] = {
      Manifest(hpa, "k8s/all.yaml"),
      Manifest(hpa, "k8s/dev/a.yaml"),
      Manifest(web, "k8s/dev/b.yaml"),
      Manifest(web, "k8s/prod/eu/a.yaml"),
      Manifest(hpa, "k8s/prod/eu/b.yaml"),
      Manifest(hpa, "k8s/prod/hpa.yaml"),
      Manifest(web + "---\n" + web + "---\n" + hpa, "k8s/stage.yaml"),
  };
  std::vector<const Resource*> resources;
  for (const Manifest& file : files) {
    for (const Resource& resource : file.found().resources) resources.push_back(&resource);
  }
  const Scope scope(resources);
  const ReferenceGraph& graph = scope.references();
  std::vector<std::string> found;
  for (const Reference& reference : graph.references()) {
    const Resource& target = graph.resource(graph.target_of(graph.number_of(reference)));
    found.push_back(target.source->name()->shown);
  }
  CHECK(found == std::vector<std::string>{"k8s/dev/b.yaml", "k8s/dev/b.yaml",
                                          "k8s/prod/eu/a.yaml", "k8s/prod/eu/a.yaml",
                                          "k8s/stage.yaml"});
  CHECK(graph.target_of(4) == 6);
  CHECK(graph.autoscaler_of(3) == resources[4]);
  CHECK(graph.autoscaler_of(6) == resources[8]);
  CHECK(graph.autoscaler_of(7) == nullptr);
}

TEST_CASE("a copy in another folder has no keys for a pod", "[graph]") {
  const Manifest from(pod("env: [" + read("configMap", "c", "x") + "]"), "k8s/prod/a.yaml");
  const Manifest near(kConfig, "k8s/prod/b.yaml");
  const Manifest far(
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: ns}, data: {x: y}}\n",
      "k8s/dev/b.yaml");
  const Scope scope({&far.resource(0), &from.resource(0), &near.resource(0)});
  CHECK(scope.references().lacks_key(0));
}

TEST_CASE("who mounts a resource first is known", "[graph]") {
  const auto claims = [](const std::string& name, const std::string& mounts) {
    return "{apiVersion: v1, kind: Pod, metadata: {name: " + name +
           ", namespace: ns}, spec: {initContainers: [{name: a, volumeMounts: [" + mounts +
           "]}], volumes: [{name: v, configMap: {name: c}}]}}\n---\n";
  };
  const Manifest manifest(claims("declares", "") + claims("mounts", "{name: v}") +
                          claims("too", "{name: v}") + kConfig);
  const Scope scope = scope_of(manifest);
  const Resource* const mounter = scope.references().mounter_of(3);
  REQUIRE(mounter != nullptr);
  CHECK(mounter->name == "mounts");
  CHECK(scope.references().mounter_of(0) == nullptr);
}

TEST_CASE("many copies of one name take no time", "[graph]") {
  std::string text;
  for (int i = 0; i < 3000; ++i) {
    const std::string n = std::to_string(i);
    text += pod("env: [" + read("secret", "s", "k" + n) + "]");
    text +=
        "{apiVersion: secrets-store.csi.x-k8s.io/v1, kind: SecretProviderClass, metadata: "
        "{name: kv" +
        n +
        ", namespace: ns}, spec: {secretObjects: [{secretName: s, data: [{key: x}]}]}}\n---\n";
  }
  const Manifest manifest(text);
  const Scope scope = scope_of(manifest);
  const ReferenceGraph& graph = scope.references();
  CHECK(graph.makers_of(0).size() == 3000);
  CHECK_FALSE(graph.lacks_key(0));  // of so many makers nothing is known
  CHECK(graph.users_of(0).size() == 3000);
  CHECK(graph.users_of(2999).size() == 3000);
}

TEST_CASE("threads that ask first at once get one graph", "[graph]") {
  const Manifest manifest(kConfig + pod("envFrom: [{configMapRef: {name: c}}]"));
  const Scope scope = scope_of(manifest);
  std::vector<const ReferenceGraph*> found(4);
  std::vector<std::thread> threads;
  for (const ReferenceGraph*& each : found) {
    threads.emplace_back([&scope, &each] { each = &scope.references(); });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(std::ranges::count(found, &scope.references()) == 4);
}

}  // namespace tidewaiter::k8s
