#include <string_view>
#include <vector>

#include "cel/value_build.h"
#include "cel/value_read.h"
#include "k8s/pre_stop.h"
#include "k8s/scope.h"
#include "k8s/selection.h"
#include "k8s/serving.h"
#include "rules/document_adapter.h"
#include "rules/functions/judged.h"
#include "rules/functions/topics.h"

namespace tidewaiter::rules {
namespace {

using cel::CallContext;
using cel::Value;

Value pre_stop_sleep(CallContext& call, std::span<const Value> args) {
  const yaml::Node* const hook = node_of(args[0]);
  if (hook == nullptr) return cel::make_error(call.arena, "The hook is no node of a manifest.");
  return Value::floating(k8s::pre_stop_sleep(*hook));
}

Value serving_containers(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  std::vector<std::string_view> helper_ports;
  for (std::uint32_t i = 0; i < cel::size_of(args[0]); ++i) {
    const Value name = cel::item_at(args[0], i);
    if (name.is(cel::ValueKind::kString)) helper_ports.push_back(name.as_string());
  }
  cel::ListBuilder list(call.arena);
  for (const yaml::Node* const container :
       k8s::serving_containers(*context->resource, *context->scope, helper_ports)) {
    list.add(value_of(*container));
  }
  return list.build();
}

Value selects_any_pod(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  const yaml::Node* const selector = node_of(args[0]);
  if (context == nullptr || selector == nullptr) {
    return cel::make_error(call.arena,
                           "selectsAnyPod() needs a label selector of the resource that is "
                           "judged.");
  }
  return Value::boolean(
      context->scope->selection().any_pod_matches(*selector, context->resource->namespace_));
}

}  // namespace

void add_pods_functions(cel::FunctionRegistry& registry) {
  registry.add("preStopSleep(dyn) -> double", cel::Purity::kPure, pre_stop_sleep,
               "The seconds that a preStop hook surely sleeps; 0 if nothing is known.");
  registry.add("servingContainers(list(string)) -> list(dyn)", cel::Purity::kContext,
               serving_containers,
               "The main containers that serve requests: those with a port, not counting ports "
               "of the given names that no Service targets; without any, the first container "
               "if a Service of the scope selects the pod.");
  registry.add("selectsAnyPod(dyn) -> bool", cel::Purity::kContext, selects_any_pod,
               "Whether a label selector matches a pod or pod template of the scope in the "
               "namespace of the resource that is judged.");
  add_scaling_functions(registry);
}

}  // namespace tidewaiter::rules
