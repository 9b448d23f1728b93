#include "rules/embedded_documents.h"

#include "cel/value_build.h"
#include "rules/document_adapter.h"
#include "rules/functions/judged.h"
#include "rules/functions/topics.h"

namespace tidewaiter::rules {

namespace {

using cel::CallContext;
using cel::Value;

Value parse_yaml(CallContext& call, std::span<const Value> args) {
  const RuleContext* const context = judged(call);
  if (context == nullptr || context->embedded == nullptr) return no_resource(call);
  const std::string_view text = args[0].as_string();
  const yaml::Node* const node = node_of(args[0]);
  if (node == nullptr || !node->is_string() || node->as_string() != text) {
    return cel::make_error(call.arena, "yaml() reads a string of a manifest.");
  }
  if (!call.spend(text.size() / 16)) return Value::null();
  const EmbeddedDocument& document = context->embedded->parse(*node);
  cel::MapBuilder facts(call.arena);
  facts.add(Value::string("valid"), Value::boolean(document.error.empty()));
  if (!document.error.empty()) {
    const yaml::Node* const at = document.fault != nullptr ? document.fault : node;
    facts.add(Value::string("error"),
              cel::make_string(call.arena, document.error).with_origin(at));
  } else if (document.root != nullptr) {
    facts.add(Value::string("value"), value_of(*document.root));
  }
  return facts.build().with_origin(node);
}

}  // namespace

void add_embedded_functions(cel::FunctionRegistry& registry) {
  registry.add(
      "yaml(string) -> map(string, dyn)", cel::Purity::kContext, parse_yaml,
      "The YAML document that a string of the manifest holds: valid; error, a sentence whose "
      "place is that of the fault, where invalid; else value, absent where there is nothing. "
      "Its "
      "values have their places in the file, and strings among them can be read again.");
}

}  // namespace tidewaiter::rules
