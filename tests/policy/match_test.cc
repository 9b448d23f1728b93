#include "policy/match.h"

#include <string>

#include "policy/cluster_of.h"
#include "support/catch.h"

using tidewaiter::policy::admission_request;
using tidewaiter::policy::AdmissionRequest;
using tidewaiter::policy::Match;
using tidewaiter::policy::matches;
using tidewaiter::policy::namespace_labels;
using tidewaiter::policy::NamespaceLabels;
using tidewaiter::policy::read_policy;
using tidewaiter::policy::ServedResource;
using tidewaiter::testing::ClusterOf;

namespace {

constexpr const char* kPod =
    "{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: a}}}";

/// The first manifest of `manifests` against a policy's matchConstraints.
class Matching {
 public:
  Matching(const std::string& constraints, const std::string& manifests)
      : policy_(
            "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\n"
            "metadata: {name: p}\nspec:\n  matchConstraints: " +
            constraints),
        known_(manifests),
        request(admission_request(known_.resource(0), known_.cluster())) {}

  Match match(bool is_binding = false) const {
    const auto policy = read_policy(policy_.resource(0));
    return matches(policy.match_constraints, request,
                   namespace_labels(request, known_.cluster()), is_binding);
  }
  const ClusterOf& known() const { return known_; }

 private:
  ClusterOf policy_;
  ClusterOf known_;

 public:
  AdmissionRequest request;
};

std::string rule(const std::string& resources, const std::string& more = "") {
  return "{apiGroups: ['*'], apiVersions: ['*'], operations: [CREATE], resources: " +
         resources + more + "}";
}

bool rule_matches(const std::string& rule, const std::string& manifests = kPod) {
  return Matching("{resourceRules: [" + rule + "]}", manifests).match().matched;
}

/// With a rule that fits everything and one more constraint.
Match with(const std::string& constraint, const std::string& manifests = kPod) {
  return Matching("{resourceRules: [" + rule("['*']") + "], " + constraint + "}", manifests)
      .match();
}

std::string object(const std::string& api_version, const std::string& kind) {
  return "{apiVersion: " + api_version + ", kind: " + kind + ", metadata: {name: x}}";
}

}  // namespace

TEST_CASE("a rule names resources and subresources", "[policy]") {
  const auto [pattern, of_pod, of_status] = GENERATE(table<std::string, bool, bool>({
      {"pods", true, false},
      {"'*'", true, false},
      {"pods/status", false, true},
      {"pods/*", true, true},
      {"'*/status'", false, true},
      {"'*/*'", true, true},
      {"'*/'", true, false},
      {"services", false, false},
      {"pod", false, false},
      {"Pods", false, false},
      {"pods/ephemeralcontainers", false, false},
      {"''", false, false},
  }));
  Matching matching("{resourceRules: [" + rule("[" + pattern + "]") + "]}", kPod);
  CAPTURE(pattern);
  CHECK(matching.match().matched == of_pod);
  matching.request.sub_resource = "status";
  CHECK(matching.match().matched == of_status);
}

TEST_CASE("a rule may name a custom resource by either plural that it may have", "[policy]") {
  const auto fits = [](const std::string& plural, const std::string& more = "") {
    return rule_matches(rule("[" + plural + "]"), object("example.com/v1", "Mesh") + more);
  };
  CHECK(fits("meshes"));
  CHECK(fits("meshs"));
  CHECK_FALSE(fits("mesh"));
  const std::string definition =
      "\n---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
      "metadata: {name: x}\nspec: {group: example.com, names: {kind: Mesh, plural: meshes}}";
  CHECK(fits("meshes", definition));
  CHECK_FALSE(fits("meshs", definition));
}

TEST_CASE("a rule needs group, version, operation and resource, each exact or *", "[policy]") {
  const auto deployment = object("apps/v1", "Deployment");
  const auto fits = [&](const std::string& groups, const std::string& versions,
                        const std::string& operations) {
    return rule_matches("{apiGroups: " + groups + ", apiVersions: " + versions +
                            ", operations: " + operations + ", resources: [deployments]}",
                        deployment);
  };
  CHECK(fits("[apps]", "[v1]", "[CREATE]"));
  CHECK(fits("[batch, apps]", "[v2, v1]", "[DELETE, CREATE]"));
  CHECK(fits("['*']", "['*']", "['*']"));
  CHECK_FALSE(fits("['']", "[v1]", "[CREATE]"));
  CHECK_FALSE(fits("[apps]", "[v7]", "[CREATE]"));
  CHECK_FALSE(fits("[apps]", "[v1]", "[UPDATE]"));
  CHECK_FALSE(fits("[apps]", "[v1]", "[create]"));
  CHECK_FALSE(fits("[]", "[v1]", "[CREATE]"));
  CHECK_FALSE(fits("[apps]", "[]", "[CREATE]"));
  CHECK_FALSE(fits("[apps]", "[v1]", "[]"));
  CHECK_FALSE(rule_matches("{apiGroups: ['*'], apiVersions: ['*'], resources: ['*']}"));
}

