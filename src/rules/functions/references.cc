#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "cel/value_build.h"
#include "k8s/pairs.h"
#include "k8s/reference_graph.h"
#include "k8s/scope.h"
#include "k8s/selection.h"
#include "rules/document_adapter.h"
#include "rules/functions/asked.h"
#include "rules/functions/graph_values.h"
#include "rules/functions/judged.h"
#include "rules/functions/topics.h"

namespace tidewaiter::rules {
namespace {

using cel::CallContext;
using cel::Value;
using k8s::ReferenceGraph;

constexpr std::uint32_t kNone = ReferenceGraph::kNone;

Value empty_list(CallContext& call) {
  return cel::make_list(call.arena, {});
}
Value null_value(CallContext&) {
  return Value::null();
}

Value too_many(CallContext& call, std::string_view function) {
  return cel::make_error(call.arena,
                         fmt::format("There are too many for {}() to tell them all.", function),
                         cel::ErrorCause::kLimit);
}

Value references(CallContext& call, const Asked& asked, std::span<const Value> args) {
  const auto all = asked.context->scope->references().references_of(asked.number);
  call.spend(all.size());
  cel::ListBuilder list(call.arena, all.size());
  for (const k8s::Reference& reference : all) {
    const bool is_asked = args.size() < 2 || name_of(reference.relation) == args[1].as_string();
    if (is_asked) list.add(reference_value(reference));
  }
  return list.build();
}

Value incoming(CallContext& call, const Asked& asked, std::span<const Value> args) {
  const ReferenceGraph& graph = asked.context->scope->references();
  const auto found = args.size() < 2 ? graph.incoming(asked.number)
                                     : graph.incoming(asked.number, pattern_of(args[1]));
  return reference_list(call.arena, graph, found);
}

Value referenced_by(CallContext& call, const Asked& asked, std::span<const Value> args) {
  const ReferenceGraph& graph = asked.context->scope->references();
  const auto found = graph.incoming(asked.number, pattern_of(args[1]));
  if (found.size() > k8s::Selection::kMostCandidates) return too_many(call, "referencedBy");
  call.spend(found.size());
  cel::ListBuilder list(call.arena);
  std::uint32_t last = kNone;  // the references of one resource follow each other
  for (const std::uint32_t reference : found) {
    const std::uint32_t from = graph.references()[reference].from;
    if (from != last) list.add(value_of(*graph.resource(from).object));
    last = from;
  }
  return list.build();
}

Value same_target(CallContext& call, const Asked& asked, std::span<const Value> args) {
  const ReferenceGraph& graph = asked.context->scope->references();
  const k8s::KindPattern kind = pattern_of(args[1]);
  cel::ListBuilder list(call.arena);
  for (const k8s::Reference& reference : graph.references_of(asked.number)) {
    const auto all = graph.scaling_same(graph.number_of(reference));
    if (!call.spend(all.size())) return too_many(call, "sameTarget");
    for (const std::uint32_t other : all) {
      const k8s::Resource& from = graph.resource(graph.references()[other].from);
      if (&from != &asked.resource() && kind.matches(from.group, from.kind)) {
        list.add(value_of(*from.object));
      }
    }
  }
  return list.build();
}

Value creates(CallContext& call, const Asked& asked, std::span<const Value>) {
  cel::ListBuilder list(call.arena);
  for (const k8s::Product& product :
       asked.context->scope->references().products_of(asked.number)) {
    list.add(product_value(product));
  }
  return list.build();
}

/// Products of one name have one list of users, which is given once.
Value product_users(CallContext& call, const Asked& asked, std::span<const Value>) {
  const ReferenceGraph& graph = asked.context->scope->references();
  cel::ListBuilder list(call.arena);
  for (const k8s::Product& product : graph.products_of(asked.number)) {
    const auto users = graph.users_of(graph.number_of(product));
    if (!call.spend(users.size())) return too_many(call, "productUsers");
    for (const std::uint32_t user : users) {
      list.add(reference_value(graph.references()[user]));
    }
  }
  return list.build();
}

Value mounted_by(CallContext&, const Asked& asked, std::span<const Value>) {
  const k8s::Resource* const from = asked.context->scope->references().mounter_of(asked.number);
  return from == nullptr ? Value::null() : value_of(*from->object);
}

Value selects(CallContext& call, const Asked& asked, std::span<const Value>) {
  const k8s::Scope& scope = *asked.context->scope;
  const auto pods = scope.selection().selected_by(asked.number);
  return pods ? object_list(call.arena, scope.all(), *pods) : too_many(call, "selects");
}

Value selected_by(CallContext& call, const Asked& asked, std::span<const Value> args) {
  const k8s::Scope& scope = *asked.context->scope;
  std::vector<std::uint32_t> buffer;
  auto found = scope.selection().selecting(asked.number, pattern_of(args[1]), buffer);
  if (!found) return too_many(call, "selectedBy");
  if (found->data() == buffer.data()) {
    call.spend(found->size());
    const auto kept = call.arena.make_array<std::uint32_t>(buffer.size());
    std::copy_n(buffer.begin(), kept.size(), kept.begin());
    found = kept;
  }
  return object_list(call.arena, scope.all(), *found);
}

Value earlier(CallContext& call, const Asked& asked, std::span<const Value> args) {
  const auto relation = k8s::pair_relation_named(args[1].as_string());
  if (!relation) {
    return cel::make_error(call.arena,
                           fmt::format("There is no relation '{}'; write 'duplicate', "
                                       "'autoscaler', 'budget', 'workload', 'service' or "
                                       "'ingressPath'.",
                                       args[1].as_string()));
  }
  const k8s::Scope& scope = *asked.context->scope;
  const auto object = [&](std::uint32_t number) {
    return number == k8s::Pair::kNone ? Value::null() : value_of(*scope.all()[number]->object);
  };
  cel::ListBuilder list(call.arena);
  const auto source = [&](std::uint32_t number) { return scope.all()[number]->source; };
  for (const k8s::Pair& pair : scope.pairs().of(*relation, asked.number)) {
    cel::MapBuilder facts(call.arena);
    facts.add(Value::string("at"), value_of(*pair.at));
    facts.add(Value::string("first"), object(pair.first));
    facts.add(Value::string("firstAt"), value_of(*pair.first_at));
    facts.add(Value::string("via"), object(pair.via));
    facts.add(Value::string("together"), Value::boolean(pair.is_one_unit));
    facts.add(Value::string("sameFile"),
              Value::boolean(source(pair.later) == source(pair.first)));
    list.add(facts.build());
  }
  return list.build();
}

Value together(CallContext&, const Asked& asked, std::span<const Value>) {
  return Value::boolean(
      k8s::are_together(*asked.context->scope, asked.resource(), *asked.context->resource));
}

Value copies(CallContext& call, const Asked& asked, std::span<const Value>) {
  const auto same = asked.context->scope->same_identity(asked.resource());
  if (!call.spend(same.size())) return too_many(call, "copies");
  cel::ListBuilder list(call.arena, same.size());
  for (const k8s::Resource* const resource : same) list.add(value_of(*resource->object));
  return list.build();
}

Value pod_spec(CallContext&, const Asked& asked, std::span<const Value>) {
  const k8s::Resource& resource = asked.resource();
  return resource.pod == nullptr ? absent_mapping(*resource.object) : value_of(*resource.pod);
}

Value pod_metadata(CallContext&, const Asked& asked, std::span<const Value>) {
  const k8s::Resource& resource = asked.resource();
  return resource.pod_meta == nullptr ? absent_mapping(*resource.object)
                                      : value_of(*resource.pod_meta);
}

Value scope_get(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  const k8s::Resource* const found = context->scope->find(
      k8s::parse_kind_pattern(args[0].as_string()), args[1].as_string(), args[2].as_string());
  return found == nullptr ? Value::null() : value_of(*found->object);
}

Value scope_has(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  const k8s::KindPattern kind = k8s::parse_kind_pattern(args[0].as_string());
  return Value::boolean(args.size() < 2 ? context->scope->has(kind)
                                        : context->scope->has(kind, args[1].as_string()));
}

Value scope_creates(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  const ReferenceGraph& graph = context->scope->references();
  return product_list(
      call.arena, graph,
      graph.products_named(args[0].as_string(), args[1].as_string(), args[2].as_string()));
}

Value scope_has_pods(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  return Value::boolean(context->scope->selection().has_pods(args[0].as_string()));
}

Value scope_has_hidden_pods(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  return Value::boolean(context->scope->has_hidden_pods(args[0].as_string()));
}

Value scope_is_one_unit(CallContext& call, std::span<const Value>) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  return Value::boolean(context->scope->is_one_unit());
}

Value scope_all(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  const auto found = context->scope->of_kind(k8s::parse_kind_pattern(args[0].as_string()));
  call.spend(found.size());
  cel::ListBuilder list(call.arena, found.size());
  for (const k8s::Resource* const resource : found) list.add(value_of(*resource->object));
  return list.build();
}

void add_outgoing(cel::FunctionRegistry& registry) {
  using cel::Purity;
  registry.add(
      "dyn.references() -> list(dyn)", Purity::kContext, of_resource<references, empty_list>,
      "What a resource refers to by name, in the order of the text: relation, verb (in "
      "words: 'reads', 'mounts'), kind, "
      "group, name, namespace, key ('' where there is none; of a backend the port), "
      "optional, mounted (in a volume that a container mounts), node (the mapping that "
      "refers), within (its container or volume, or null), entry (the same, but of env "
      "its entry), what (that is 'Env', 'Container', 'Volume' or ''), from, target (the "
      "resource "
      "of the scope that it finds, or null), createdBy (what makes the object, as "
      "scope.creates), dangling (nothing of the scope is it or makes it although there "
      "are others of the kind in its namespace) and lacksKey (all keys are known and "
      "this is none of them). All have their places.");
  registry.add("dyn.references(string) -> list(dyn)", Purity::kContext,
               of_resource<references, empty_list>,
               "Those of one relation: scaleTarget, backend, resourceBackend, tls, env, "
               "envFrom, volume, volumeItem, imagePullSecret, mountCredential, claim, "
               "serviceAccount, secretProviderClass, priorityClass, runtimeClass, serviceName, "
               "role, subject, accountSecret or store.");
  registry.add("dyn.creates() -> list(dyn)", Purity::kContext, of_resource<creates, empty_list>,
               "What a resource makes in the cluster: the Secrets of a SecretProviderClass, "
               "ExternalSecret, SealedSecret or Certificate, the claims of a StatefulSet; as "
               "scope.creates.");
  registry.add("dyn.productUsers() -> list(dyn)", Purity::kContext,
               of_resource<product_users, empty_list>,
               "The references to what a resource makes, as references().");
  registry.add("dyn.sameTarget(string) -> list(dyn)", Purity::kContext,
               of_resource<same_target, empty_list>,
               "The other autoscalers of a kind that scale the same target, whether the scope "
               "has it or not.");
}

void add_incoming(cel::FunctionRegistry& registry) {
  using cel::Purity;
  registry.add("dyn.referencedBy(string) -> list(dyn)", Purity::kContext,
               of_resource<referenced_by, empty_list>,
               "The resources of a kind ('HorizontalPodAutoscaler', '*') that refer to a "
               "resource by name, each once.");
  registry.add("dyn.incoming() -> list(dyn)", Purity::kContext,
               of_resource<incoming, empty_list>,
               "The references that find a resource, as references(), by kind of what refers.");
  registry.add("dyn.incoming(string) -> list(dyn)", Purity::kContext,
               of_resource<incoming, empty_list>, "Those of resources of one kind.");
  registry.add("dyn.mountedBy() -> dyn", Purity::kContext, of_resource<mounted_by, null_value>,
               "The first pod or workload with a container that mounts a resource (a "
               "SecretProviderClass, ConfigMap, Secret or claim), or null.");
  registry.add("dyn.selects() -> list(dyn)", Purity::kContext, of_resource<selects, empty_list>,
               "The pods and workloads whose pods the selector of a Service, "
               "PodDisruptionBudget, NetworkPolicy or workload matches, in its namespace.");
  registry.add("dyn.selectedBy(string) -> list(dyn)", Purity::kContext,
               of_resource<selected_by, empty_list>,
               "The resources of a kind ('Service') whose selector matches the pods of a "
               "workload.");
  registry.add(
      "dyn.earlier(string) -> list(dyn)", Purity::kContext, of_resource<earlier, empty_list>,
      "The pairs that a resource forms with an earlier one: at (its part of the pair), "
      "first (the earlier resource), firstAt, via (of budgets the workload, else null) "
      "together (in one folder) and sameFile. Relations: duplicate, autoscaler, budget, "
      "workload, service, ingressPath.");
  registry.add("dyn.together() -> bool", Purity::kContext, of_resource<together, false_value>,
               "Whether a resource is surely deployed together with the one that is judged: "
               "they lie in one folder, or one kustomization lists or one chart holds both.");
  registry.add("dyn.copies() -> list(dyn)", Purity::kContext, of_resource<copies, empty_list>,
               "All definitions of one resource (same group, kind, namespace and name) in the "
               "scope, itself included.");
  registry.add("dyn.podSpec() -> dyn", Purity::kContext, of_resource<pod_spec, null_value>,
               "The pod spec of any resource of the scope; empty where it has none.");
  registry.add("dyn.podMetadata() -> dyn", Purity::kContext,
               of_resource<pod_metadata, null_value>,
               "The metadata of its pods; empty where it has none.");
}

}  // namespace

