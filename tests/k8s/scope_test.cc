#include "k8s/scope.h"

#include <chrono>
#include <string>
#include <vector>

#include "k8s/manifest.h"
#include "k8s/pairs.h"
#include "k8s/selector.h"
#include "support/catch.h"

using tidewaiter::k8s::parse_kind_pattern;
using tidewaiter::k8s::Resource;
using tidewaiter::k8s::Scope;
using tidewaiter::testing::Manifest;

namespace {

Scope scope_of(const Manifest& manifest) {
  std::vector<const Resource*> resources;
  for (const Resource& resource : manifest.found().resources) resources.push_back(&resource);
  return Scope(resources);
}

/// The first of the identity of resource `i`, when that is another.
const Resource* first_of(const Scope& scope, std::uint32_t i) {
  const auto pairs = scope.pairs().of(tidewaiter::k8s::PairRelation::kDuplicate, i);
  return pairs.empty() ? nullptr : scope.all()[pairs.front().first];
}

}  // namespace

TEST_CASE("a scope finds by kind, namespace and name", "[scope]") {
  const Manifest manifest(
      "{apiVersion: v1, kind: Service, metadata: {name: a, namespace: one}}\n---\n"
      "{apiVersion: v1, kind: Service, metadata: {name: a, namespace: default}}\n---\n"
      "{apiVersion: v1, kind: Service, metadata: {name: b}}\n---\n"
      "{apiVersion: v1, kind: Service, metadata: {name: a}}\n---\n"
      "{apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: k}}\n---\n"
      "{apiVersion: v1, kind: Namespace, metadata: {name: one, namespace: odd}}\n");
  const Scope scope = scope_of(manifest);
  const auto service = parse_kind_pattern("Service");
  CHECK(scope.find(service, "one", "a") == &manifest.resource(0));
  CHECK(scope.find(service, "default", "a") == &manifest.resource(1));
  CHECK(scope.find(service, "default", "b") == &manifest.resource(2));
  CHECK(scope.find(service, "", "a") == &manifest.resource(3));
  CHECK(scope.find(service, "other", "a") == nullptr);
  CHECK(scope.find(service, "one", "b") == nullptr);
  CHECK(scope.find(service, "one", "") == nullptr);
  CHECK(scope.find(service, "", "k") == nullptr);
  CHECK(scope.find(parse_kind_pattern("*/Service"), "", "k") == &manifest.resource(4));
  CHECK(scope.find(parse_kind_pattern("Namespace"), "any", "one") == &manifest.resource(5));

  CHECK(scope.of_kind(service).size() == 4);
  CHECK(scope.of_kind(parse_kind_pattern("*/Service")).size() == 5);
  CHECK(scope.of_kind(parse_kind_pattern("*")).size() == 6);
  CHECK_FALSE(scope.has(parse_kind_pattern("Pod")));
  CHECK(Scope().of_kind(service).empty());
  CHECK(Scope().find(service, "", "a") == nullptr);
}

TEST_CASE("the version plays no part in being the same resource", "[scope]") {
  const Manifest manifest(
      "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}}\n---\n"
      "{apiVersion: batch/v1beta1, kind: CronJob, metadata: {name: a}}\n---\n"
      "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}}\n---\n"
      "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a, namespace: default}}\n---\n"
      "{apiVersion: batch/v1, kind: CronJob, metadata: {generateName: a}}\n---\n"
      "{apiVersion: batch/v1, kind: CronJob, metadata: {generateName: a}}\n");
  const Scope scope = scope_of(manifest);
  CHECK(first_of(scope, 0) == nullptr);
  CHECK(first_of(scope, 1) == &manifest.resource(0));
  CHECK(first_of(scope, 2) == &manifest.resource(0));
  CHECK(first_of(scope, 3) == nullptr);
  CHECK(first_of(scope, 5) == nullptr);
  CHECK(scope.same_identity(manifest.resource(1)).size() == 3);
}