TEST_CASE("a rule names objects, and one that is to be named has none", "[policy]") {
  const std::string generated = "{apiVersion: v1, kind: Pod, metadata: {generateName: web-}}";
  CHECK(rule_matches(rule("[pods]", ", resourceNames: [web]")));
  CHECK(rule_matches(rule("[pods]", ", resourceNames: []")));
  CHECK_FALSE(rule_matches(rule("[pods]", ", resourceNames: [db, '*']")));
  CHECK_FALSE(rule_matches(rule("[pods]", ", resourceNames: [web-]"), generated));
  CHECK(rule_matches(rule("[pods]", ", resourceNames: ['']"), generated));
}

TEST_CASE("a namespace counts as cluster-scoped", "[policy]") {
  const auto [manifest, namespaced] = GENERATE(table<std::string, bool>({
      {kPod, true},
      {object("v1", "Namespace"), false},
      {object("v1", "Node"), false},
      {object("rbac.authorization.k8s.io/v1", "ClusterRole"), false},
      {object("example.com/v1", "Thing"), true},
  }));
  CAPTURE(manifest);
  CHECK(rule_matches(rule("['*']", ", scope: Namespaced"), manifest) == namespaced);
  CHECK(rule_matches(rule("['*']", ", scope: Cluster"), manifest) != namespaced);
  CHECK(rule_matches(rule("['*']", ", scope: '*'"), manifest));
  CHECK_FALSE(rule_matches(rule("['*']", ", scope: Galaxy"), manifest));
}

TEST_CASE("an excluding rule wins over a fitting one", "[policy]") {
  CHECK_FALSE(with("excludeResourceRules: [" + rule("[pods]") + "]").matched);
  CHECK(with("excludeResourceRules: [" + rule("[services]") + "]").matched);
  CHECK_FALSE(
      with("excludeResourceRules: [" + rule("[pods]", ", resourceNames: [web]") + "]").matched);
  CHECK(
      with("excludeResourceRules: [" + rule("[pods]", ", resourceNames: [db]") + "]").matched);
}

TEST_CASE("a binding without rules applies to everything, a policy to nothing", "[policy]") {
  for (const char* constraints : {"{}", "{resourceRules: []}"}) {
    CHECK(Matching(constraints, kPod).match(/*is_binding=*/true).matched);
    CHECK_FALSE(Matching(constraints, kPod).match(/*is_binding=*/false).matched);
  }
  const Matching services("{resourceRules: [" + rule("[services]") + "]}", kPod);
  CHECK_FALSE(services.match(/*is_binding=*/true).matched);
  const Matching excluded("{excludeResourceRules: [" + rule("[pods]") + "]}", kPod);
  CHECK_FALSE(excluded.match(/*is_binding=*/true).matched);
}

TEST_CASE("an object selector sees the labels of the object or of the old one", "[policy]") {
  const auto [selector, selected] = GENERATE(table<std::string, bool>({
      {"{}", true},
      {"{matchLabels: {}, matchExpressions: []}", true},
      {"{matchLabels: {app: a}}", true},
      {"{matchLabels: {app: b}}", false},
      {"{matchLabels: {app: a, tier: x}}", false},
      {"{matchLabels: {tier: ''}}", false},
      {"{matchLabels: {empty: ''}}", true},
      {"{matchLabels: {empty: null}}", true},
      {"{matchExpressions: [{key: app, operator: In, values: [b, a]}]}", true},
      {"{matchExpressions: [{key: app, operator: In, values: [b]}]}", false},
      {"{matchExpressions: [{key: tier, operator: In, values: ['']}]}", false},
      {"{matchExpressions: [{key: app, operator: NotIn, values: [b]}]}", true},
      {"{matchExpressions: [{key: app, operator: NotIn, values: [a]}]}", false},
      {"{matchExpressions: [{key: tier, operator: NotIn, values: [a]}]}", true},
      {"{matchExpressions: [{key: app, operator: Exists}]}", true},
      {"{matchExpressions: [{key: app, operator: Exists, values: []}]}", true},
      {"{matchExpressions: [{key: tier, operator: Exists}]}", false},
      {"{matchExpressions: [{key: app, operator: DoesNotExist}]}", false},
      {"{matchExpressions: [{key: tier, operator: DoesNotExist}]}", true},
      {"{matchLabels: {app: a}, matchExpressions: [{key: app, operator: NotIn, values: [a]}]}",
       false},
      {"{matchExpressions: [{key: number, operator: Exists}]}", false},
  }));
  CAPTURE(selector);
  const std::string pod =
      "{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: a, empty: '', number: "
      "5}}}";
  CHECK(with("objectSelector: " + selector, pod).matched == selected);

  Matching update(
      "{objectSelector: {matchLabels: {app: old}}, resourceRules: [" + rule("['*']") + "]}",
      std::string(kPod) + "\n---\n{apiVersion: v1, kind: Pod, metadata: {labels: {app: old}}}");
  CHECK_FALSE(update.match().matched);
  update.request.old_object = update.known().resource(1).object;
  CHECK(update.match().matched);
}

