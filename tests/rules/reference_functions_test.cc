#include <string>

#include "rules/manifest.h"
#include "support/catch.h"

namespace tidewaiter::rules {
namespace {

/// The last is the one that is judged.
constexpr const char* kShop = R"(apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: {name: orders-kv, namespace: shop}
spec:
  provider: azure
  secretObjects:
    - {secretName: orders-db, type: Opaque, data: [{objectName: pw, key: password}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {color: blue}
---
apiVersion: v1
kind: Service
metadata: {name: orders, namespace: shop}
spec: {selector: {app: orders}, ports: [{port: 80}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders, namespace: shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}, maxReplicas: 3}
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: orders, namespace: shop}
spec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}}
---
apiVersion: v1
kind: LimitRange
metadata: {name: l, namespace: shop}
spec: {limits: [{type: Container, defaultRequest: {cpu: 100m}}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: main
          env:
            - {name: PW, valueFrom: {secretKeyRef: {name: orders-db, key: pass}}}
            - {name: C, valueFrom: {configMapKeyRef: {name: settings, key: color}}}
          envFrom: [{configMapRef: {name: setings}}]
      volumes:
        - name: kv
          csi:
            driver: secrets-store.csi.k8s.io
            volumeAttributes: {secretProviderClass: orders-kv}
)";

}  // namespace

TEST_CASE("references have what a rule needs, with their places", "[rules]") {
  Manifest manifest(kShop);
  CHECK(manifest("object.references().map(r, r.relation + ' ' + r.kind + '/' + r.name)") ==
        "env Secret/orders-db, env ConfigMap/settings, envFrom ConfigMap/setings, "
        "secretProviderClass SecretProviderClass/orders-kv");
  CHECK(manifest("object.references('env').map(r, r.key)") == "pass, color");
  CHECK(manifest.text_of("object.references()[0].key") == "pass");
  CHECK(manifest.text_of("object.references()[0].name") == "orders-db");
  CHECK(manifest.text_of("object.references()[0]") == "{name: orders-db, key: pass}");
  CHECK(manifest("object.references()[0].within.name") == "main");
  CHECK(manifest("object.references().map(r, r.what + ' ' + r.entry.name + ' ' + r.verb)") ==
        "Env PW reads, Env C reads, Container main reads, Volume kv mounts");
  CHECK(manifest("object.references()[1].target.data.color") == "blue");
  CHECK(manifest.text_of("object.references()[1].target.data.color") == "blue");
  CHECK(manifest("object.references().filter(r, r.dangling).map(r, r.name)") == "setings");
  CHECK(manifest("object.references().filter(r, r.lacksKey).map(r, r.name)") == "orders-db");
  CHECK(manifest("object.references('secretProviderClass')[0].mounted") == "false");
  CHECK(manifest("object.references('secretProviderClass')[0].from == object") == "true");
  CHECK(manifest("object.references('env')[0].target == null") == "true");
  CHECK(manifest("size(object.references('env')[0])") == "18");
}

TEST_CASE("what makes a Secret is known from its reference and by name", "[rules]") {
  Manifest manifest(kShop);
  CHECK(manifest("object.references()[0].createdBy.map(c, c.by.metadata.name)") == "orders-kv");
  CHECK(manifest("object.references()[0].createdBy[0].keys") == "password");
  CHECK(manifest.text_of("object.references()[0].createdBy[0].keys[0]") == "password");
  CHECK(manifest("object.references()[0].createdBy[0].by == "
                 "object.references('secretProviderClass')[0].target") == "true");
  CHECK(manifest("scope.creates('Secret', 'shop', 'orders-db')[0].keysKnown") == "true");
  CHECK(manifest("scope.creates('Secret', '', 'orders-db').size()") == "0");
  CHECK(manifest("object.references()[3].target.creates().map(c, c.name)") == "orders-db");
  CHECK(manifest("object.references()[3].target.productUsers().map(r, r.key)") == "pass");
  CHECK(manifest("object.references()[3].target.incoming().exists(r, r.mounted)") == "false");
  CHECK(manifest("object.references()[3].target.mountedBy() == null") == "true");
}

TEST_CASE("who refers to and selects a resource is known", "[rules]") {
  Manifest manifest(kShop);
  CHECK(manifest("object.referencedBy('HorizontalPodAutoscaler').map(h, h.spec.maxReplicas)") ==
        "3");
  CHECK(manifest("object.referencedBy('*').map(h, h.kind)") ==
        "HorizontalPodAutoscaler, VerticalPodAutoscaler");
  CHECK(manifest("object.incoming('autoscaling/HorizontalPodAutoscaler')[0].from.kind") ==
        "HorizontalPodAutoscaler");
  CHECK(manifest("object.selectedBy('Service').map(s, s.spec.ports[0].port)") == "80");
  CHECK(manifest("object.selectedBy('NetworkPolicy').size()") == "0");
  CHECK(manifest("object.selectedBy('Service')[0].selects()[0] == object") == "true");
  CHECK(manifest("object.selectedBy('Service')[0].selects()[0].podSpec().containers[0].name") ==
        "main");
  CHECK(manifest("object.selectedBy('Service')[0].selects()[0].podMetadata().labels.app") ==
        "orders");
  CHECK(manifest("object.referencedBy('VerticalPodAutoscaler')[0]"
                 ".sameTarget('HorizontalPodAutoscaler').map(h, h.metadata.name)") == "orders");
}

TEST_CASE("a number or a percentage of pods is scaled and keeps its place", "[rules]") {
  Manifest manifest(
      "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}, spec: "
      "{minAvailable: 67%, maxUnavailable: 2}}\n");
  CHECK(manifest("scaledUp(object.spec.minAvailable, 3).value()") == "3");
  CHECK(manifest("scaledDown(object.spec.minAvailable, 3).value()") == "2");
  CHECK(manifest.text_of("scaledUp(object.spec.minAvailable, 3).value()") == "67%");
  CHECK(manifest("scaledUp(object.spec.maxUnavailable, 1).value()") == "2");
  CHECK(manifest("scaledUp(object.metadata.name, 3).hasValue()") == "false");
  CHECK(manifest("scaledUp(object.metadata, 3).hasValue()") == "false");
}

TEST_CASE("resources of one file are together", "[rules]") {
  Manifest manifest(kShop);
  CHECK(manifest("object.selectedBy('Service')[0].together()") == "true");
  CHECK(manifest("dyn(null).together()") == "false");
}

TEST_CASE("replicas are a workload's own, or those of its autoscaler", "[rules]") {
  Manifest manifest(kShop);
  CHECK(manifest("object.replicas().least") == "1");
  CHECK(manifest("object.replicas().most") == "3");
  CHECK(manifest.text_of("object.replicas().most") == "3");
  CHECK(manifest("object.replicas().scaler.kind") == "HorizontalPodAutoscaler");
  CHECK(manifest("object.replicas().scaler == autoscaler()") == "true");
  CHECK(manifest("object.selectedBy('Service')[0].replicas().size()") == "0");
  CHECK(manifest("object.references('env')[0].target.replicas().?least.orValue(7)") == "7");
  Manifest alone("{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {}}\n");
  CHECK(alone("object.replicas().least") == "1");
  CHECK(alone("object.replicas().scaler == null") == "true");
  Manifest open(
      "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: "
      "'${N}'}}\n");
  CHECK(open("has(object.replicas().least)") == "false");
}

TEST_CASE("utilization is measured against requests and LimitRanges", "[rules]") {
  Manifest manifest(kShop);
  CHECK(manifest("object.utilizationBase('cpu').request") == "100m");
  CHECK(manifest("object.utilizationBase('cpu').lacking.size()") == "0");
  CHECK(manifest("has(object.utilizationBase('cpu').limit)") == "false");
  CHECK(manifest("object.utilizationBase('memory').lacking.map(c, c.name)") == "main");
  CHECK(manifest("object.utilizationBase('memory', 'main').lacking.map(c, c.name)") == "main");
  CHECK(manifest("object.utilizationBase('memory', 'other').containers.size()") == "0");
  CHECK(manifest("object.selectedBy('Service')[0].utilizationBase('cpu').size()") == "0");
}

TEST_CASE("who mounts a resource is known", "[rules]") {
  Manifest manifest(
      "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{volumeMounts: "
      "[{name: v}]}], volumes: [{name: v, secret: {secretName: s}}]}}\n---\n"
      "{apiVersion: v1, kind: Secret, metadata: {name: s}}\n");
  CHECK(manifest("object.mountedBy().metadata.name") == "p");
}

TEST_CASE("what concerns containers may be asked of another resource's", "[rules]") {
  Manifest manifest(std::string(kShop) +
                    "---\n{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: "
                    "[{name: a}]}}\n");
  CHECK(manifest("hasRequest(object.spec.containers[0], 'cpu')") == "false");
  const std::string other = "scope.get('apps/Deployment', 'shop', 'orders').podSpec()";
  CHECK(manifest("hasRequest(" + other + ".containers[0], 'cpu')") == "true");
  CHECK(manifest("effectiveRequests(" + other + ").cpu") == "100m");
}

TEST_CASE("earlier gives the pairs that a resource forms", "[rules]") {
  Manifest manifest(
      "apiVersion: v1\nkind: Secret\nmetadata: {name: a, labels: {order: first}}\n---\n"
      "apiVersion: v1\nkind: Secret\nmetadata: {name: a, labels: {order: second}}\n---\n"
      "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n");
  CHECK(manifest("object.earlier('duplicate').map(p, p.first.metadata.labels.order)") ==
        "first");
  CHECK(manifest("object.earlier('duplicate')[0].together") == "true");
  CHECK(manifest.text_of("object.earlier('duplicate')[0].firstAt") == "a");
  CHECK(manifest("object.earlier('service').size()") == "0");
  CHECK(manifest("object.earlier('no-such-relation')") == "?");
  CHECK(manifest("object.copies().map(c, c.metadata.?labels.?order.orValue('none'))") ==
        "first, second, none");
  Manifest lonely(kShop);
  CHECK(lonely("object.earlier('duplicate').size()") == "0");
  CHECK(lonely("object.copies() == [object]") == "true");
}

TEST_CASE("only resources can be asked, and null knows nothing", "[rules]") {
  Manifest manifest(kShop);
  CHECK(manifest("object.metadata.references()") == "?");
  CHECK(manifest("{'a': 'b'}.selects()") == "?");
  CHECK(manifest("object.references('env')[0].target.referencedBy('*').size()") == "0");
  CHECK(manifest("object.references('env')[0].target.podSpec() == null") == "true");
}

TEST_CASE("the scope says what a namespace has", "[rules]") {
  Manifest manifest(
      std::string(kShop) +
      "---\n{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: r, "
      "namespace: argo}}\n---\n"
      "{apiVersion: example.com/v1, kind: Thing, metadata: {name: r, namespace: "
      "x}, spec: {deep: [{template: {metadata: {labels: {a: b}}}}]}}\n---\n"
      "{apiVersion: example.com/v1, kind: Thing, metadata: {name: r, namespace: "
      "z}, spec: {template: {}}}\n");
  CHECK(manifest("scope.has('Service', 'shop') && !scope.has('Service', '')") == "true");
  CHECK(manifest("scope.has('apps/Deployment', 'shop') && !scope.has('Deployment', 'shop')") ==
        "true");
  CHECK(manifest("scope.has('*/Thing', 'z') && !scope.has('*/Thing', 'shop')") == "true");
  CHECK(manifest("scope.hasPods('shop') && !scope.hasPods('')") == "true");
  CHECK(manifest("scope.isOneUnit()") == "false");
  CHECK(manifest("['shop', 'argo', 'x', 'z'].map(n, scope.hasHiddenPods(n))") ==
        "false, true, true, false");
}

}  // namespace tidewaiter::rules
