#include "k8s/pairs.h"

#include <memory>
#include <string>
#include <vector>

#include "k8s/manifest.h"
#include "k8s/scope.h"
#include "support/catch.h"

namespace tidewaiter::k8s {
namespace {

using testing::Manifest;
using Lines = std::vector<std::string>;

struct File {
  std::string name;
  std::string text;
};

/// "later<first" by number, "?" behind when they lie in different folders.
Lines pairs(PairRelation relation, const std::vector<File>& files, bool is_one_unit = false) {
  std::vector<std::unique_ptr<Manifest>> manifests;
  std::vector<const Resource*> resources;
  for (const File& file : files) {
    manifests.push_back(std::make_unique<Manifest>(file.text, file.name));
    for (const Resource& resource : manifests.back()->found().resources) {
      resources.push_back(&resource);
    }
  }
  ScopeFacts facts;
  facts.is_one_unit = is_one_unit;
  const Scope scope(resources, std::move(facts));
  Lines lines;
  for (std::uint32_t i = 0; i < resources.size(); ++i) {
    for (const Pair& pair : scope.pairs().of(relation, i)) {
      CHECK(pair.later == i);
      CHECK(pair.at != nullptr);
      CHECK(pair.first_at != nullptr);
      std::string line = std::to_string(pair.later) + '<' + std::to_string(pair.first);
      if (pair.via != Pair::kNone) line += " via " + std::to_string(pair.via);
      if (!pair.is_one_unit) line += '?';
      lines.push_back(line);
    }
  }
  return lines;
}

Lines pairs(PairRelation relation, const std::string& text) {
  return pairs(relation, {{"x.yaml", text}});
}

std::string hpa(const std::string& name, const std::string& target,
                const std::string& metadata = "") {
  return "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: " +
         name + metadata +
         "}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: " + target +
         "}}}\n---\n";
}

std::string keda(const std::string& name, const std::string& more = "") {
  return "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: " + name + more +
         "scaleTargetRef: {name: web}}}\n---\n";
}

std::string service(const std::string& name, const std::string& spec) {
  return "{apiVersion: v1, kind: Service, metadata: {name: " + name + "}, spec: {" + spec +
         "}}\n---\n";
}

}  // namespace

TEST_CASE("copies form pairs with the first, in one folder or with one namespace", "[pairs]") {
  const std::string unset = "{apiVersion: v1, kind: Secret, metadata: {name: a}}\n";
  const std::string stated =
      "{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: ns}}\n";
  const std::string cluster = "{apiVersion: v1, kind: Namespace, metadata: {name: a}}\n";
  constexpr auto kDuplicate = PairRelation::kDuplicate;
  CHECK(pairs(kDuplicate, unset + "---\n" + unset + "---\n" + unset) == Lines{"1<0", "2<0"});
  CHECK(pairs(kDuplicate, {{"a/x.yaml", unset}, {"a/y.yaml", unset}}) == Lines{"1<0"});
  CHECK(pairs(kDuplicate, {{"a/x.yaml", unset}, {"b/x.yaml", unset}}).empty());
  CHECK(pairs(kDuplicate, {{"a/x.yaml", unset}, {"b/x.yaml", unset}}, true) == Lines{"1<0"});
  CHECK(pairs(kDuplicate, {{"a/x.yaml", stated}, {"b/x.yaml", stated}}) == Lines{"1<0?"});
  CHECK(pairs(kDuplicate, {{"a/x.yaml", cluster}, {"b/x.yaml", cluster}}) == Lines{"1<0?"});
  CHECK(pairs(kDuplicate, {{"a/x.yaml", stated}, {"b/x.yaml", stated}, {"b/y.yaml", stated}}) ==
        Lines{"1<0?", "2<1"});
}

TEST_CASE("what lies in one folder or one kustomization is together", "[pairs]") {
  const Manifest first("{apiVersion: v1, kind: Pod}", "a/x.yaml");
  const Manifest beside("{apiVersion: v1, kind: Pod}", "a/y.yaml");
  const Manifest far("{apiVersion: v1, kind: Pod}", "a/b/x.yaml");
  const auto together = [&](const Manifest& other, bool is_one_unit) {
    ScopeFacts facts;
    facts.is_one_unit = is_one_unit;
    const Scope scope({&first.resource(0), &other.resource(0)}, std::move(facts));
    return are_together(scope, first.resource(0), other.resource(0));
  };
  CHECK(together(beside, false));
  CHECK_FALSE(together(far, false));
  CHECK(together(far, true));
}

TEST_CASE("two autoscalers on one target are a pair, unless KEDA knows of it", "[pairs]") {
  constexpr auto kAutoscaler = PairRelation::kAutoscaler;
  CHECK(pairs(kAutoscaler, hpa("a", "web") + hpa("b", "web") + hpa("c", "web")) ==
        Lines{"1<0", "2<0"});
  CHECK(pairs(kAutoscaler, hpa("a", "web") + hpa("b", "other")).empty());
  CHECK(pairs(kAutoscaler, hpa("a", "web") + hpa("a", "web")).empty());  // one object twice
  CHECK(pairs(kAutoscaler, hpa("a", "web", ", namespace: ns") + hpa("b", "web")).empty());
  CHECK(pairs(kAutoscaler, hpa("a", "web") + keda("b", "}, spec: {")) == Lines{"1<0"});
  CHECK(pairs(kAutoscaler, keda("a", "}, spec: {") + keda("b", "}, spec: {")).empty());
  const std::string takes =
      ", annotations: {scaledobject.keda.sh/transfer-hpa-ownership: 'true'}}, spec: {advanced: "
      "{horizontalPodAutoscalerConfig: {name: a}}, ";
  CHECK(pairs(kAutoscaler, hpa("a", "web") + keda("b", takes)).empty());
  CHECK(pairs(kAutoscaler, hpa("z", "web") + keda("b", takes)) == Lines{"1<0"});
  const std::string known = ", annotations: {validations.keda.sh/hpa-ownership: 'false'}";
  CHECK(pairs(kAutoscaler, hpa("a", "web", known) + keda("b", "}, spec: {")).empty());
  CHECK(pairs(kAutoscaler, {{"a/x.yaml", hpa("a", "web")}, {"b/x.yaml", hpa("b", "web")}})
            .empty());
}

TEST_CASE("two budgets that select one template are a pair", "[pairs]") {
  const std::string pod =
      "{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {a: b, c: d}}}\n---\n";
  const auto budget = [](const std::string& name, const std::string& selector) {
    return "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: " + name +
           "}, spec: {selector: {" + selector + "}}}\n---\n";
  };
  constexpr auto kBudget = PairRelation::kBudget;
  const std::string by_a = budget("x", "matchLabels: {a: b}");
  const std::string unclear = "matchExpressions: [{key: c, operator: In, values: ['${C}', x]}]";
  const std::string by_c = budget("y", "matchLabels: {c: d}");
  CHECK(pairs(kBudget, pod + by_a + by_c) == Lines{"2<1 via 0"});
  CHECK(pairs(kBudget, pod + by_a + budget("z", "matchLabels: {a: b}")) == Lines{"2<1 via 0"});
  CHECK(pairs(kBudget, pod + by_a + by_c + budget("all", "")) ==
        Lines{"2<1 via 0", "3<1 via 0"});
  CHECK(pairs(kBudget, by_a + by_c).empty());
  CHECK(pairs(kBudget, pod + by_a + budget("y", "matchLabels: {c: x}")).empty());
  CHECK(pairs(kBudget, pod + by_a + budget("y", unclear)).empty());
  CHECK(pairs(kBudget, {{"a/x.yaml", pod + by_a}, {"b/x.yaml", by_c}}).empty());
  CHECK(pairs(kBudget, {{"a/x.yaml", pod + by_a}, {"b/x.yaml", by_c}}, true) ==
        Lines{"2<1 via 0"});
}

TEST_CASE("budgets of single pods by a controller's label are no pair", "[pairs]") {
  constexpr auto kBudget = PairRelation::kBudget;
  const std::string pod =
      "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: p}, spec: {template: "
      "{metadata: {labels: {a: b}}}}}\n---\n";
  const auto budget = [](const std::string& name, const std::string& pod_name) {
    return "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: " + name +
           "}, spec: {selector: {matchLabels: {a: b" + pod_name + "}}}}\n---\n";
  };
  const std::string first = budget("x", ", statefulset.kubernetes.io/pod-name: p-0");
  const std::string second = budget("y", ", statefulset.kubernetes.io/pod-name: p-1");
  CHECK(pairs(kBudget, pod + first + second).empty());
  CHECK(pairs(kBudget, pod + first + budget("z", "")) == Lines{"2<1 via 0"});
}

TEST_CASE("workloads whose selectors match each other's pods are a pair", "[pairs]") {
  const auto deployment = [](const std::string& name, const std::string& labels,
                             const std::string& pod_labels) {
    return "{apiVersion: apps/v1, kind: Deployment, metadata: {name: " + name +
           "}, spec: {selector: {matchLabels: {" + labels +
           "}}, template: {metadata: {labels: {" + pod_labels + "}}}}}\n---\n";
  };
  constexpr auto kWorkload = PairRelation::kWorkload;
  const std::string first = deployment("a", "app: x", "app: x, v: one");
  CHECK(pairs(kWorkload, first + deployment("b", "app: x", "app: x, v: two")) == Lines{"1<0"});
  CHECK(pairs(kWorkload, first + deployment("b", "app: x, v: two", "app: x, v: two")).empty());
  CHECK(pairs(kWorkload, first + first).empty());  // one identity twice
  const std::string unclear =
      "{apiVersion: apps/v1, kind: Deployment, metadata: {name: c}, spec: {selector: "
      "{matchExpressions: [{key: v, operator: In, values: ['${V}', two]}]}, template: "
      "{metadata: {labels: {app: x, v: '${V}'}}}}}\n---\n";
  CHECK(pairs(kWorkload, first + unclear).empty());
  CHECK(pairs(kWorkload, first + deployment("b", "app: x, pod-template-hash: h", "app: x"))
            .empty());
}

TEST_CASE("Services with equal selectors and a port in common are a pair", "[pairs]") {
  constexpr auto kService = PairRelation::kService;
  const std::string first = service("a", "selector: {x: v, z: w}, ports: [{port: 80}]");
  const std::string again = "selector: {z: w, x: v}, ports: [{port: 443}, {port: 80}]";
  CHECK(pairs(kService, first + service("b", again)) == Lines{"1<0"});
  CHECK(pairs(kService, first + service("b", again + ", clusterIP: None")).empty());
  CHECK(pairs(kService, first + service("b", "selector: {x: v}, ports: [{port: 80}]")).empty());
  CHECK(pairs(kService, first + service("b", "selector: {z: w, x: v}, ports: [{port: 8}]"))
            .empty());
  CHECK(pairs(kService, first + service("b", again + ", type: ExternalName")).empty());
}

TEST_CASE("a path that is routed twice is a pair", "[pairs]") {
  const auto ingress = [](const std::string& name, const std::string& spec,
                          const std::string& metadata = "") {
    return "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: " + name +
           metadata + "}, spec: {" + spec + "}}\n---\n";
  };
  const std::string rule =
      "rules: [{host: h, http: {paths: [{path: /, pathType: Prefix, backend: {}}]}}]";
  constexpr auto kPath = PairRelation::kIngressPath;
  CHECK(pairs(kPath, ingress("a", rule) + ingress("b", rule)) == Lines{"1<0"});
  CHECK(
      pairs(kPath, ingress("a", "ingressClassName: x, " + rule) + ingress("b", rule)).empty());
  CHECK(
      pairs(kPath, ingress("a", "ingressClassName: x, " + rule) +
                       ingress("b", rule, ", annotations: {kubernetes.io/ingress.class: x}")) ==
      Lines{"1<0"});
  CHECK(pairs(kPath, ingress("a", rule) +
                         ingress("b", rule,
                                 ", annotations: {nginx.ingress.kubernetes.io/canary: 'true'}"))
            .empty());
  CHECK(pairs(kPath, ingress("a",
                             "rules: [{http: {paths: [{path: /a}, {path: /b}, {path: /a}, "
                             "{path: /a}]}}, {http: {paths: [{path: /b}]}}]")) ==
        Lines{"0<0", "0<0", "0<0"});
}

TEST_CASE("a crowd of autoscalers, budgets and Services takes no time", "[pairs]") {
  std::string text = "{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {a: b}}}\n---\n";
  for (int i = 0; i < 3000; ++i) {
    const std::string n = std::to_string(i);
    text += hpa("h" + n, "web");
    text += service("s" + n, "selector: {a: b}, ports: [{port: 80}]");
    text += "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b" + n +
            "}, spec: {selector: {matchExpressions: [{key: k" + n +
            ", operator: DoesNotExist}]}}}\n---\n";
  }
  CHECK(pairs(PairRelation::kAutoscaler, text).size() == 2999);
  CHECK(pairs(PairRelation::kService, text).size() == 2999);
  CHECK(pairs(PairRelation::kBudget, text).size() == 2999);
}

}  // namespace tidewaiter::k8s
