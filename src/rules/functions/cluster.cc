#include "rules/cluster_settings.h"

#include "cel/value_build.h"
#include "k8s/reference_graph.h"
#include "k8s/scope.h"
#include "k8s/workload_class.h"
#include "rules/document_adapter.h"
#include "rules/functions/judged.h"
#include "rules/functions/topics.h"
#include "rules/node_fit.h"

namespace tidewaiter::rules {

namespace {

using cel::CallContext;
using cel::Value;

constexpr int kLevels = 5;  // of a class in the config, which was checked

Value constant_value(CallContext& call, const Constant& constant, int level = 0) {
  switch (constant.kind) {
    case Constant::Kind::kBool: return Value::boolean(constant.boolean);
    case Constant::Kind::kInt: return Value::integer(constant.integer);
    case Constant::Kind::kDouble: return Value::floating(constant.floating);
    case Constant::Kind::kString: return Value::string(constant.text);
    case Constant::Kind::kList: {
      cel::ListBuilder list(call.arena, constant.items.size());
      if (level < kLevels) {
        for (const Constant& item : constant.items) {
          list.add(constant_value(call, item, level + 1));
        }
      }
      return list.build();
    }
    case Constant::Kind::kMap: {
      cel::MapBuilder map(call.arena);
      for (std::size_t i = 0; level < kLevels && i < constant.keys.size(); ++i) {
        map.add(Value::string(constant.keys[i]),
                constant_value(call, constant.items[i], level + 1));
      }
      return map.build();
    }
    case Constant::Kind::kNull: break;
  }
  return Value::null();
}

const ClusterSettings& cluster_of(const RuleContext& context) {
  return context.cluster != nullptr ? *context.cluster : built_in_cluster_settings();
}

/// The workload whose class a resource has: the target of an autoscaler, else itself. Null when
/// the scope has no such target.
const k8s::Resource* classed_workload(const RuleContext& context) {
  const k8s::Resource& resource = *context.resource;
  const auto number = context.scope->number_of(*resource.object);
  if (resource.is_pod_kind || !number) return &resource;
  const k8s::ReferenceGraph& graph = context.scope->references();
  for (const k8s::Reference& reference : graph.references_of(*number)) {
    if (reference.relation != k8s::Relation::kScaleTarget) continue;
    const std::uint32_t target = graph.target_of(graph.number_of(reference));
    return target == k8s::ReferenceGraph::kNone ? nullptr : &graph.resource(target);
  }
  return &resource;
}

Value workload_class(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  const k8s::Resource* const workload = classed_workload(*context);
  const yaml::Node* const stated =
      workload == nullptr ? nullptr
                          : k8s::stated_workload_class(*workload, args[0].as_string());
  const Constant* const found =
      stated == nullptr ? nullptr : cluster_of(*context).workload_class(stated->as_string());
  if (found == nullptr) return cel::optional_none();
  cel::MapBuilder facts(call.arena);
  facts.add(Value::string("name"), value_of(*stated));
  for (std::size_t i = 0; i < found->keys.size(); ++i) {
    facts.add(Value::string(found->keys[i]), constant_value(call, found->items[i]));
  }
  return cel::make_optional(call.arena, facts.build());
}

Value quantity_text(CallContext& call, const k8s::Quantity& quantity) {
  return cel::make_string(call.arena, quantity.canonical().value_or("a huge amount"));
}

Value node_misfit_facts(CallContext& call, const NodeMisfit& misfit) {
  cel::MapBuilder facts(call.arena);
  facts.add(Value::string("resource"), Value::string(misfit.resource));
  facts.add(Value::string("requested"), quantity_text(call, misfit.requested));
  facts.add(Value::string("allocatable"), quantity_text(call, misfit.allocatable));
  facts.add(Value::string("capacity"), quantity_text(call, misfit.capacity));
  facts.add(Value::string("size"), cel::make_string(call.arena, misfit.size));
  facts.add(Value::string("maxPods"), Value::integer(misfit.max_pods));
  facts.add(Value::string("at"), value_of(*misfit.at));
  facts.add(Value::string("demand"), value_of(*misfit.demand));
  return facts.build();
}

Value node_misfit_of(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  const k8s::Resource& resource = *context->resource;
  if (resource.pod == nullptr) return cel::optional_none();
  NodeChoice choice{.cluster = &cluster_of(*context), .max_pods = args[1].as_int()};
  choice.class_at = k8s::stated_workload_class(resource, args[0].as_string());
  if (choice.class_at != nullptr) {
    choice.workload_class = choice.cluster->workload_class(choice.class_at->as_string());
  }
  const auto misfit = node_misfit(*resource.pod, surroundings_of(*context, resource), choice);
  if (!misfit) return cel::optional_none();
  return cel::make_optional(call.arena, node_misfit_facts(call, *misfit));
}

}  // namespace

void add_cluster_functions(cel::FunctionRegistry& registry) {
  registry.add(
      "workloadClass(string) -> optional_type(map(string, dyn))", cel::Purity::kContext,
      workload_class,
      "The class of the workload that is judged, or of the target of the autoscaler that is "
      "judged, by the label, else annotation, of that key on its pod template, else on itself: "
      "name, with its place, and the fields of the class as in workloadClasses of the config "
      "(requests, limits, qos, hpa, nodePool, vmSizes). None where no known class is stated.");
  registry.add(
      "nodeMisfit(string, int) -> optional_type(map(string, dyn))", cel::Purity::kContext,
      node_misfit_of,
      "Why the pod that is judged fits no VM size that its node selector, its required "
      "affinity or its class (the key of whose label comes first) allows, with so many pods on "
      "a node: resource, requested, allocatable, capacity, size, maxPods; at, the largest "
      "request; demand, what allows only such nodes. None where it fits or that cannot be "
      "known.");
}

}  // namespace tidewaiter::rules
