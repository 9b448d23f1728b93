#include "policy/api_defaults.h"

#include <string>

#include "policy/cluster_of.h"
#include "support/catch.h"

using tidewaiter::cel::Value;
using tidewaiter::cel::ValueKind;
using tidewaiter::policy::admission_request;
using tidewaiter::policy::AdmissionRequest;
using tidewaiter::policy::ApiDefaults;
using tidewaiter::testing::ClusterOf;

namespace {

const tidewaiter::yaml::Node& at(const tidewaiter::yaml::Node& root, const std::string& path) {
  const tidewaiter::yaml::Node* node = &root;
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    node = node->is_sequence() ? &node->item(static_cast<std::uint32_t>(std::stoul(part)))
                               : node->find(part);
    REQUIRE(node != nullptr);
    begin = end + 1;
  }
  return *node;
}

/// The default of `key` in the mapping at `path` of the only object of a text.
std::string default_of(const std::string& text, const std::string& path, std::string_view key) {
  const ClusterOf cluster(text);
  const AdmissionRequest request = admission_request(cluster.resource(0), cluster.cluster());
  const Value value = ApiDefaults(request).find(at(*request.object, path), key);
  switch (value.kind()) {
    case ValueKind::kAbsent: return "-";
    case ValueKind::kString: return std::string(value.as_string());
    case ValueKind::kInt: return std::to_string(value.as_int());
    case ValueKind::kBool: return value.as_bool() ? "true" : "false";
    case ValueKind::kMap: return "{}";
    default: return "?";
  }
}

const std::string kDeployment = R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - {name: a, image: nginx, ports: [{containerPort: 80}], livenessProbe: {httpGet: {}}}
        - {name: b, image: "nginx:1.2"}
        - {name: c, image: "nginx:latest@sha256:0123456789012345678901234567890123456789012345678901234567890123"}
        - {name: d, image: "nginx:latest"}
      volumes:
        - name: v
)";

}  // namespace

TEST_CASE("a workload has the defaults of its kind, its pod and its containers", "[defaults]") {
  CHECK(default_of(kDeployment, "spec", "replicas") == "1");
  CHECK(default_of(kDeployment, "spec.template.spec", "replicas") == "-");
  CHECK(default_of(kDeployment, "spec.template.spec", "restartPolicy") == "Always");
  CHECK(default_of(kDeployment, "spec.template.spec", "securityContext") == "{}");
  CHECK(default_of(kDeployment, "spec.template.spec", "serviceAccountName") == "-");
  const std::string containers = "spec.template.spec.containers.";
  CHECK(default_of(kDeployment, containers + "0", "imagePullPolicy") == "Always");
  CHECK(default_of(kDeployment, containers + "1", "imagePullPolicy") == "IfNotPresent");
  CHECK(default_of(kDeployment, containers + "2", "imagePullPolicy") == "IfNotPresent");
  CHECK(default_of(kDeployment, containers + "3", "imagePullPolicy") == "Always");
  CHECK(default_of(kDeployment, containers + "0.ports.0", "protocol") == "TCP");
  CHECK(default_of(kDeployment, containers + "0.livenessProbe", "periodSeconds") == "10");
  CHECK(default_of(kDeployment, containers + "0.livenessProbe.httpGet", "scheme") == "-");
  CHECK(default_of(kDeployment, "spec.template.spec.volumes.0", "imagePullPolicy") == "-");
  CHECK(default_of(kDeployment, "metadata", "replicas") == "-");
}

TEST_CASE("other objects have theirs, custom ones none", "[defaults]") {
  const std::string service =
      "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n";
  CHECK(default_of(service, "spec", "type") == "ClusterIP");
  CHECK(default_of(service, "spec.ports.0", "targetPort") == "80");
  CHECK(default_of("apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n", "", "type") ==
        "Opaque");
  CHECK(default_of("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: []}\n",
                   "spec", "serviceAccountName") == "default");
  CHECK(default_of("apiVersion: a.example/v1\nkind: Deployment\nmetadata: {name: a}\n"
                   "spec: {x: 1}\n",
                   "spec", "replicas") == "-");
}
