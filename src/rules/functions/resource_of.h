#ifndef TIDEWAITER_RULES_FUNCTIONS_RESOURCE_OF_H_
#define TIDEWAITER_RULES_FUNCTIONS_RESOURCE_OF_H_

#include "k8s/resource.h"
#include "rules/rule_context.h"
#include "yaml/node.h"

namespace tidewaiter::rules {

/// The resource of the scope that a node of a manifest is part of; the one that is judged when
/// it is part of none. O(depth of the node).
const k8s::Resource& resource_of(const RuleContext& context, const yaml::Node& node);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_FUNCTIONS_RESOURCE_OF_H_
