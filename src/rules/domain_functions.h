#ifndef TIDEWAITER_RULES_DOMAIN_FUNCTIONS_H_
#define TIDEWAITER_RULES_DOMAIN_FUNCTIONS_H_

#include "cel/function.h"

namespace tidewaiter::rules {

/// Every function that a rule may call: those of CEL and of Kubernetes' policies, and the ones
/// about manifests (src/rules/functions). Made on first use, then read-only; any thread.
const cel::FunctionRegistry& domain_functions();

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_DOMAIN_FUNCTIONS_H_
