#include "policy/params.h"

#include <string>
#include <vector>

#include "policy/cluster_of.h"
#include "support/catch.h"

using tidewaiter::k8s::Resource;
using tidewaiter::policy::admission_request;
using tidewaiter::policy::Binding;
using tidewaiter::policy::Policy;
using tidewaiter::policy::read_binding;
using tidewaiter::policy::read_policy;
using tidewaiter::policy::resolve_params;
using tidewaiter::policy::ResolvedParams;
using tidewaiter::testing::ClusterOf;

namespace {

using Params = std::vector<const Resource*>;

/// A policy, a binding, and the object of the request, followed by what else the cluster has.
class Resolving {
 public:
  Resolving(const std::string& param_kind, const std::string& param_ref,
            const std::string& object, const std::string& others = "")
      : known_(
            "apiVersion: admissionregistration.k8s.io/v1\n"
            "kind: ValidatingAdmissionPolicy\nmetadata: {name: p}\nspec: {" +
            param_kind +
            "}\n---\napiVersion: admissionregistration.k8s.io/v1\n"
            "kind: ValidatingAdmissionPolicyBinding\nmetadata: {name: b}\nspec: {" +
            param_ref + "}\n---\n" + object + "\n---\n" + others) {}

  ResolvedParams resolve() const {
    const Policy policy = read_policy(known_.resource(0));
    const Binding binding = read_binding(known_.resource(1));
    return resolve_params(policy, &binding,
                          admission_request(known_.resource(2), known_.cluster()),
                          known_.cluster());
  }
  /// Of `others`.
  const Resource* other(std::size_t i) const { return &known_.resource(3 + i); }
  const ClusterOf& known() const { return known_; }

 private:
  ClusterOf known_;
};

const std::string kPod = "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: team}}";
const std::string kNode = "{apiVersion: v1, kind: Node, metadata: {name: node}}";
const std::string kMaps = "paramKind: {apiVersion: v1, kind: ConfigMap}";
const std::string kLimits = "paramKind: {apiVersion: example.com/v1, kind: Limit}";
const std::string kSomeMaps =
    "{apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: team, labels: {x: z}}}\n"
    "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: team}}\n---\n"
    "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: other}}\n---\n"
    "{apiVersion: v1, kind: ConfigMap, metadata: {name: d}}\n---\n"
    "{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: team}}\n";

}  // namespace

TEST_CASE("params are null without paramKind, paramRef or binding", "[policy]") {
  CHECK(Resolving("a: b", "paramRef: {name: a}", kPod, kSomeMaps).resolve().params ==
        Params{nullptr});
  const Resolving unreferenced(kMaps, "a: b", kPod, kSomeMaps);
  CHECK(unreferenced.resolve().params == Params{nullptr});
  CHECK(unreferenced.resolve().error.empty());
  const Policy policy = read_policy(unreferenced.known().resource(0));
  const auto request =
      admission_request(unreferenced.known().resource(2), unreferenced.known().cluster());
  CHECK(resolve_params(policy, nullptr, request, unreferenced.known().cluster()).params ==
        Params{nullptr});
}

TEST_CASE("a param is found by name in the namespace of the object or of the reference",
          "[policy]") {
  const Resolving own(kMaps, "paramRef: {name: a}", kPod, kSomeMaps);
  CHECK(own.resolve().params == Params{own.other(1)});
  const Resolving stated(kMaps, "paramRef: {name: a, namespace: other}", kPod, kSomeMaps);
  CHECK(stated.resolve().params == Params{stated.other(2)});
  const Resolving unset(kMaps, "paramRef: {name: d, namespace: default}", kNode, kSomeMaps);
  CHECK(unset.resolve().params == Params{unset.other(3)});
  const Resolving of_namespace(kMaps, "paramRef: {name: a}",
                               "{apiVersion: v1, kind: Namespace, metadata: {name: team}}",
                               kSomeMaps);
  CHECK(of_namespace.resolve().params == Params{of_namespace.other(1)});
}

TEST_CASE("every selected param counts, in order", "[policy]") {
  const Resolving all(kMaps, "paramRef: {selector: {}}", kPod, kSomeMaps);
  CHECK(all.resolve().params == Params{all.other(0), all.other(1)});
  const Resolving some(kMaps, "paramRef: {selector: {matchLabels: {x: z}}}", kPod, kSomeMaps);
  CHECK(some.resolve().params == Params{some.other(0)});
}