TEST_CASE("a selector that the API refuses is a fault where the rules fit", "[policy]") {
  const auto [selector, message] = GENERATE(table<std::string, std::string>({
      {"{matchExpressions: [{key: a, operator: Like, values: [b]}]}",
       "The operator 'Like' of a label selector is none of In, NotIn, Exists and "
       "DoesNotExist."},
      {"{matchExpressions: [5]}",
       "The operator '' of a label selector is none of In, NotIn, Exists and DoesNotExist."},
      {"{matchExpressions: [{key: a, operator: In}]}",
       "The operator In on 'a' in a label selector needs values."},
      {"{matchExpressions: [{key: a, operator: Exists, values: [b]}]}",
       "The operator Exists on 'a' in a label selector takes no values."},
      {"{matchExpressions: [{operator: Exists}]}",
       "The key '' of a label selector is no key of a label."},
      {"{matchLabels: {a/b/c: d}}",
       "The key 'a/b/c' of a label selector is no key of a label."},
      {"{matchLabels: {a: b c}}",
       "The value 'b c' for 'a' in a label selector is no value of a label."},
      {"{matchLabels: {a: true}}",
       "A value for 'a' in a label selector is no string: put quotes around it."},
  }));
  for (const char* which : {"objectSelector: ", "namespaceSelector: "}) {
    const Match match = with(which + selector);
    CHECK_FALSE(match.matched);
    CHECK(match.error == message);
    CHECK(with(which + selector + ", excludeResourceRules: [" + rule("[pods]") + "]")
              .error.empty());
    const Matching other(
        "{resourceRules: [" + rule("[services]") + "], " + which + selector + "}", kPod);
    CHECK(other.match().error.empty());
  }
  // Nobody asks for the namespace of what lies in none.
  CHECK(with("namespaceSelector: " + selector, object("v1", "Node")).matched);
}

TEST_CASE("a namespace selector sees the labels of the namespace", "[policy]") {
  const std::string pod = "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: team}}";
  const std::string team =
      "{apiVersion: v1, kind: Namespace, metadata: {name: team, labels: {team: a, "
      "kubernetes.io/metadata.name: lie}}}";
  const std::string both = pod + "\n---\n" + team;
  const std::string of_team = "namespaceSelector: {matchLabels: {team: a}}";
  const std::string named =
      "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: team}}";

  CHECK(with(of_team, both).matched);
  CHECK(with(named, both).matched);
  CHECK_FALSE(with(of_team, both).guessed_namespace);

  CHECK_FALSE(with(of_team, pod).matched);
  CHECK(with(of_team, pod).guessed_namespace);
  CHECK(with(named, pod).matched);
  CHECK_FALSE(with(named, pod).guessed_namespace);
  const std::string not_team =
      "namespaceSelector: {matchExpressions: [{key: team, operator: "
      "DoesNotExist}]}";
  CHECK(with(not_team, pod).matched);
  CHECK(with(not_team, pod).guessed_namespace);
  CHECK_FALSE(with(of_team + ", excludeResourceRules: [" + rule("[pods]") + "]", pod)
                  .guessed_namespace);
  CHECK_FALSE(
      with(of_team + ", objectSelector: {matchLabels: {no: such}}", pod).guessed_namespace);
  CHECK_FALSE(with("namespaceSelector: {}", pod).guessed_namespace);

  // A Namespace by its own labels, other cluster-scoped objects always.
  CHECK(with(of_team, team).matched);
  CHECK(with(named, team).matched);
  CHECK_FALSE(with("namespaceSelector: {matchLabels: {team: b}}", team).matched);
  CHECK(with("namespaceSelector: {matchLabels: {team: b}}", object("v1", "Node")).matched);
  CHECK_FALSE(with(of_team, team).guessed_namespace);

  // One that goes away is what the cluster knew of it.
  Matching removal("{" + of_team +
                       ", resourceRules: [{apiGroups: ['*'], apiVersions: ['*'], "
                       "operations: ['*'], resources: ['*']}]}",
                   team);
  removal.request.object = nullptr;
  removal.request.operation = "DELETE";
  CHECK(removal.match().matched);
}

