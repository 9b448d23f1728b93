#include <string>

#include "rules/manifest.h"
#include "support/catch.h"

namespace tidewaiter::rules {
namespace {

constexpr const char* kDeployment = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {env: prod}}
spec:
  selector:
    matchLabels: {app: web}
    matchExpressions: [{key: tier, operator: Exists}]
  template: {metadata: {labels: {app: web, env: dev}}}
)";

}  // namespace

TEST_CASE("labelEntries gives facts whose keys and values keep their places", "[rules]") {
  Manifest manifest(kDeployment);
  CHECK(manifest("labelEntries().filter(e, e.role == 'label').map(e, e.part + ' ' + e.key)") ==
        "metadata env, pod template app, pod template env");
  CHECK(manifest.text_of("labelEntries().filter(e, e.role == 'selector')[0].value") == "web");
  CHECK(manifest("labelEntries().exists(e, has(e.key) && !has(e.value))") == "true");
}

TEST_CASE("the syntax of labels and annotations differs in the case of prefixes", "[rules]") {
  Manifest manifest(kDeployment);
  CHECK(manifest("isLabelKey('a.b/C') && !isLabelKey('A.b/C') && isAnnotationKey('A.b/C')") ==
        "true");
  CHECK(manifest("isLabelValue('') && isLabelValue('a_b.C') && !isLabelValue('a b')") ==
        "true");
}

TEST_CASE("selectorMismatch names the first part of a selector that fails", "[rules]") {
  Manifest manifest(kDeployment);
  const std::string call =
      "selectorMismatch(object.spec.selector, object.spec.template.metadata.labels)";
  CHECK(manifest(call + ".value().key") == "tier");
  CHECK(manifest.text_of(call + ".value().at") == "{key: tier, operator: Exists}");
  CHECK(manifest("selectorMismatch(object.spec.selector, null).value().key") == "app");
  CHECK(manifest("labelMapMismatch(object.spec.selector.matchLabels, "
                 "object.spec.template.metadata.labels).hasValue()") == "false");
  CHECK(manifest("selectorMismatch({'a': 'b'}, null)") == "?");
  Manifest list(
      "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n"
      "spec: {selector: [5], matchLabels: [{a: b}]}\n");
  CHECK(list("labelMapMismatch(object.spec.selector, null).hasValue()") == "false");
  CHECK(list("selectorMismatch(object.spec, null).hasValue()") == "false");
}

TEST_CASE("kindScope tells namespaced kinds, kubernetesMinor the target", "[rules]") {
  Manifest manifest(kDeployment);
  CHECK(manifest("kindScope(object.apiVersion, object.kind)") == "Namespaced");
  CHECK(manifest("kindScope('v1', 'Node') + kindScope('contoso.com/v1', 'Node')") == "Cluster");
  CHECK(manifest("kubernetesMinor()") == "36");
}

}  // namespace tidewaiter::rules