TEST_CASE("copies in another folder are no duplicates without a namespace", "[scope]") {
  const std::string text = "{apiVersion: v1, kind: Secret, metadata: {name: a}}\n";
  const Manifest first(text);
  const Manifest second(text + "---\n" + text, "elsewhere/y.yaml");
  const Scope scope({&first.resource(0), &second.resource(0), &second.resource(1)});
  CHECK(first_of(scope, 1) == nullptr);
  CHECK(first_of(scope, 2) == &second.resource(0));
  CHECK(scope.find(parse_kind_pattern("Secret"), "", "a") == &first.resource(0));
}

TEST_CASE("many thousand resources, all alike or all different, take no time", "[scope]") {
  std::vector<std::string> texts;
  for (int i = 0; i < 20'000; ++i) texts.push_back("name-" + std::to_string(i));
  const Manifest manifest("{apiVersion: v1, kind: Secret, metadata: {name: a}}\n");
  for (const bool alike : {false, true}) {
    std::vector<Resource> resources(texts.size(), manifest.resource(0));
    std::vector<const Resource*> pointers;
    for (std::size_t i = 0; i < resources.size(); ++i) {
      if (!alike) resources[i].name = texts[i];
      pointers.push_back(&resources[i]);
    }
    const Scope scope(pointers);
    std::size_t found = 0;
    for (const Resource& resource : resources) {
      if (first_of(scope, static_cast<std::uint32_t>(&resource - resources.data()))) ++found;
      if (scope.find({.group = "", .kind = "Secret"}, "", resource.name) != nullptr) ++found;
    }
    CHECK(found == (alike ? 2 * texts.size() - 1 : texts.size()));
  }
}

TEST_CASE("a selector tells the first of its parts that labels fail", "[selector]") {
  const auto mismatch = [](const std::string& selector, const std::string& labels) {
    const Manifest manifest("s: " + selector + "\nl: " + labels + "\n");
    const auto* const node = tidewaiter::k8s::first_mismatch(
        *manifest.root().find("s"), tidewaiter::k8s::SelectorForm::kLabelSelector,
        manifest.root().find("l"));
    return node == nullptr ? std::string("matches") : std::string(manifest.text(node));
  };
  CHECK(mismatch("{matchLabels: {a: b, c: d}}", "{a: b, c: d, e: f}") == "matches");
  CHECK(mismatch("{matchLabels: {a: b, c: d}}", "{a: b, c: x}") == "d");
  CHECK(mismatch("{matchLabels: {a: b, c: d}}", "{}") == "b");
  CHECK(mismatch("{matchLabels: {a: ''}}", "{a: null}") == "matches");
  CHECK(mismatch("{matchLabels: {a: b, c: '1'}}", "{a: b, c: 1}") == "matches");
  CHECK(mismatch("{}", "{}") == "matches");
  CHECK(mismatch("{matchLabels: {pod-template-hash: x, batch.kubernetes.io/job-name: y}}",
                 "{}") == "matches");
  const std::string in = "{key: a, operator: In, values: [b, c]}";
  const std::string not_in = "{key: a, operator: NotIn, values: [b, c]}";
  CHECK(mismatch("{matchExpressions: [" + in + "]}", "{a: c}") == "matches");
  CHECK(mismatch("{matchExpressions: [" + in + "]}", "{a: d}") == in);
  CHECK(mismatch("{matchExpressions: [" + in + "]}", "{}") == in);
  CHECK(mismatch("{matchExpressions: [" + not_in + "]}", "{}") == "matches");
  CHECK(mismatch("{matchExpressions: [" + not_in + "]}", "{a: b}") == not_in);
  CHECK(mismatch("{matchExpressions: [" + not_in + "]}", "{a: 1}") == "matches");
  CHECK(mismatch("{matchExpressions: [{key: a, operator: Exists}]}", "{}") ==
        "{key: a, operator: Exists}");
  CHECK(mismatch("{matchExpressions: [{key: a, operator: DoesNotExist}]}", "{a: b}") ==
        "{key: a, operator: DoesNotExist}");
  CHECK(mismatch("{matchExpressions: [{key: a, operator: Gt, values: ['1']}]}", "{}") ==
        "matches");
  CHECK(mismatch("{matchExpressions: [" + in + "], matchLabels: {x: y}}", "{}") == in);
  CHECK(mismatch("{matchLabels: text, matchExpressions: 3}", "{}") == "matches");
}