TEST_CASE("what is not found is allowed or an error, as the binding says", "[policy]") {
  const auto resolve = [](const std::string& ref) {
    return Resolving(kMaps, "paramRef: {" + ref + "}", kPod, kSomeMaps).resolve();
  };
  const std::string allow = ", parameterNotFoundAction: Allow";
  CHECK(resolve("name: d" + allow).params.empty());
  CHECK(resolve("name: d" + allow).error.empty());
  CHECK(resolve("selector: {matchLabels: {x: w}}" + allow).error.empty());
  CHECK(resolve("name: d, parameterNotFoundAction: Deny").error ==
        "The ConfigMap 'd' of paramRef is not found in the namespace 'team'.");
  CHECK(resolve("name: d").error == resolve("name: d, parameterNotFoundAction: Deny").error);
  CHECK(resolve("selector: {matchLabels: {x: w}}").error ==
        "No ConfigMap is selected by paramRef.selector in the namespace 'team'.");
}

TEST_CASE("a reference that the API refuses is an error", "[policy]") {
  const auto error = [](const std::string& kind, const std::string& ref,
                        const std::string& object) {
    return Resolving(kind, "paramRef: {" + ref + ", parameterNotFoundAction: Allow}", object,
                     kSomeMaps)
        .resolve()
        .error;
  };
  CHECK(error(kMaps, "name: a, selector: {}", kPod) ==
        "paramRef has both name and selector: keep one of them.");
  CHECK(error(kMaps, "a: b", kPod) ==
        "paramRef has neither name nor selector: add one of them.");
  CHECK(error(kMaps, "selector: {matchExpressions: [{key: a, operator: In}]}", kPod) ==
        "The operator In on 'a' in a label selector needs values.");
  CHECK(error(kMaps, "name: a", kNode) ==
        "A ConfigMap lies in a namespace and the object does not: paramRef needs a namespace.");
  CHECK(error("paramKind: {apiVersion: v1, kind: Node}", "name: node, namespace: x", kPod) ==
        "paramRef has a namespace, but a Node lies in none.");
}

TEST_CASE("cluster-scoped params are found from everywhere", "[policy]") {
  const std::string nodes = "paramKind: {apiVersion: v1, kind: Node}";
  const Resolving builtin(nodes, "paramRef: {name: node}", kPod, kNode);
  CHECK(builtin.resolve().params == Params{builtin.other(0)});

  const std::string defined = R"(
{apiVersion: example.com/v1, kind: Limit, metadata: {name: l}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: limits.example.com}
spec: {group: example.com, scope: SCOPE, names: {kind: Limit, plural: limits}}
)";
  const auto scoped = [&](const std::string& scope) {
    std::string text = defined;
    return text.replace(text.find("SCOPE"), 5, scope);
  };
  const Resolving cluster(kLimits, "paramRef: {name: l}", kPod, scoped("Cluster"));
  CHECK(cluster.resolve().params == Params{cluster.other(0)});
  const Resolving namespaced(kLimits, "paramRef: {name: l}", kPod, scoped("Namespaced"));
  CHECK(namespaced.resolve().error ==
        "The Limit 'l' of paramRef is not found in the namespace 'team'.");
}

TEST_CASE("a param of an unknown kind lies where the manifests say", "[policy]") {
  const std::string plain =
      "{apiVersion: example.com/v1alpha1, kind: Limit, metadata: {name: l}}";
  const std::string placed =
      "{apiVersion: example.com/v1, kind: Limit, metadata: {name: m, namespace: team}}";

  const Resolving nowhere(kLimits, "paramRef: {name: l}", kPod, plain);
  CHECK(nowhere.resolve().params == Params{nowhere.other(0)});
  const Resolving for_node(kLimits, "paramRef: {selector: {}}", kNode, plain);
  CHECK(for_node.resolve().params == Params{for_node.other(0)});
  const Resolving stated(kLimits, "paramRef: {name: l, namespace: default}", kPod, plain);
  CHECK(stated.resolve().params == Params{stated.other(0)});

  const Resolving mixed(kLimits, "paramRef: {selector: {}}", kPod, plain + "\n---\n" + placed);
  CHECK(mixed.resolve().params == Params{mixed.other(1)});
  const Resolving absent(kLimits, "paramRef: {name: x}", kPod, plain);
  CHECK(absent.resolve().error == "The Limit 'x' of paramRef is not found.");
}
