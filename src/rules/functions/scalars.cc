#include "cel/value_build.h"
#include "k8s/surprising_scalar.h"
#include "rules/document_adapter.h"
#include "rules/functions/topics.h"
#include "rules/rule_context.h"

namespace tidewaiter::rules {
namespace {

using cel::Value;

Value surprising_scalars(cel::CallContext& call, std::span<const Value>) {
  const auto* const context = static_cast<const RuleContext*>(call.context);
  if (context == nullptr || context->resource == nullptr) {
    return cel::make_error(call.arena, "surprisingScalars() needs a resource that is judged.");
  }
  cel::ListBuilder list(call.arena);
  for (const k8s::SurprisingScalar& scalar : k8s::surprising_scalars(*context->resource)) {
    cel::MapBuilder facts(call.arena);
    facts.add(Value::string("at"), Value::string(scalar.written).with_origin(scalar.node));
    facts.add(Value::string("problem"), Value::string(k8s::name_of(scalar.surprise)));
    facts.add(Value::string("what"), Value::string(scalar.what));
    facts.add(Value::string("name"), Value::string(scalar.name));
    facts.add(Value::string("read"), value_of(*scalar.node));
    list.add(facts.build());
  }
  return list.build();
}

}  // namespace

void add_scalars_functions(cel::FunctionRegistry& registry) {
  registry.add(
      "surprisingScalars() -> list(map(string, dyn))", cel::Purity::kContext,
      surprising_scalars,
      "The scalars of the resource that stand where Kubernetes needs a string and that "
      "YAML reads as something else: at (the text as written, with its place), problem "
      "(bool, number, null or key), what (label, env, data ...), name and read (what "
      "YAML makes of it).");
}

}  // namespace tidewaiter::rules
