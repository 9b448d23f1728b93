// Any bytes as an expression and a document: compiling for any Kubernetes, evaluating, blaming
// and locating must neither crash nor hang, and an error lies in the text.
//
// Input: a byte of options, a byte that chooses the Kubernetes minor, the expression, and after
// a zero byte the document (YAML); without one, a Pod.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "base/source.h"
#include "cel/authorizer.h"
#include "cel/program.h"
#include "cel/value_build.h"
#include "cel/value_read.h"
#include "rules/document_adapter.h"
#include "yaml/file.h"

namespace {

using tidewaiter::cel::Arena;
using tidewaiter::cel::Environment;
using tidewaiter::cel::Origin;
using tidewaiter::cel::Type;
using tidewaiter::cel::TypeKind;
using tidewaiter::cel::Value;

constexpr std::uint64_t kCost = 50'000;
constexpr std::size_t kMemory = std::size_t{4} << 20;
constexpr std::string_view kPod = R"(apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web, tier: "1"}, annotations: null}
spec:
  replicas: 3
  containers:
    - {name: a, image: "nginx:1.2", resources: {limits: {cpu: 500m, memory: 1Gi}}}
    - {name: b, image: redis, ports: [{containerPort: 80}, {containerPort: 443}], x: 1.5}
)";

/// What the bits of the first byte turn off.
enum Option : unsigned {
  kNoCheck = 1,
  kNoMacros = 2,
  kSpecification = 4,
  kMixedLiterals = 8,
  kStrictPresence = 16,
  kRaw = 32,
};

/// Slots in the order in which environment_for() declares them.
class Variables final : public tidewaiter::cel::Activation {
 public:
  Variables(const tidewaiter::yaml::Node* root, bool raw) {
    const auto& adapter =
        raw ? tidewaiter::rules::raw_document_adapter() : tidewaiter::rules::document_adapter();
    if (root != nullptr) object_ = tidewaiter::rules::value_of(*root, adapter);
  }

  Value variable(std::uint32_t slot) override {
    switch (slot) {
      case 0: return object_;
      case 1: return Value::integer(1);
      case 2: return tidewaiter::cel::find_key(object_, "metadata");
      case 3: return tidewaiter::cel::no_opinion_authorizer();
      case 4: return Value::absent();
      default: return tidewaiter::cel::unknown_authorizer();
    }
  }
  std::uint32_t depth(Origin origin) const override { return origin == nullptr ? 0 : 3; }
  Origin blame_of_variable(std::uint32_t) override { return object_.origin(); }

 private:
  Value object_;
};

const tidewaiter::cel::FunctionRegistry& functions() {
  static const auto kFunctions = [] {
    tidewaiter::cel::FunctionRegistry registry;
    tidewaiter::cel::add_standard_functions(registry);
    tidewaiter::cel::add_authorizer_functions(registry);
    return registry;
  }();
  return kFunctions;
}

Environment environment_for(unsigned options, unsigned minor) {
  Environment environment(functions());
  environment.kubernetes_minor = minor < 20 ? 0 : minor % 40;
  environment.check_types = (options & kNoCheck) == 0;
  environment.macros = (options & kNoMacros) == 0;
  environment.kubernetes_rules = (options & kSpecification) == 0;
  environment.homogeneous_literals = (options & kMixedLiterals) == 0;
  environment.strict_presence = (options & kStrictPresence) != 0;
  environment.limits.cost = kCost;
  environment.declare_object("Meta", {{"name", Type(TypeKind::kString)},
                                      {"labels", *Type::parse("map(string, string)")}});
  environment.declare_prefix("variables");
  environment.declare("object", Type());
  environment.declare("x", Type());
  environment.declare("meta", Type::object("Meta"));
  environment.declare("authorizer", tidewaiter::cel::authorizer_type());
  environment.declare("variables.absent", Type());
  environment.declare("variables.bad", Type());
  return environment;
}

/// The first document of a text.
class Manifest {
 public:
  explicit Manifest(std::string_view text)
      : source_(std::make_shared<const tidewaiter::FileName>(), std::string(text)),
        file_(tidewaiter::yaml::read(source_)) {}

  const tidewaiter::yaml::Node* root() const {
    return file_.documents.empty() ? nullptr : file_.documents.front().root;
  }

 private:
  tidewaiter::Source source_;
  tidewaiter::yaml::File file_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::size_t zero = text.find('\0');
  const bool has_document = zero != std::string_view::npos;
  static const Manifest kPodManifest(kPod);
  const Manifest own(has_document ? text.substr(zero + 1) : std::string_view{});
  text = text.substr(0, zero);

  const auto program = tidewaiter::cel::compile(environment_for(data[0], data[1]), text);
  if (!program) {
    const auto where = program.error().where;
    if (where && (where->end > text.size() || where->begin > where->end)) std::abort();
    return 0;
  }
  Variables variables(has_document ? own.root() : kPodManifest.root(), (data[0] & kRaw) != 0);
  Arena arena(kMemory);
  const Value value = program->evaluate(variables, arena);
  if (value.is_error() && value.as_error()->message.empty()) std::abort();
  arena.reset();
  program->blame(variables, arena);
  arena.reset();
  program->locate(variables, arena);
  return 0;
}
