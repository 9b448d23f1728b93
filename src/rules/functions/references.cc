#include <fmt/format.h>

#include "cel/value_build.h"
#include "k8s/scope.h"
#include "rules/document_adapter.h"
#include "rules/functions/topics.h"
#include "rules/rule_context.h"

namespace tidewaiter::rules {

namespace {

using cel::CallContext;
using cel::Value;

Value earlier(CallContext& call, std::span<const Value> args) {
  const auto* const context = static_cast<const RuleContext*>(call.context);
  if (context == nullptr || context->resource == nullptr || context->scope == nullptr) {
    return cel::make_error(call.arena, "earlier() needs a resource that is judged.");
  }
  if (node_of(args[0]) != context->resource->object) {
    return cel::make_error(call.arena,
                           "earlier() asks about the resource that is judged: "
                           "write object.earlier('duplicate').");
  }
  if (args[1].as_string() != "duplicate") {
    return cel::make_error(call.arena, fmt::format("There is no relation '{}'; write "
                                                   "'duplicate'.",
                                                   args[1].as_string()));
  }
  const k8s::Resource* const first = context->scope->earlier_duplicate(*context->resource);
  if (first == nullptr) return cel::optional_none();
  return cel::make_optional(call.arena, value_of(*first->object));
}

Value scope_get(CallContext& call, std::span<const Value> args) {
  const auto* const context = static_cast<const RuleContext*>(call.context);
  if (context == nullptr || context->scope == nullptr) {
    return cel::make_error(call.arena, "scope.get() needs a resource that is judged.");
  }
  const k8s::Resource* const found = context->scope->find(
      k8s::parse_kind_pattern(args[0].as_string()), args[1].as_string(), args[2].as_string());
  return found == nullptr ? Value::null() : value_of(*found->object);
}

/// Null, and then `error` says why, when no resource is judged.
const RuleContext* judged(CallContext& call, std::string_view function, Value& error) {
  const auto* const context = static_cast<const RuleContext*>(call.context);
  if (context != nullptr && context->scope != nullptr) return context;
  error =
      cel::make_error(call.arena, fmt::format("{} needs a resource that is judged.", function));
  return nullptr;
}

Value scope_has(CallContext& call, std::span<const Value> args) {
  Value error;
  const RuleContext* const context = judged(call, "scope.has()", error);
  if (context == nullptr) return error;
  return Value::boolean(context->scope->has(k8s::parse_kind_pattern(args[0].as_string())));
}

Value scope_all(CallContext& call, std::span<const Value> args) {
  Value error;
  const RuleContext* const context = judged(call, "scope.all()", error);
  if (context == nullptr) return error;
  const auto found = context->scope->of_kind(k8s::parse_kind_pattern(args[0].as_string()));
  call.spend(found.size());
  cel::ListBuilder list(call.arena, found.size());
  for (const k8s::Resource* const resource : found) list.add(value_of(*resource->object));
  return list.build();
}

Value file_is_first(CallContext& call, std::span<const Value> args) {
  Value error;
  const RuleContext* const context = judged(call, "file.isFirst()", error);
  if (context == nullptr) return error;
  const k8s::Resource& resource = *context->resource;
  const bool is_of_kind =
      k8s::parse_kind_pattern(args[0].as_string()).matches(resource.group, resource.kind);
  return Value::boolean(is_of_kind && context->scope->is_first_of_kind(resource));
}

}  // namespace

void add_references_functions(cel::FunctionRegistry& registry) {
  registry.add("dyn.earlier(string) -> optional_type(dyn)", cel::Purity::kContext, earlier,
               "The first resource of the scope that the resource forms a pair with: "
               "'duplicate' is the same group, kind, namespace and name in the same file.");
  registry.add(
      "scope.get(string, string, string) -> dyn", cel::Purity::kContext, scope_get,
      "The resource of a kind ('Service', 'batch/Job'), namespace ('' is unset) and name "
      "that a reference in this scope finds, or null.");
  registry.add("scope.has(string) -> bool", cel::Purity::kContext, scope_has,
               "Whether the scope has a resource of a kind ('Service', 'batch/Job', '*/Job').");
  registry.add("scope.all(string) -> list(dyn)", cel::Purity::kContext, scope_all,
               "All resources of a kind in the scope; for rules of your own, as it is walked "
               "for every resource that is judged.");
  registry.add("file.isFirst(string) -> bool", cel::Purity::kContext, file_is_first,
               "Whether the resource is of that kind and the first such in its file.");
}

}  // namespace tidewaiter::rules
