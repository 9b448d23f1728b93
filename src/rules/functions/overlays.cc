// What kustomizations make of the resources of a scope.

#include <algorithm>
#include <cstdint>
#include <unordered_set>
#include <vector>

#include "cel/value_build.h"
#include "k8s/group_kind.h"
#include "k8s/reference_graph.h"
#include "k8s/scope.h"
#include "k8s/scope_facts.h"
#include "k8s/selection.h"
#include "rules/functions/asked.h"
#include "rules/functions/topics.h"

namespace tidewaiter::rules {
namespace {

using cel::CallContext;
using cel::Value;

Value is_patched(CallContext&, const Asked& asked, std::span<const Value>) {
  return Value::boolean(asked.context->scope->is_patched(asked.number));
}

/// Whether something holds for the resource in an overlay, or may: of an overlay that lists
/// what was not read everything does.
template <class Holds>
Value in_overlay(const Asked& asked, const Holds& holds) {
  const k8s::Scope& scope = *asked.context->scope;
  const auto may_hold = [&](const k8s::Scope* overlay) {
    const auto number = overlay->number_of(*asked.resource().object);
    return overlay->is_open() || !number || holds(*overlay, *number);
  };
  return Value::boolean(scope.is_open() || std::ranges::any_of(scope.overlays(), may_hold));
}

Value selected_elsewhere(CallContext&, const Asked& asked, std::span<const Value> args) {
  const k8s::KindPattern kind = pattern_of(args[1]);
  return in_overlay(asked, [&](const k8s::Scope& overlay, std::uint32_t number) {
    std::vector<std::uint32_t> buffer;
    const auto found = overlay.selection().selecting(number, kind, buffer);
    return !found || !found->empty();
  });
}

Value referenced_elsewhere(CallContext&, const Asked& asked, std::span<const Value> args) {
  const k8s::KindPattern kind = pattern_of(args[1]);
  return in_overlay(asked, [&](const k8s::Scope& overlay, std::uint32_t number) {
    return !overlay.references().incoming(number, kind).empty();
  });
}

template <std::unordered_set<const yaml::Node*> k8s::SetImages::* which>
Value image_is_set_elsewhere(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  const yaml::Node* const container = node_of(args[0]);
  const yaml::Node* const image = container == nullptr ? nullptr : container->find("image");
  return Value::boolean(image != nullptr &&
                        (context->scope->set_images().*which).contains(image));
}

Value scope_is_complete(CallContext& call, std::span<const Value>) {
  const RuleContext* const context = judged(call);
  if (context == nullptr) return no_resource(call);
  const k8s::Scope& scope = *context->scope;
  return Value::boolean(!scope.is_open() && scope.overlays().empty());
}

}  // namespace

void add_overlays_functions(cel::FunctionRegistry& registry) {
  using cel::Purity;
  registry.add("dyn.patched() -> bool", Purity::kContext, of_resource<is_patched, false_value>,
               "Whether a kustomization of the run changes a resource in ways that are not "
               "applied: by patches, replacements or transformers, or in an overlay by "
               "replicas. Its fields may have other values than are seen.");
  registry.add("dyn.selectedElsewhere(string) -> bool", Purity::kContext,
               of_resource<selected_elsewhere, false_value>,
               "Whether in an overlay of the run a resource of a kind "
               "('PodDisruptionBudget') selects the pods of a workload, or may because "
               "something that is listed was not read.");
  registry.add("dyn.referencedElsewhere(string) -> bool", Purity::kContext,
               of_resource<referenced_elsewhere, false_value>,
               "Whether in an overlay of the run a resource of a kind "
               "('HorizontalPodAutoscaler') refers to it, or may likewise.");
  registry.add("dyn.tagSetElsewhere() -> bool", Purity::kContext,
               image_is_set_elsewhere<&k8s::SetImages::tags>,
               "Whether an overlay of the run sets the tag or digest of a container's image "
               "(`images`), so that the one that is written is not deployed as it stands.");
  registry.add("dyn.imageNameSetElsewhere() -> bool", Purity::kContext,
               image_is_set_elsewhere<&k8s::SetImages::names>,
               "Whether an overlay of the run sets the name of a container's image likewise.");
  registry.add("scope.isComplete() -> bool", Purity::kContext, scope_is_complete,
               "Whether all is seen that is deployed with the scope, as far as the files tell: "
               "its kustomization lists nothing that was not read, and no overlay of the run "
               "lists it.");
}

}  // namespace tidewaiter::rules
