#include "k8s/builtin_kinds.h"

#include "support/catch.h"

namespace tidewaiter::k8s {

TEST_CASE("a kind's scope depends on its group too", "[k8s]") {
  CHECK(scope_of_kind("", "Service") == KindScope::kNamespaced);
  CHECK(scope_of_kind("serving.knative.dev", "Service") == KindScope::kUnknown);
  CHECK(scope_of_kind("", "Namespace") == KindScope::kCluster);
  CHECK(scope_of_kind("rbac.authorization.k8s.io", "Role") == KindScope::kNamespaced);
  CHECK(scope_of_kind("rbac.authorization.k8s.io", "ClusterRole") == KindScope::kCluster);
}

TEST_CASE("kinds of removed groups keep their scope", "[k8s]") {
  CHECK(scope_of_kind("extensions", "Deployment") == KindScope::kNamespaced);
  CHECK(scope_of_kind("extensions", "PodSecurityPolicy") == KindScope::kCluster);
}

TEST_CASE("names that are no kind are unknown", "[k8s]") {
  CHECK(scope_of_kind("", "") == KindScope::kUnknown);
  CHECK(scope_of_kind("apps", "deployment") == KindScope::kUnknown);
  CHECK(scope_of_kind("~", "Z") == KindScope::kUnknown);
}

}  // namespace tidewaiter::k8s
