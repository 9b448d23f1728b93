#include "k8s/label_entries.h"

#include <vector>

#include "cel/value_build.h"
#include "rules/document_adapter.h"
#include "rules/functions/topics.h"
#include "rules/rule_context.h"

namespace tidewaiter::rules {

namespace {

using cel::CallContext;
using cel::Value;

Value label_entries(CallContext& call, std::span<const Value>) {
  const auto* const context = static_cast<const RuleContext*>(call.context);
  if (context == nullptr || context->resource == nullptr) {
    return cel::make_error(call.arena, "labelEntries() needs a resource that is judged.");
  }
  cel::ListBuilder list(call.arena);
  for (const k8s::LabelEntry& entry : k8s::label_entries(*context->resource)) {
    cel::MapBuilder facts(call.arena);
    facts.add(Value::string("role"), Value::string(k8s::name_of(entry.role)));
    facts.add(Value::string("part"), Value::string(k8s::name_of(entry.part)));
    if (entry.key != nullptr) facts.add(Value::string("key"), value_of(*entry.key));
    if (entry.value != nullptr) facts.add(Value::string("value"), value_of(*entry.value));
    list.add(facts.build());
  }
  return list.build();
}

}  // namespace

void add_labels_functions(cel::FunctionRegistry& registry) {
  registry.add("labelEntries() -> list(map(string, dyn))", cel::Purity::kContext, label_entries,
               "Every label, annotation and selector entry of the resource, templates "
               "included: role (label, annotation or selector), part (metadata, pod template, "
               "job template, volume claim template or ''), key and value where written.");
}

}  // namespace tidewaiter::rules
