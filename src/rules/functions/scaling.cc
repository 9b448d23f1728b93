#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "cel/value_build.h"
#include "k8s/int_or_percent.h"
#include "k8s/replicas.h"
#include "k8s/utilization.h"
#include "rules/functions/asked.h"
#include "rules/functions/topics.h"

namespace tidewaiter::rules {
namespace {

using cel::CallContext;
using cel::Value;

Value object_or_null(const k8s::Resource* resource) {
  return resource == nullptr ? Value::null() : value_of(*resource->object);
}

Value autoscaler(CallContext& call, std::span<const Value>) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  const auto number = context->scope->number_of(*context->resource->object);
  return object_or_null(number ? context->scope->references().autoscaler_of(*number) : nullptr);
}

Value nothing_known(CallContext& call) {
  return cel::MapBuilder(call.arena).build();
}

Value replicas(CallContext& call, const Asked& asked, std::span<const Value>) {
  const auto found = k8s::replicas_of(*asked.context->scope, asked.number);
  if (!found) return nothing_known(call);
  cel::MapBuilder facts(call.arena);
  const auto add = [&](std::string_view name, const std::optional<k8s::ReplicaCount>& count) {
    if (!count) return;
    facts.add(Value::string(name), Value::integer(count->value).with_origin(count->at));
  };
  add("least", found->least);
  add("most", found->most);
  facts.add(Value::string("scaler"), object_or_null(found->scaler));
  return facts.build();
}

/// Of an IntOrString field and the number of pods that it is about.
template <k8s::Rounding rounding>
Value scaled(CallContext& call, std::span<const Value> args) {
  if (args[0].is(cel::ValueKind::kInt)) return cel::make_optional(call.arena, args[0]);
  if (!args[0].is(cel::ValueKind::kString)) return cel::optional_none();
  const auto pods = k8s::scaled_percentage(args[0].as_string(), args[1].as_int(), rounding);
  if (!pods) return cel::optional_none();
  return cel::make_optional(call.arena, Value::integer(*pods).with_origin(args[0].origin()));
}

Value nodes_list(CallContext& call, const std::vector<const yaml::Node*>& nodes) {
  cel::ListBuilder list(call.arena, nodes.size());
  for (const yaml::Node* const node : nodes) list.add(value_of(*node));
  return list.build();
}

Value utilization_base(CallContext& call, const Asked& asked, std::span<const Value> args) {
  const k8s::Resource& resource = asked.resource();
  if (resource.pod == nullptr) return nothing_known(call);
  const auto container =
      args.size() > 2 ? std::optional(args[2].as_string()) : std::optional<std::string_view>();
  const auto base = k8s::utilization_base(
      *resource.pod, surroundings_of(*asked.context, resource), args[1].as_string(), container);
  call.spend(base.containers.size());
  cel::MapBuilder facts(call.arena);
  const auto add = [&](std::string_view name, const std::optional<k8s::Quantity>& quantity) {
    const auto text = quantity ? quantity->canonical() : std::nullopt;
    if (text) facts.add(Value::string(name), cel::make_string(call.arena, *text));
  };
  facts.add(Value::string("containers"), nodes_list(call, base.containers));
  facts.add(Value::string("lacking"), nodes_list(call, base.lacking));
  add("request", base.request);
  add("limit", base.limit);
  facts.add(Value::string("limits"), nodes_list(call, base.limits));
  return facts.build();
}

}  // namespace

void add_scaling_functions(cel::FunctionRegistry& registry) {
  registry.add("autoscaler() -> dyn", cel::Purity::kContext, autoscaler,
               "The HorizontalPodAutoscaler or ScaledObject of the scope that scales the "
               "resource that is judged, or null.");
  registry.add(
      "dyn.replicas() -> map(string, dyn)", cel::Purity::kContext,
      of_resource<replicas, nothing_known>,
      "How many replicas a Deployment, StatefulSet, ReplicaSet or ReplicationController of the "
      "scope has: least and most, each with the place that says it or leaves it to the "
      "default, "
      "absent where that is no number; and scaler, the HorizontalPodAutoscaler or ScaledObject "
      "whose bounds these are, or null where the workload says them itself. An explicit 0 "
      "switches a HorizontalPodAutoscaler off. Empty for other kinds, which have no scale.");
  registry.add("scaledUp(dyn, int) -> optional_type(int)", cel::Purity::kPure,
               scaled<k8s::Rounding::kUp>,
               "How many of so many pods a field such as maxSurge means, or minAvailable and "
               "maxUnavailable of a PodDisruptionBudget: a whole number as it is, a percentage "
               "rounded up. None for any other value.");
  registry.add("scaledDown(dyn, int) -> optional_type(int)", cel::Purity::kPure,
               scaled<k8s::Rounding::kDown>,
               "As scaledUp, rounded down as maxUnavailable of a rollout is.");
  registry.add(
      "dyn.utilizationBase(string) -> map(string, dyn)", cel::Purity::kContext,
      of_resource<utilization_base, nothing_known>,
      "What the use of a resource ('cpu') by the pods of a workload is measured against when "
      "an autoscaler looks at its utilization: containers, those that count; lacking, those "
      "without a request that they need; request, what is 100 %, and limit, the most that can "
      "be used, as texts, absent where there is none or it is not known; limits, the amounts "
      "that make it up. LimitRanges and the pod's own resources count. Empty without pods.");
  registry.add("dyn.utilizationBase(string, string) -> map(string, dyn)", cel::Purity::kContext,
               of_resource<utilization_base, nothing_known>,
               "Of its container of that name alone, as a ContainerResource metric has it.");
}

}  // namespace tidewaiter::rules
