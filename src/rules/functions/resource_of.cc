#include "rules/functions/resource_of.h"

#include "k8s/scope.h"

namespace tidewaiter::rules {

const k8s::Resource& resource_of(const RuleContext& context, const yaml::Node& node) {
  for (const yaml::Node* at = &node; at != nullptr; at = at->parent()) {
    if (at == context.resource->object) return *context.resource;
  }
  for (const yaml::Node* at = &node; at != nullptr; at = at->parent()) {
    if (const auto number = context.scope->number_of(*at)) {
      return *context.scope->all()[*number];
    }
  }
  return *context.resource;
}

}  // namespace tidewaiter::rules
