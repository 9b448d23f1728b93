#include "k8s/reference.h"

#include <string>
#include <vector>

#include "k8s/manifest.h"
#include "support/catch.h"

namespace tidewaiter::k8s {
namespace {

using testing::Manifest;
using Lines = std::vector<std::string>;

/// "relation group/Kind namespace/name key=… optional mounted", a line each.
Lines references(const std::string& text) {
  const Manifest manifest(text);
  std::vector<Reference> found;
  append_references(manifest.resource(0), 7, found);
  Lines lines;
  for (const Reference& r : found) {
    CHECK(r.from == 7);
    std::string line(name_of(r.relation));
    line += ' ' + (r.group.empty() ? "" : std::string(r.group) + '/') + std::string(r.kind);
    line += ' ' + (r.namespace_.empty() ? "" : std::string(r.namespace_) + '/');
    line += r.name_text();
    if (r.key != nullptr) line += " key=" + std::string(manifest.text(r.key));
    if (r.optional) line += " optional";
    if (r.mounted) line += " mounted";
    lines.push_back(line);
  }
  return lines;
}

std::string pod(const std::string& spec) {
  return "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: ns}, spec: {" + spec +
         "}}";
}

}  // namespace

TEST_CASE("what scales refers to its target", "[reference]") {
  const auto scaler = [](const std::string& api, const std::string& kind,
                         const std::string& ref) {
    return references("{apiVersion: " + api + ", kind: " + kind +
                      ", metadata: {name: a, namespace: ns}, spec: {" + ref + "}}");
  };
  const std::string to_web = "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: w}";
  for (const char* version : {"autoscaling/v1", "autoscaling/v2"}) {
    CHECK(scaler(version, "HorizontalPodAutoscaler", to_web) ==
          Lines{"scaleTarget apps/Deployment ns/w"});
  }
  CHECK(
      scaler("autoscaling/v2", "HorizontalPodAutoscaler", "scaleTargetRef: {name: w}").empty());
  CHECK(scaler("keda.sh/v1alpha1", "ScaledObject", "scaleTargetRef: {name: w}") ==
        Lines{"scaleTarget apps/Deployment ns/w"});
  CHECK(scaler("keda.sh/v1alpha1", "ScaledObject",
               "scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: w}") ==
        Lines{"scaleTarget argoproj.io/Rollout ns/w"});
  CHECK(scaler("autoscaling.k8s.io/v1", "VerticalPodAutoscaler",
               "targetRef: {apiVersion: apps/v1, kind: StatefulSet, name: w}") ==
        Lines{"scaleTarget apps/StatefulSet ns/w"});
}

TEST_CASE("an Ingress refers to Services, resources and certificates", "[reference]") {
  CHECK(references(R"(apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i}
spec:
  defaultBackend: {service: {name: fallback, port: {name: http}}}
  tls: [{secretName: cert}, {hosts: [a]}]
  rules:
    - http:
        paths:
          - {path: /, backend: {service: {name: web, port: {number: 80}}}}
          - {path: /x, backend: {resource: {apiGroup: k8s.example.com, kind: Bucket, name: b}}}
          - {path: /y, backend: {service: {name: none}}}
          - {path: /z, backend: {service: {port: {number: 80}}}}
          - {path: /r, backend: {service: {name: redirect, port: {name: use-annotation}}}}
)") == Lines{"backend Service fallback key=http", "tls Secret cert",
             "backend Service web key=80", "resourceBackend k8s.example.com/Bucket b",
             "backend Service none"});
  CHECK(references(R"(apiVersion: extensions/v1beta1
kind: Ingress
metadata: {name: i}
spec:
  backend: {serviceName: fallback, servicePort: 80}
  rules: [{http: {paths: [{backend: {serviceName: web, servicePort: http}}]}}]
)") == Lines{"backend Service fallback key=80", "backend Service web key=http"});
}

TEST_CASE("containers of every sort read keys and whole objects", "[reference]") {
  CHECK(references(R"(apiVersion: batch/v1
kind: CronJob
metadata: {name: c, namespace: ns}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers:
            - {name: i, envFrom: [{configMapRef: {name: all, optional: true}}]}
          containers:
            - name: m
              env:
                - {name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}
                - {name: B, valueFrom: {configMapKeyRef: {name: c, key: k, optional: true}}}
                - {name: C, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                - {name: D, value: plain}
              envFrom: [{secretRef: {name: whole}}, {}]
          ephemeralContainers:
            - {name: e, env: [{name: A, valueFrom: {secretKeyRef: {name: late, key: k}}}]}
)") == Lines{"envFrom ConfigMap ns/all optional", "env Secret ns/s key=k",
             "env ConfigMap ns/c key=k optional", "envFrom Secret ns/whole",
             "env Secret ns/late key=k"});
}

TEST_CASE("volumes refer to what they hold and say whether they are mounted", "[reference]") {
  CHECK(
      references(pod(R"(
    containers: [{name: a, volumeMounts: [{name: cm, mountPath: /a}, {name: kv, mountPath: /b}]}],
    initContainers: [{name: b, volumeMounts: [{name: data, mountPath: /c}]}],
    volumes: [
      {name: cm, configMap: {name: c, items: [{key: one, path: x}, {key: two, path: y}]}},
      {name: s, secret: {secretName: s, optional: true, items: [{key: k, path: p}]}},
      {name: all, projected: {sources: [{secret: {name: ps, items: [{key: pk, path: p}]}},
        {configMap: {name: pc}}, {serviceAccountToken: {path: t}}]}},
      {name: data, persistentVolumeClaim: {claimName: d}},
      {name: kv, csi: {driver: secrets-store.csi.k8s.io, nodePublishSecretRef: {name: cred},
        volumeAttributes: {secretProviderClass: spc}}},
      {name: other, csi: {driver: disk.example.com, volumeAttributes: {secretProviderClass: no}}},
      {name: share, azureFile: {secretName: share, shareName: x}},
      {name: scratch, emptyDir: {}}])")) ==
      Lines{"volume ConfigMap ns/c mounted", "volumeItem ConfigMap ns/c key=one mounted",
            "volumeItem ConfigMap ns/c key=two mounted", "volume Secret ns/s optional",
            "volumeItem Secret ns/s key=k optional", "volume Secret ns/ps",
            "volumeItem Secret ns/ps key=pk", "volume ConfigMap ns/pc",
            "claim PersistentVolumeClaim ns/d mounted",
            "mountCredential Secret ns/cred mounted",
            "secretProviderClass secrets-store.csi.x-k8s.io/SecretProviderClass ns/spc mounted",
            "volume Secret ns/share"});
}

TEST_CASE("a pod names its account, classes and pull secrets", "[reference]") {
  CHECK(references(pod("serviceAccountName: sa, serviceAccount: old, priorityClassName: high, "
                       "runtimeClassName: gvisor, imagePullSecrets: [{name: pull}, {}]")) ==
        Lines{"serviceAccount ServiceAccount ns/sa",
              "priorityClass scheduling.k8s.io/PriorityClass ns/high",
              "runtimeClass node.k8s.io/RuntimeClass ns/gvisor",
              "imagePullSecret Secret ns/pull"});
  CHECK(references(pod("serviceAccount: old")) ==
        Lines{"serviceAccount ServiceAccount ns/old"});
}

TEST_CASE("bindings refer to a role and to accounts, each in its namespace", "[reference]") {
  const auto binding = [](const std::string& kind) {
    return references("apiVersion: rbac.authorization.k8s.io/v1\nkind: " + kind + R"(
metadata: {name: b, namespace: ns}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}
subjects:
  - {kind: ServiceAccount, name: own}
  - {kind: ServiceAccount, name: far, namespace: m}
  - {kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}
)");
  };
  CHECK(binding("RoleBinding") == Lines{"role rbac.authorization.k8s.io/ClusterRole ns/r",
                                        "subject ServiceAccount ns/own",
                                        "subject ServiceAccount m/far"});
  CHECK(binding("ClusterRoleBinding") ==
        Lines{"role rbac.authorization.k8s.io/ClusterRole ns/r", "subject ServiceAccount own",
              "subject ServiceAccount m/far"});
}

TEST_CASE("StatefulSets, ServiceAccounts and ExternalSecrets refer too", "[reference]") {
  CHECK(references("{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: s}, spec: "
                   "{serviceName: head}}") == Lines{"serviceName Service head"});
  CHECK(references("{apiVersion: v1, kind: ServiceAccount, metadata: {name: s}, secrets: "
                   "[{name: a}], imagePullSecrets: [{name: b}]}") ==
        Lines{"accountSecret Secret a", "imagePullSecret Secret b"});
  CHECK(references(R"(apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: e, namespace: ns}
spec:
  secretStoreRef: {name: vault}
  data: [{secretKey: k, sourceRef: {storeRef: {kind: ClusterSecretStore, name: all}}}]
)") == Lines{"store external-secrets.io/SecretStore ns/vault",
             "store external-secrets.io/ClusterSecretStore ns/all"});
}

TEST_CASE("what has another shape than the API's refers to nothing", "[reference]") {
  CHECK(references(pod("containers: {name: x}, volumes: [1, {secret: x}, null], "
                       "serviceAccountName: 7, imagePullSecrets: [a, {name: ''}]"))
            .empty());
  CHECK(references("{apiVersion: example.com/v1, kind: Ingress, metadata: {name: i}, spec: "
                   "{tls: [{secretName: s}]}}")
            .empty());
}

}  // namespace tidewaiter::k8s
