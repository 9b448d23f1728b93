// Any bytes as an expression: compiling, evaluating, blaming and locating must neither crash
// nor hang, and an error lies in the text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cel/program.h"

namespace {

using tidewaiter::cel::Value;

class Variables final : public tidewaiter::cel::Activation {
 public:
  Value variable(std::uint32_t) override { return Value::integer(1); }
};

const tidewaiter::cel::FunctionRegistry& functions() {
  static const auto kFunctions = [] {
    tidewaiter::cel::FunctionRegistry registry;
    tidewaiter::cel::add_standard_functions(registry);
    return registry;
  }();
  return kFunctions;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  tidewaiter::cel::Environment environment(functions());
  environment.declare("x", {});
  const auto program = tidewaiter::cel::compile(environment, text);
  if (!program) {
    const auto where = program.error().where;
    if (where && where->end > size) std::abort();
    return 0;
  }
  Variables variables;
  tidewaiter::cel::Arena arena;
  program->evaluate(variables, arena);
  program->blame(variables, arena);
  program->locate(variables, arena);
  return 0;
}
