#include "k8s/label_entries.h"
#include "k8s/names.h"
#include "k8s/reference_text.h"
#include "k8s/selector.h"

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

/// The fact that a selector fails: where, and at which key.
Value mismatch_fact(CallContext& call, const yaml::Node& failing) {
  const yaml::Node* const key = failing.is_mapping() ? failing.find("key") : failing.key();
  cel::MapBuilder facts(call.arena);
  facts.add(Value::string("key"), key == nullptr ? Value::string("") : value_of(*key));
  facts.add(Value::string("at"), value_of(failing));
  return cel::make_optional(call.arena, facts.build());
}

template <k8s::SelectorForm form>
Value mismatch(CallContext& call, std::span<const Value> args) {
  const yaml::Node* const selector = node_of(args[0]);
  if (selector == nullptr) {
    return cel::make_error(call.arena, "The selector is no node of a manifest.");
  }
  const yaml::Node* const failing = k8s::first_mismatch(*selector, form, node_of(args[1]));
  return failing == nullptr ? cel::optional_none() : mismatch_fact(call, *failing);
}

template <bool (*test)(std::string_view)>
Value text_test(CallContext&, std::span<const Value> args) {
  return Value::boolean(test(args[0].as_string()));
}

}  // namespace

void add_labels_functions(cel::FunctionRegistry& registry) {
  registry.add("labelEntries() -> list(map(string, dyn))", cel::Purity::kContext, label_entries,
               "Every label, annotation and selector entry of the resource, templates "
               "included: role (label, annotation or selector), part (metadata, pod template, "
               "job template, volume claim template or ''), key and value where written.");
  registry.add("isLabelKey(string) -> bool", cel::Purity::kPure, text_test<k8s::is_label_key>,
               "Whether the text may be the key of a label.");
  registry.add("isAnnotationKey(string) -> bool", cel::Purity::kPure,
               text_test<k8s::is_annotation_key>,
               "Whether the text may be the key of an annotation.");
  registry.add("isLabelValue(string) -> bool", cel::Purity::kPure,
               text_test<k8s::is_label_value>, "Whether the text may be a label's value.");
  registry.add(
      "holdsReference(string) -> bool", cel::Purity::kPure, text_test<k8s::holds_reference>,
      "Whether the text holds $(…), ${…}, <…> or {{…}}, where another tool puts the real "
      "value.");
  registry.add(
      "holdsPlaceholder(string) -> bool", cel::Purity::kPure, text_test<k8s::holds_placeholder>,
      "As holdsReference, and for what in an image or quantity waits for another tool besides: "
      "$NAME, ko:// and words such as PROJECT_ID.");
  registry.add("selectorMismatch(dyn, dyn) -> optional_type(map(string, dyn))",
               cel::Purity::kPure, mismatch<k8s::SelectorForm::kLabelSelector>,
               "The first part of a label selector that the labels (null: none) fail: its key, "
               "and `at`, its place.");
  registry.add("labelMapMismatch(dyn, dyn) -> optional_type(map(string, dyn))",
               cel::Purity::kPure, mismatch<k8s::SelectorForm::kLabelMap>,
               "As selectorMismatch, of a selector that is a map of labels.");
}

}  // namespace tidewaiter::rules
