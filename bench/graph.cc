// Measures scopes: what it costs to index resources, follow their references, match their
// selectors and find pairs, for 1,000, 10,000 and 100,000 of them.
// usage: graph_bench
#include <fmt/core.h>
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/source.h"
#include "k8s/extract.h"
#include "k8s/pairs.h"
#include "k8s/reference_graph.h"
#include "k8s/scope.h"
#include "k8s/selection.h"
#include "yaml/file.h"

namespace {

using namespace tidewaiter;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kSizes[] = {1'000, 10'000, 100'000};
constexpr std::size_t kResourcesOfApp = 10;
constexpr std::size_t kAppsOfNamespace = 10;

/// Ten resources that refer to each other, as a team writes them.
std::string manifest_of(std::size_t app) {
  return fmt::format(
      R"(apiVersion: apps/v1
kind: Deployment
metadata: {{name: app-{0}, namespace: team-{1}, labels: {{app: app-{0}}}}}
spec:
  replicas: 2
  selector: {{matchLabels: {{app: app-{0}}}}}
  template:
    metadata: {{labels: {{app: app-{0}, tier: web, part-of: team-{1}}}}}
    spec:
      serviceAccountName: app-{0}
      containers:
        - name: main
          image: contoso.azurecr.io/app-{0}:1.0.0
          ports: [{{name: http, containerPort: 8080}}]
          envFrom: [{{configMapRef: {{name: app-{0}}}}}]
          env:
            - {{name: USER, valueFrom: {{secretKeyRef: {{name: app-{0}, key: user}}}}}}
            - {{name: PASSWORD, valueFrom: {{secretKeyRef: {{name: app-{0}, key: password}}}}}}
          resources: {{requests: {{cpu: 100m, memory: 128Mi}}, limits: {{memory: 256Mi}}}}
          volumeMounts: [{{name: kv, mountPath: /mnt/kv}}]
      volumes:
        - name: kv
          csi:
            driver: secrets-store.csi.k8s.io
            readOnly: true
            volumeAttributes: {{secretProviderClass: app-{0}}}
---
apiVersion: v1
kind: Service
metadata: {{name: app-{0}, namespace: team-{1}}}
spec: {{selector: {{app: app-{0}}}, ports: [{{port: 80, targetPort: http}}]}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: app-{0}, namespace: team-{1}}}
spec:
  ingressClassName: nginx
  tls: [{{hosts: [app-{0}.contoso.com], secretName: app-{0}-tls}}]
  rules:
    - host: app-{0}.contoso.com
      http: {{paths: [{{path: /, pathType: Prefix, backend: {{service: {{name: app-{0}, port: {{number: 80}}}}}}}}]}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {{name: app-{0}, namespace: team-{1}}}
spec:
  scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: app-{0}}}
  minReplicas: 2
  maxReplicas: 8
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {{name: app-{0}, namespace: team-{1}}}
spec: {{minAvailable: 1, selector: {{matchLabels: {{app: app-{0}}}}}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: app-{0}, namespace: team-{1}}}
spec: {{podSelector: {{}}, policyTypes: [Ingress]}}
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: app-{0}, namespace: team-{1}}}
data: {{COLOR: blue, LEVEL: info}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {{name: app-{0}, namespace: team-{1}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {{name: app-{0}, namespace: team-{1}}}
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}}
subjects: [{{kind: ServiceAccount, name: app-{0}}}]
---
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: {{name: app-{0}, namespace: team-{1}}}
spec:
  provider: azure
  secretObjects:
    - secretName: app-{0}
      type: Opaque
      data: [{{objectName: user, key: user}}, {{objectName: password, key: password}}]
)",
      app, app / kAppsOfNamespace);
}

struct LoadedFile {
  std::unique_ptr<const Source> source;
  yaml::File yaml;
  k8s::Extraction extraction;
};

std::vector<LoadedFile> read_all(std::size_t resources) {
  std::vector<LoadedFile> files(resources / kResourcesOfApp);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string name = fmt::format("team-{}/app-{}.yaml", i / kAppsOfNamespace, i);
    LoadedFile& file = files[i];
    file.source = std::make_unique<const Source>(
        std::make_shared<const FileName>(FileName{.shown = name, .uri = name}), manifest_of(i));
    file.yaml = yaml::read(*file.source);
    file.extraction = k8s::extract_resources(*file.source, file.yaml, k8s::PodTemplatePaths());
  }
  return files;
}

/// Time, in microseconds a resource, of each stage.
struct Times {
  double reading = 0;
  double scope = 0;
  double references = 0;
  double selection = 0;
  double pairs = 0;
  double bytes = 0;  ///< That the scope and its indexes take, a resource.

  double indexes() const { return scope + references + selection + pairs; }
  double all() const { return reading + indexes(); }
};

std::size_t allocated() {
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

/// Empties the caches of the processor: else what was just read would be in them when there is
/// little of it, and sizes could not be compared.
void empty_caches() {
  static std::vector<std::uint64_t> numbers(16U << 20U);  // 128 MiB
  for (std::uint64_t& number : numbers) ++number;
}

Times build(const std::vector<const k8s::Resource*>& resources) {
  empty_caches();
  auto last = Clock::now();
  const auto count = static_cast<double>(resources.size());
  const auto lap = [&] {
    const auto now = Clock::now();
    const double seconds =
        std::chrono::duration<double>(now - std::exchange(last, now)).count();
    return 1e6 * seconds / count;
  };
  const std::size_t before = allocated();
  Times times;
  const k8s::Scope scope(resources);
  times.scope = lap();
  scope.references();
  times.references = lap();
  scope.selection();
  times.selection = lap();
  scope.pairs();
  times.pairs = lap();
  times.bytes = static_cast<double>(allocated() - before) / count;
  return times;
}

/// The best of several builds, so that what else the machine does plays no part.
Times measure(std::size_t size) {
  const auto start = Clock::now();
  const auto files = read_all(size);
  const std::chrono::duration<double> reading = Clock::now() - start;
  std::vector<const k8s::Resource*> resources;
  for (const LoadedFile& file : files) {
    for (const k8s::Resource& resource : file.extraction.resources) {
      resources.push_back(&resource);
    }
  }
  Times best = build(resources);
  const int passes = size > 10'000 ? 3 : 15;
  for (int i = 0; i < passes; ++i) {
    const Times times = build(resources);
    if (times.indexes() < best.indexes()) best = times;
  }
  best.reading = 1e6 * reading.count() / static_cast<double>(size);
  return best;
}

}  // namespace

int main() {
  fmt::print("microseconds a resource\n{:>10} {:>8} {:>8} {:>11} {:>10} {:>8} {:>8} {:>12}\n",
             "resources", "reading", "scope", "references", "selection", "pairs", "all",
             "index bytes");
  double smallest = 0;
  double largest = 0;
  for (const std::size_t size : kSizes) {
    const Times times = measure(size);
    fmt::print("{:>10} {:>8.2f} {:>8.2f} {:>11.2f} {:>10.2f} {:>8.2f} {:>8.2f} {:>12.0f}\n",
               size, times.reading, times.scope, times.references, times.selection, times.pairs,
               times.all(), times.bytes);
    if (smallest == 0) smallest = times.all();
    largest = times.all();
  }
  fmt::print("the largest takes {:.2f} times as long a resource as the smallest\n",
             largest / smallest);
}
