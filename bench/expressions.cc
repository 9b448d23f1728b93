// Measures what an expression of a rule costs: compiling it, and evaluating it on a manifest,
// in nanoseconds and heap allocations. usage: expression_bench
#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "cel/program.h"
#include "rules/document_adapter.h"
#include "yaml/file.h"

namespace {

std::atomic<std::uint64_t> allocations{0};

}  // namespace

// Every allocation of the program passes here, so that they can be counted.
void* operator new(std::size_t size) {
  ++allocations;
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) std::abort();
  return memory;
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace {

namespace cel = tidewaiter::cel;
using Clock = std::chrono::steady_clock;

constexpr int kBatches = 101;
constexpr int kEvaluations = 1000;  // in a batch, so that the clock's own cost vanishes
constexpr int kCompilations = 20;

struct Typical {
  std::string_view what;
  std::string_view expression;
};

// As rules and policies are written: one or two look-ups and a comparison.
constexpr Typical kTypical[] = {
    {"has()", "has(object.spec.template.spec.serviceAccountName)"},
    {"comparison", "object.spec.replicas >= params.min && object.spec.replicas <= 10"},
    {"all() of containers",
     "object.spec.template.spec.containers.all(c, has(c.resources) && "
     "has(c.resources.limits))"},
    {"label",
     "'team' in object.metadata.labels && object.metadata.labels['app.kubernetes.io/name'] == "
     "'web'"},
    {"text functions",
     "object.metadata.name.startsWith('web-') && !object.metadata.name.contains('_')"},
    {"in", "object.spec.template.spec.restartPolicy in ['Always', 'OnFailure']"},
    {"ternary",
     "has(object.spec.strategy) ? object.spec.strategy.type == 'RollingUpdate' : true"},
    {"optional",
     "object.spec.template.spec.?securityContext.?runAsNonRoot.orValue(false) == true"},
    {"quantities",
     "quantity(object.spec.template.spec.containers[0].resources.limits.memory)"
     ".isLessThan(quantity('2Gi'))"},
    {"arithmetic", "object.spec.replicas * 2 - 1 < params.max + 3"},
};

constexpr std::string_view kManifest = R"(apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-frontend
  namespace: shop
  labels: {app.kubernetes.io/name: web, app.kubernetes.io/part-of: shop, team: checkout}
spec:
  replicas: 3
  strategy: {type: RollingUpdate}
  selector: {matchLabels: {app.kubernetes.io/name: web}}
  template:
    metadata:
      labels: {app.kubernetes.io/name: web}
    spec:
      serviceAccountName: web
      restartPolicy: Always
      securityContext: {runAsNonRoot: true}
      containers:
        - name: web
          image: contoso.azurecr.io/shop/web:1.4.2
          ports: [{containerPort: 8080}]
          resources: {requests: {cpu: 250m, memory: 256Mi}, limits: {memory: 512Mi}}
        - name: proxy
          image: contoso.azurecr.io/shop/proxy:2.0.1
          resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 64Mi}}
)";

class Variables final : public cel::Activation {
 public:
  explicit Variables(const tidewaiter::yaml::Node& root)
      : object_(tidewaiter::rules::value_of(root)) {}

  cel::Value variable(std::uint32_t slot) override {
    return slot == 0 ? object_ : cel::Value::integer(slot == 1 ? 2 : 8);
  }

 private:
  cel::Value object_;
};

struct Cost {
  double nanoseconds = 0;
  double allocations = 0;
};

/// The median of `kBatches` batches of `count` calls, for one call.
template <class Call>
Cost measure(int count, Call&& call) {
  std::vector<double> times;
  call();  // Caches and arenas fill once.
  const std::uint64_t before = allocations;
  std::uint64_t own = 0;
  for (int batch = 0; batch < kBatches; ++batch) {
    const auto start = Clock::now();
    for (int i = 0; i < count; ++i) call();
    const auto end = Clock::now();
    const std::uint64_t counted = allocations;
    times.push_back(std::chrono::duration<double, std::nano>(end - start).count() / count);
    own += allocations - counted;  // of `times`
  }
  const std::uint64_t all = allocations - before - own;
  std::nth_element(times.begin(), times.begin() + kBatches / 2, times.end());
  return {.nanoseconds = times[kBatches / 2],
          .allocations = static_cast<double>(all) / (static_cast<double>(count) * kBatches)};
}

}  // namespace

int main() {
  cel::FunctionRegistry functions;
  cel::add_standard_functions(functions);
  cel::Environment environment(functions);
  environment.declare("object", cel::Type());
  environment.declare("params.min", cel::Type(cel::TypeKind::kInt));
  environment.declare("params.max", cel::Type(cel::TypeKind::kInt));

  const tidewaiter::Source source(std::make_shared<const tidewaiter::FileName>(),
                                  std::string(kManifest));
  const tidewaiter::yaml::File file = tidewaiter::yaml::read(source);
  Variables variables(*file.documents.at(0).root);
  cel::Arena arena;

  fmt::print("{:<20} {:>12} {:>8} {:>12} {:>8}\n", "", "compile ns", "allocs", "evaluate ns",
             "allocs");
  for (const Typical& typical : kTypical) {
    const auto compile = [&] {
      const auto program = cel::compile(environment, typical.expression);
      if (!program) std::abort();
    };
    const auto program = cel::compile(environment, typical.expression);
    if (!program || !program->evaluate(variables, arena).is_true()) {
      fmt::print("{}: not true\n", typical.expression);
      return 1;
    }
    const auto evaluate = [&] {
      program->evaluate(variables, arena);
      arena.reset();
    };
    const Cost compiling = measure(kCompilations, compile);
    const Cost evaluating = measure(kEvaluations, evaluate);
    fmt::print("{:<20} {:>12.0f} {:>8.1f} {:>12.0f} {:>8.3f}\n", typical.what,
               compiling.nanoseconds, compiling.allocations, evaluating.nanoseconds,
               evaluating.allocations);
  }
  return 0;
}
