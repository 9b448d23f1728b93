#ifndef TIDEWAITER_RULES_FUNCTIONS_JUDGED_H_
#define TIDEWAITER_RULES_FUNCTIONS_JUDGED_H_

#include "cel/function.h"
#include "cel/value_build.h"
#include "k8s/effective_resources.h"
#include "k8s/resource.h"
#include "k8s/scope.h"
#include "rules/rule_context.h"

namespace tidewaiter::rules {

/// The context of a rule that judges a resource; null when there is none.
inline const RuleContext* judged(const cel::CallContext& call) {
  const auto* const context = static_cast<const RuleContext*>(call.context);
  const bool complete =
      context != nullptr && context->resource != nullptr && context->scope != nullptr;
  return complete ? context : nullptr;
}

/// What a context function answers then.
inline cel::Value no_resource(cel::CallContext& call) {
  return cel::make_error(call.arena, "This function needs a resource that is judged.");
}

/// What is around the pod of a resource of the scope.
inline k8s::PodSurroundings surroundings_of(const RuleContext& context,
                                            const k8s::Resource& resource) {
  return {.defaults = context.scope->limit_defaults(resource.namespace_),
          .kubernetes_minor = context.kubernetes_minor};
}

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_FUNCTIONS_JUDGED_H_
