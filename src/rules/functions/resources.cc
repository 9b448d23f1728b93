#include <fmt/core.h>

#include <string>

#include "cel/value_build.h"
#include "cel/value_read.h"
#include "k8s/container_resources.h"
#include "k8s/effective_resources.h"
#include "k8s/qos.h"
#include "k8s/scope.h"
#include "rules/document_adapter.h"
#include "rules/functions/judged.h"
#include "rules/functions/resource_of.h"
#include "rules/functions/topics.h"

namespace tidewaiter::rules {

namespace {

using cel::CallContext;
using cel::Value;

/// A function of a pod spec and its surroundings.
template <Value (*function)(CallContext&, const yaml::Node&, const k8s::PodSurroundings&)>
Value of_pod(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  const yaml::Node* const pod = node_of(args[0]);
  if (pod == nullptr) return cel::make_error(call.arena, "The pod is no node of a manifest.");
  return function(call, *pod, surroundings_of(*context, resource_of(*context, *pod)));
}

/// Amounts by resource: texts whose place is that of the amount.
Value amounts_map(CallContext& call, const std::vector<k8s::EffectiveAmount>& amounts) {
  cel::MapBuilder map(call.arena);
  for (const k8s::EffectiveAmount& amount : amounts) {
    const auto text = amount.amount.canonical();
    if (!text) continue;
    map.add(Value::string(amount.resource),
            cel::make_string(call.arena, *text).with_origin(amount.at));
  }
  return map.build();
}

Value effective_requests(CallContext& call, const yaml::Node& pod,
                         const k8s::PodSurroundings& surroundings) {
  return amounts_map(call, k8s::effective_requests(pod, surroundings));
}

Value effective_limits(CallContext& call, const yaml::Node& pod,
                       const k8s::PodSurroundings& surroundings) {
  return amounts_map(call, k8s::effective_limits(pod, surroundings));
}

k8s::PodSurroundings without_limit_range(k8s::PodSurroundings surroundings) {
  surroundings.defaults = nullptr;
  return surroundings;
}

Value written_requests(CallContext& call, const yaml::Node& pod,
                       const k8s::PodSurroundings& surroundings) {
  return effective_requests(call, pod, without_limit_range(surroundings));
}

Value written_limits(CallContext& call, const yaml::Node& pod,
                     const k8s::PodSurroundings& surroundings) {
  return effective_limits(call, pod, without_limit_range(surroundings));
}

Value reason_map(CallContext& call, const k8s::QosReason& reason, const yaml::Node& pod) {
  cel::MapBuilder facts(call.arena);
  const yaml::Node* const name = reason.container->find("name");
  const bool of_pod = reason.container == &pod;
  facts.add(Value::string("container"),
            Value::string(of_pod || name == nullptr ? std::string_view() : name->as_string()));
  facts.add(Value::string("resource"), Value::string(reason.resource));
  facts.add(Value::string("problem"), Value::string(k8s::name_of(reason.kind)));
  facts.add(Value::string("at"), value_of(*reason.at));
  facts.add(Value::string("owner"), value_of(*reason.container));
  return facts.build();
}

Value qos_class(CallContext& call, const yaml::Node& pod,
                const k8s::PodSurroundings& surroundings) {
  cel::MapBuilder facts(call.arena);
  const auto qos = k8s::qos_of(pod, surroundings);
  facts.add(Value::string("class"),
            Value::string(qos ? k8s::name_of(qos->qos) : std::string_view()));
  if (qos && qos->not_guaranteed) {
    facts.add(Value::string("notGuaranteed"), reason_map(call, *qos->not_guaranteed, pod));
  }
  if (qos && qos->not_best_effort) {
    facts.add(Value::string("notBestEffort"), reason_map(call, *qos->not_best_effort, pod));
  }
  return facts.build();
}

/// Why a pod is not of a class, as the end of a sentence.
std::string explain(const k8s::QosMisfit& misfit, const yaml::Node& pod) {
  if (!misfit.reason) {
    return misfit.qos == k8s::QosClass::kGuaranteed
               ? "all requests and limits of cpu and memory are equal"
               : "nothing in it has a request or limit of cpu or memory";
  }
  const k8s::QosReason& reason = *misfit.reason;
  const yaml::Node* const name = reason.container->find("name");
  const std::string owner =
      reason.container == &pod
          ? "the pod itself"
          : fmt::format("container '{}'", name == nullptr ? "" : name->as_string());
  using enum k8s::QosReason::Kind;
  switch (reason.kind) {
    case kNoLimit: return fmt::format("{} has no {} limit", owner, reason.resource);
    case kDiffers:
      return fmt::format("the {0} limit of {1} is not its {0} request", reason.resource, owner);
    case kHasResource: break;
  }
  return fmt::format("{} has a request or limit of {}", owner, reason.resource);
}

Value qos_misfit(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  const yaml::Node* const pod = node_of(args[0]);
  if (pod == nullptr) return cel::make_error(call.arena, "The pod is no node of a manifest.");
  const auto qos = k8s::qos_of(*pod, surroundings_of(*context, resource_of(*context, *pod)));
  std::vector<k8s::QosClass> wanted;
  for (std::uint32_t i = 0; i < cel::size_of(args[1]); ++i) {
    const Value name = cel::item_at(args[1], i);
    if (!name.is(cel::ValueKind::kString)) continue;
    if (const auto known = k8s::parse_qos_class(name.as_string())) wanted.push_back(*known);
  }
  const auto misfit = qos ? k8s::qos_misfit(*qos, wanted) : std::nullopt;
  if (!misfit) return cel::optional_none();
  cel::MapBuilder facts(call.arena);
  facts.add(Value::string("class"), Value::string(k8s::name_of(misfit->qos)));
  facts.add(Value::string("because"), cel::make_string(call.arena, explain(*misfit, *pod)));
  if (misfit->reason) {
    facts.add(Value::string("owner"), value_of(*misfit->reason->container));
  }
  return cel::make_optional(call.arena, facts.build());
}

Value nearly_guaranteed(CallContext& call, const yaml::Node& pod,
                        const k8s::PodSurroundings& surroundings) {
  const auto nearly = k8s::nearly_guaranteed(pod, surroundings);
  if (!nearly) return cel::optional_none();
  cel::MapBuilder facts(call.arena);
  facts.add(Value::string("at"), value_of(*nearly->at));
  facts.add(Value::string("isContainer"), Value::boolean(nearly->is_container));
  facts.add(Value::string("reason"), reason_map(call, nearly->reason, pod));
  return cel::make_optional(call.arena, facts.build());
}

Value quantity_value(CallContext& call, const k8s::Quantity& quantity) {
  const auto text = quantity.canonical();
  return text ? cel::make_string(call.arena, *text) : Value::string("a huge amount");
}

Value dominating_inits(CallContext& call, std::span<const Value> args) {
  const yaml::Node* const pod = node_of(args[0]);
  if (pod == nullptr) return cel::make_error(call.arena, "The pod is no node of a manifest.");
  cel::ListBuilder list(call.arena);
  for (const k8s::DominatingInit& init : k8s::dominating_inits(*pod)) {
    cel::ListBuilder resources(call.arena);
    for (const k8s::DominatingInit::Excess& excess : init.resources) {
      cel::MapBuilder facts(call.arena);
      facts.add(Value::string("resource"), Value::string(excess.resource));
      facts.add(Value::string("amount"), quantity_value(call, excess.amount));
      facts.add(Value::string("sum"), quantity_value(call, excess.sum));
      resources.add(facts.build());
    }
    cel::MapBuilder facts(call.arena);
    facts.add(Value::string("container"), value_of(*init.container));
    facts.add(Value::string("resources"), resources.build());
    list.add(facts.build());
  }
  return list.build();
}

enum class List : std::uint8_t { kRequests, kLimits };

template <List which>
Value has_amount(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  const yaml::Node* const container = node_of(args[0]);
  if (container == nullptr) {
    return cel::make_error(call.arena, "The container is no node of a manifest.");
  }
  const std::string_view resource = args[1].as_string();
  const k8s::Resource& owner = resource_of(*context, *container);
  const k8s::PodSurroundings around = surroundings_of(*context, owner);
  const auto amounts_of = which == List::kRequests ? k8s::requests_of : k8s::limits_of;
  const auto has = [&](const yaml::Node& part, const k8s::LimitDefaults* defaults) {
    return k8s::find_amount(amounts_of(part, defaults), resource) != nullptr;
  };
  if (has(*container, around.defaults)) return Value::boolean(true);
  const yaml::Node* const pod = owner.pod;
  return Value::boolean(pod != nullptr && k8s::is_pod_level_resource(resource) &&
                        k8s::pod_level_resources(*pod, around.kubernetes_minor) != nullptr &&
                        has(*pod, nullptr));
}

}  // namespace

void add_resources_functions(cel::FunctionRegistry& registry) {
  using cel::Purity;
  registry.add(
      "hasRequest(dyn, string) -> bool", Purity::kContext, has_amount<List::kRequests>,
      "Whether a container of any resource of the scope has a request of a resource "
      "('cpu'): written, implied by its limit, or supplied by a LimitRange or the pod's "
      "own resources.");
  registry.add("hasLimit(dyn, string) -> bool", Purity::kContext, has_amount<List::kLimits>,
               "As hasRequest, of a limit.");
  registry.add(
      "effectiveRequests(dyn) -> map(string, string)", Purity::kContext,
      of_pod<effective_requests>,
      "What the scheduler reserves for a pod, by resource: init containers, native "
      "sidecars, overhead, LimitRanges and the pod's own resources counted. Each amount "
      "is a quantity's text, with the place of the quantity if one container makes it "
      "up, else of the containers. What cannot be known is left out.");
  registry.add("effectiveLimits(dyn) -> map(string, string)", Purity::kContext,
               of_pod<effective_limits>, "As effectiveRequests, of limits.");
  registry.add("writtenRequests(dyn) -> map(string, string)", Purity::kContext,
               of_pod<written_requests>,
               "As effectiveRequests, without what a LimitRange supplies.");
  registry.add("writtenLimits(dyn) -> map(string, string)", Purity::kContext,
               of_pod<written_limits>, "As writtenRequests, of limits.");
  registry.add(
      "qosClass(dyn) -> map(string, dyn)", Purity::kContext, of_pod<qos_class>,
      "The QoS class of a pod: class ('Guaranteed', 'Burstable', 'BestEffort', or '' where "
      "it cannot be known), and notGuaranteed and notBestEffort, what first keeps the pod out "
      "of these: container ('' for the pod's own resources), resource, problem ('no limit', "
      "'differs', 'has resource'), at, its place, and owner, the container.");
  registry.add(
      "qosMisfit(dyn, list(string)) -> optional_type(map(string, dyn))", Purity::kContext,
      qos_misfit,
      "Why the QoS class of a pod is none of those wanted: class, what it is; because, the end "
      "of a sentence; owner, the container that decides, or the pod for its own resources, "
      "absent where all containers together do. None where the class is wanted or cannot be "
      "known.");
  registry.add(
      "nearlyGuaranteed(dyn) -> optional_type(map(string, dyn))", Purity::kContext,
      of_pod<nearly_guaranteed>,
      "What alone keeps a pod from being Guaranteed: the one container that differs from "
      "all others, or the one limit that nearly is its request; at, isContainer, and reason "
      "as in qosClass.");
  registry.add("dominatingInits(dyn) -> list(map(string, dyn))", Purity::kPure,
               dominating_inits,
               "The init containers of a pod that request more than everything that runs later "
               "together: container, and resources, each with resource, amount and sum.");
  add_quantities_functions(registry);
}

}  // namespace tidewaiter::rules
