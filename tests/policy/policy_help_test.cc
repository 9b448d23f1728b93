#include "policy/policy_help.h"

#include "k8s/manifest.h"
#include "support/catch.h"

using tidewaiter::policy::policy_help;
using tidewaiter::testing::Manifest;

TEST_CASE("help is read from the annotations of every tool", "[policy]") {
  const auto help_of = [](const Manifest& manifest) {
    return policy_help(manifest.resource(0));
  };
  const Manifest kyverno(R"(
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: p
  annotations:
    policies.kyverno.io/title: Disallow Host Path
    policies.kyverno.io/category: Pod Security
    policies.kyverno.io/severity: medium
    policies.kyverno.io/subject: Pod
    policies.kyverno.io/description: >-
      HostPath volumes let pods
      use the node.
    example.com/description: a later one
)");
  CHECK(help_of(kyverno).title == "Disallow Host Path");
  CHECK(help_of(kyverno).category == "Pod Security");
  CHECK(help_of(kyverno).severity == "medium");
  CHECK(help_of(kyverno).description == "HostPath volumes let pods use the node.");
  CHECK(help_of(kyverno).url.empty());

  const Manifest kubescape(R"(
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: p
  labels: {controlId: C-0020}
  annotations: {controlUrl: "https://hub.armosec.io/docs/c-0020"}
)");
  CHECK(help_of(kubescape).id == "C-0020");
  CHECK(help_of(kubescape).url == "https://hub.armosec.io/docs/c-0020");
  CHECK(help_of(kubescape).title.empty());

  const Manifest odd(R"(
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: p
  annotations:
    a/title: "two\nlines"
    b/title: "  one line \n"
    c/description: 5
    kubernetes.io/description: "two\nlines"
    url: "javascript:a"
    x/documentation-url: "http://example.com"
)");
  CHECK(help_of(odd).title == "one line");
  CHECK(help_of(odd).description == "two\nlines");
  CHECK(help_of(odd).url == "http://example.com");

  const Manifest bare(
      "{apiVersion: admissionregistration.k8s.io/v1, "
      "kind: ValidatingAdmissionPolicy, metadata: {name: p, annotations: 5}}");
  CHECK(help_of(bare).title.empty());
}
