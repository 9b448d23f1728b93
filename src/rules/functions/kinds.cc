#include "k8s/builtin_kinds.h"

#include "cel/value_build.h"
#include "rules/functions/topics.h"
#include "rules/rule_context.h"

namespace tidewaiter::rules {

namespace {

using cel::CallContext;
using cel::Value;

Value kind_scope(CallContext&, std::span<const Value> args) {
  const std::string_view api_version = args[0].as_string();
  const auto slash = api_version.find('/');
  const std::string_view group =
      slash == std::string_view::npos ? std::string_view{} : api_version.substr(0, slash);
  switch (k8s::scope_of_kind(group, args[1].as_string())) {
    case k8s::KindScope::kNamespaced: return Value::string("Namespaced");
    case k8s::KindScope::kCluster: return Value::string("Cluster");
    case k8s::KindScope::kUnknown: break;
  }
  return Value::string("");
}

Value kubernetes_minor(CallContext& call, std::span<const Value>) {
  const auto* const context = static_cast<const RuleContext*>(call.context);
  if (context == nullptr) {
    return cel::make_error(call.arena, "kubernetesMinor() needs a resource that is judged.");
  }
  return Value::integer(context->kubernetes_minor);
}

}  // namespace

void add_kinds_functions(cel::FunctionRegistry& registry) {
  registry.add("kindScope(string, string) -> string", cel::Purity::kPure, kind_scope,
               "'Namespaced' or 'Cluster' for an apiVersion and kind that Kubernetes serves "
               "itself, '' for any other.");
  registry.add("kubernetesMinor() -> int", cel::Purity::kContext, kubernetes_minor,
               "The minor of the target version (kubernetesVersion): 34 for 1.34.");
}

}  // namespace tidewaiter::rules
