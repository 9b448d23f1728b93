#include "k8s/api_lifecycle.h"
#include "k8s/builtin_kinds.h"
#include "k8s/group_kind.h"

#include "cel/value_build.h"
#include "rules/functions/topics.h"
#include "rules/rule_context.h"

namespace tidewaiter::rules {

namespace {

using cel::CallContext;
using cel::Value;

Value api_lifecycle(CallContext& call, std::span<const Value> args) {
  const k8s::GroupVersion api = k8s::split_api_version(args[0].as_string());
  const k8s::ApiLifecycle* const found =
      k8s::find_api_lifecycle(api.group, api.version, args[1].as_string());
  if (found == nullptr) return cel::optional_none();
  cel::MapBuilder facts(call.arena);
  const auto add_minor = [&](std::string_view name, std::optional<std::uint32_t> minor) {
    if (minor) facts.add(Value::string(name), Value::integer(*minor));
  };
  add_minor("deprecated", found->deprecated);
  add_minor("removed", found->removed);
  if (!found->replacement.empty()) {
    facts.add(Value::string("replacement"), Value::string(found->replacement));
    facts.add(Value::string("replacementKind"), Value::string(found->replacement_kind));
  }
  return cel::make_optional(call.arena, facts.build());
}

Value kind_scope(CallContext&, std::span<const Value> args) {
  switch (k8s::scope_of_kind(k8s::split_api_version(args[0].as_string()).group,
                             args[1].as_string())) {
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
  registry.add(
      "apiLifecycle(string, string) -> optional_type(map(string, dyn))", cel::Purity::kPure,
      api_lifecycle,
      "When an apiVersion and kind of Kubernetes ends: deprecated and removed (minors: 22 is "
      "1.22; absent: never), replacement (an apiVersion) and replacementKind where there is "
      "one. "
      "None for what Kubernetes goes on to serve, and for custom kinds.");
  registry.add("kubernetesMinor() -> int", cel::Purity::kContext, kubernetes_minor,
               "The minor of the target version (kubernetesVersion): 34 for 1.34.");
}

}  // namespace tidewaiter::rules
