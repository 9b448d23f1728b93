#include "cel/value_build.h"
#include "k8s/clean_path.h"
#include "rules/functions/topics.h"

namespace tidewaiter::rules {
namespace {

using cel::Value;

Value clean_path(cel::CallContext& call, std::span<const Value> args) {
  return cel::make_string(call.arena, k8s::clean_path(args[0].as_string()));
}

}  // namespace

void add_paths_functions(cel::FunctionRegistry& registry) {
  registry.add("cleanPath(string) -> string", cel::Purity::kPure, clean_path,
               "The shortest path that means the same: no doubled or final slash, no '.', no "
               "'..' that could be taken back.");
}

}  // namespace tidewaiter::rules