void add_references_functions(cel::FunctionRegistry& registry) {
  using cel::Purity;
  add_outgoing(registry);
  add_incoming(registry);
  registry.add(
      "scope.get(string, string, string) -> dyn", Purity::kContext, scope_get,
      "The resource of a kind ('Service', 'batch/Job'), namespace ('' is unset) and name "
      "that a reference in this scope finds, or null.");
  registry.add("scope.has(string) -> bool", Purity::kContext, scope_has,
               "Whether the scope has a resource of a kind ('Service', 'batch/Job', '*/Job').");
  registry.add("scope.has(string, string) -> bool", Purity::kContext, scope_has,
               "Whether it has one in a namespace ('' is unset).");
  registry.add("scope.creates(string, string, string) -> list(dyn)", Purity::kContext,
               scope_creates,
               "What makes the Secret, ConfigMap or PersistentVolumeClaim of a namespace and "
               "name: kind, namespace, name, by (the resource, or null for a kustomization), "
               "node (the item of secretObjects, the generator ...), keysKnown, and keys.");
  registry.add("scope.hasPods(string) -> bool", Purity::kContext, scope_has_pods,
               "Whether a namespace ('' is unset) has pods or workloads in the scope.");
  registry.add(
      "scope.hasHiddenPods(string) -> bool", Purity::kContext, scope_has_hidden_pods,
      "Whether a namespace may have pods that the scope does not show, so that what "
      "selects nothing here may select those: a custom resource makes them, an overlay "
      "of the run has more, or something that is listed was not read.");
  registry.add(
      "scope.isOneUnit() -> bool", Purity::kContext, scope_is_one_unit,
      "Whether one kustomization lists all of the scope, or one chart holds it: then it "
      "is surely deployed together, in whichever folders it lies.");
  registry.add("scope.all(string) -> list(dyn)", Purity::kContext, scope_all,
               "All resources of a kind in the scope; for rules of your own, as it is walked "
               "for every resource that is judged.");
  add_overlays_functions(registry);
  add_files_functions(registry);
}

}  // namespace tidewaiter::rules
