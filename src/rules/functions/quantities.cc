#include <fmt/core.h>

#include <string>

#include "cel/value_build.h"
#include "k8s/container_resources.h"
#include "k8s/quantity.h"
#include "k8s/quantity_uses.h"
#include "rules/document_adapter.h"
#include "rules/functions/judged.h"
#include "rules/functions/rows.h"
#include "rules/functions/topics.h"

namespace tidewaiter::rules {

namespace {

using cel::CallContext;
using cel::Value;
using k8s::QuantityFault;
using Pair = Row<k8s::ResourcePair>;
using Use = Row<k8s::QuantityUse>;

Value text_with_place(const yaml::Node* node, cel::Arena& arena) {
  if (node == nullptr) return Value::absent();
  return cel::make_string(arena, k8s::quantity_text(*node)).with_origin(node);
}

constexpr Field<Pair> kPairFields[] = {
    {"resource", [](const Pair& p) { return Value::string(p.facts.resource()); }},
    {"owner", [](const Pair& p) { return value_of(*p.facts.owner); }},
    {"ofPod", [](const Pair& p) { return Value::boolean(p.facts.of_pod); }},
    {"overcommittable",
     [](const Pair& p) { return Value::boolean(k8s::is_overcommittable(p.facts.resource())); }},
    {"request", [](const Pair& p) { return text_with_place(p.facts.request, *p.arena); }},
    {"limit", [](const Pair& p) { return text_with_place(p.facts.limit, *p.arena); }},
};

Value resource_pairs(CallContext& call, std::span<const Value> args) {
  static const FieldAdapter<Pair> kAdapter(kPairFields);
  const yaml::Node* const pod = node_of(args[0]);
  if (pod == nullptr) return cel::make_error(call.arena, "The pod is no node of a manifest.");
  return row_list(call.arena, k8s::resource_pairs(*pod), kAdapter);
}

Value name_of_container(const Use& use) {
  const yaml::Node* const container = use.facts.container;
  const yaml::Node* const name = container == nullptr ? nullptr : container->find("name");
  return Value::string(name == nullptr ? std::string_view() : name->as_string());
}

/// What the list of the use asks of memory; "" where it has none, or the use is in no list.
Value memory_beside(const Use& use) {
  const yaml::Node* const list = use.facts.in_list ? use.facts.node->parent() : nullptr;
  const yaml::Node* const memory = list == nullptr ? nullptr : list->find("memory");
  return memory == nullptr ? Value::string({}) : text_with_place(memory, *use.arena);
}

Value suggestion(const Use& use) {
  if (use.facts.fault != QuantityFault::kInvalid) return Value::absent();
  return cel::make_string(
      *use.arena,
      k8s::quantity_suggestion(k8s::quantity_text(*use.facts.node), use.facts.resource()));
}

Value if_valid(const Use& use, bool fact) {
  return use.facts.fault == QuantityFault::kInvalid ? Value::absent() : Value::boolean(fact);
}

constexpr Field<Use> kUseFields[] = {
    {"value", [](const Use& u) { return text_with_place(u.facts.node, *u.arena); }},
    {"what", [](const Use& u) { return Value::string(k8s::name_of(u.facts.role)); }},
    {"resource", [](const Use& u) { return Value::string(u.facts.resource()); }},
    {"container", name_of_container},
    {"ofPod", [](const Use& u) { return Value::boolean(u.facts.of_pod); }},
    {"memory", memory_beside},
    {"problem", [](const Use& u) { return Value::string(k8s::name_of(u.facts.fault)); }},
    {"suggestion", suggestion},
    {"whole", [](const Use& u) { return if_valid(u, u.facts.is_whole); }},
    {"wholeMilli", [](const Use& u) { return if_valid(u, u.facts.is_whole_milli); }},
};

Value quantity_uses(CallContext& call, std::span<const Value>) {
  static const FieldAdapter<Use> kAdapter(kUseFields);
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  return row_list(call.arena, k8s::quantity_uses(*context->resource), kAdapter);
}

/// left > factor × right; the factor is a number as JSON would write it.
Value exceeds(CallContext& call, std::span<const Value> args) {
  const auto left = k8s::parse_quantity(args[0].as_string());
  const auto right = k8s::parse_quantity(args[1].as_string());
  const std::string text =
      args[2].is(cel::ValueKind::kInt)      ? fmt::format("{}", args[2].as_int())
      : args[2].is(cel::ValueKind::kDouble) ? fmt::format("{}", args[2].as_double())
                                            : std::string();
  const auto factor = k8s::parse_quantity(text);
  if (!left || !right || !factor) {
    return cel::make_error(call.arena, "exceeds() needs two quantities and a number.");
  }
  const auto product = k8s::Quantity::product(*right, *factor);
  if (!product) return cel::make_error(call.arena, "The product has too many digits.");
  return Value::boolean(*left > *product);
}

}  // namespace

void add_quantities_functions(cel::FunctionRegistry& registry) {
  using cel::Purity;
  registry.add("resourcePairs(dyn) -> list(map(string, dyn))", Purity::kPure, resource_pairs,
               "Every resource that a container of a pod, or the pod itself, writes: resource, "
               "owner, ofPod, overcommittable, and request and limit where written, as texts "
               "with their places.");
  registry.add(
      "quantityUses() -> list(map(string, dyn))", Purity::kContext, quantity_uses,
      "Every quantity of the resource that is judged: value, the text with its place; what "
      "(request, limit, overhead, storage, capacity, sizeLimit, divisor, quota, limit "
      "range, ratio, metric); resource and container, '' where there is none; ofPod; memory, "
      "what stands for memory in the same list, or ''; problem "
      "('invalid', 'negative', 'fraction' or ''), and suggestion of an invalid one; whole and "
      "wholeMilli of a valid one.");
  registry.add("exceeds(string, string, dyn) -> bool", Purity::kPure, exceeds,
               "Whether the first quantity is above the second multiplied by a number; exact.");
}

}  // namespace tidewaiter::rules
