#ifndef TIDEWAITER_RULES_FUNCTIONS_JUDGED_H_
#define TIDEWAITER_RULES_FUNCTIONS_JUDGED_H_

#include "cel/function.h"
#include "cel/value_build.h"
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

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_FUNCTIONS_JUDGED_H_