TEST_CASE("an equivalent rule fits other versions of the same resource", "[policy]") {
  const auto [api_version, kind, group, version, plural] =
      GENERATE(table<std::string, std::string, std::string, std::string, std::string>({
          {"extensions/v1beta1", "Deployment", "apps", "v1", "deployments"},
          {"extensions/v1beta1", "Ingress", "networking.k8s.io", "v1", "ingresses"},
          {"extensions/v1beta1", "NetworkPolicy", "networking.k8s.io", "v1", "networkpolicies"},
          {"apps/v1", "Deployment", "extensions", "v1beta1", "deployments"},
          {"apps/v1beta2", "StatefulSet", "apps", "v1", "statefulsets"},
          {"policy/v1beta1", "PodDisruptionBudget", "policy", "v1", "poddisruptionbudgets"},
          {"autoscaling/v2beta2", "HorizontalPodAutoscaler", "autoscaling", "v1",
           "horizontalpodautoscalers"},
          {"batch/v1beta1", "CronJob", "batch", "v1", "cronjobs"},
          {"events.k8s.io/v1", "Event", "''", "v1", "events"},
          {"rbac.authorization.k8s.io/v1beta1", "Role", "rbac.authorization.k8s.io", "v1",
           "roles"},
          {"storage.k8s.io/v1beta1", "CSIStorageCapacity", "storage.k8s.io", "v1",
           "csistoragecapacities"},
          {"flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema", "flowcontrol.apiserver.k8s.io",
           "v1", "flowschemas"},
      }));
  CAPTURE(api_version, kind);
  const std::string fitting = "{apiGroups: [" + group + "], apiVersions: [" + version +
                              "], operations: [CREATE], resources: [" + plural + "]}";
  const std::string manifest = object(api_version, kind);
  const Matching matching("{resourceRules: [" + fitting + "]}", manifest);
  const Match match = matching.match();
  CHECK(match.matched);
  REQUIRE(match.converted);
  CHECK(match.converted->version == version);
  CHECK(match.converted->resource == plural);
  CHECK_FALSE(
      Matching("{matchPolicy: Exact, resourceRules: [" + fitting + "]}", manifest).match());
  CHECK_FALSE(Matching("{resourceRules: [" + rule("['*']") + "], excludeResourceRules: [" +
                           fitting + "]}",
                       manifest)
                  .match());
  const Match as_is =
      Matching("{resourceRules: [" + fitting + ", " + rule("['*']") + "]}", manifest).match();
  CHECK(as_is.matched);
  CHECK_FALSE(as_is.converted);
}

TEST_CASE("an equivalent rule does not reach what is no version of the resource", "[policy]") {
  const auto fits = [](const std::string& group, const std::string& version,
                       const std::string& plural, const std::string& manifest) {
    return Matching("{resourceRules: [{apiGroups: [" + group + "], apiVersions: [" + version +
                        "], operations: [CREATE], resources: [" + plural + "]}]}",
                    manifest)
        .match();
  };
  CHECK_FALSE(fits("apps", "v3", "deployments", object("apps/v1", "Deployment")));
  CHECK_FALSE(fits("batch", "v1", "deployments", object("apps/v1", "Deployment")));
  CHECK_FALSE(fits("extensions", "v1beta1", "statefulsets", object("apps/v1", "StatefulSet")));
  CHECK_FALSE(fits("apps", "v1", "deployments", object("example.com/v1", "Deployment")));
  CHECK_FALSE(fits("example.com", "v1", "things", object("example.com/v2", "Thing")));
}

TEST_CASE("the versions of a custom resource are those that its definition serves",
          "[policy]") {
  const std::string definition = R"(
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Thing, plural: thingies}
  versions: [{name: v1, served: true}, {name: v0, served: false}, {name: v1beta1, served: true}]
)";
  const auto matching = [&](const std::string& object_version, const std::string& version) {
    return Matching("{resourceRules: [{apiGroups: [example.com], apiVersions: [" + version +
                        "], operations: [CREATE], resources: [thingies]}]}",
                    object("example.com/" + object_version, "Thing") + definition);
  };
  CHECK(matching("v1", "v1").match());
  const Matching other = matching("v1beta1", "v1");
  CHECK(other.match().converted == ServedResource{"example.com", "v1", "thingies"});
  CHECK_FALSE(matching("v1", "v0").match());
  CHECK_FALSE(matching("v0", "v1").match());
}

TEST_CASE("policies, webhooks and reviews are subject to no policy", "[policy]") {
  for (const char* kind : {"ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
                           "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding",
                           "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"}) {
    CAPTURE(kind);
    CHECK_FALSE(rule_matches(rule("['*']"), object("admissionregistration.k8s.io/v1", kind)));
    CHECK(rule_matches(rule("['*']"), object("example.com/v1", kind)));
  }
  CHECK_FALSE(rule_matches(rule("['*']"), object("authentication.k8s.io/v1", "TokenReview")));
}
