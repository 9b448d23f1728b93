#include "cli/value_text.h"

#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "cel/program.h"
#include "cel/value_build.h"
#include "cli/value_walk.h"
#include "rules/domain_functions.h"
#include "support/catch.h"

namespace tidewaiter::cli {
namespace {

class NoVariables final : public cel::Activation {
  cel::Value variable(std::uint32_t) override { return cel::Value::null(); }
};

/// The value of an expression.
struct Computed {
  explicit Computed(const std::string& expression) {
    cel::Environment environment(rules::domain_functions());
    environment.homogeneous_literals = false;
    auto compiled = cel::compile(environment, expression);
    REQUIRE(compiled);
    program = std::move(*compiled);
    NoVariables none;
    value = program->evaluate(none, arena);
  }
  std::optional<cel::Program> program;  // constants lie in it
  cel::Arena arena;
  cel::Value value;
};

std::string text(const std::string& expression) {
  const Computed computed(expression);
  std::ostringstream out;
  write_value(out, computed.value);
  return out.str();
}

std::string json(const std::string& expression) {
  const Computed computed(expression);
  std::ostringstream out;
  report::JsonWriter writer(out);
  write_json(writer, computed.value);
  return out.str();
}

TEST_CASE("a value is printed as an expression would write it", "[cli][eval]") {
  const std::string expression = GENERATE(
      "null", "true", "-3", "3u", "3.0", "1e+30", "double(\"NaN\")", "\"it's \\\"x\\\" \\\\\"",
      "\"a\\n\\t\"", "\"\\u0007\\u202E\"", "\"größe\"", "b\"a\\x00\\xff\\\"\"",
      "duration(\"90s\")", "timestamp(\"2024-01-01T00:00:00Z\")", "quantity(\"1500Mi\")",
      "ip(\"10.0.0.1\")", "cidr(\"10.0.0.0/8\")", "url(\"https://a/b?c\")", "semver(\"1.2.3\")",
      "int", "[]", "{}", "[1, [2, \"x\"], {}]", "{\"a\": [1u], 2: null, true: {\"b\": 1.5}}",
      "optional.none()", "optional.of([1])", "[optional.none(), optional.of(optional.of(1))]");
  CHECK(text(expression) == expression);
}

TEST_CASE("a long value has an item or entry on each line", "[cli][eval]") {
  const std::string word = "\"" + std::string(50, 'x') + "\"";
  CHECK(text("[" + word + ", [" + word + ", 1], {'k': [" + word + "," + word + "]}]") ==
        "[\n  " + word + ",\n  [" + word + ", 1],\n  {\n    \"k\": [\n      " + word +
            ",\n      " + word + "\n    ]\n  }\n]");
  CHECK(text("optional.of([" + word + "," + word + "])") ==
        "optional.of(\n  [\n    " + word + ",\n    " + word + "\n  ]\n)");
}

TEST_CASE("nothing that is printed is obeyed", "[cli][eval]") {
  CHECK(text("'##vso[task]'") == R"("\u0023#vso[task]")");
  CHECK(text("'##[error]'") == R"("\u0023#[error]")");
  CHECK(text("'\\u001b[31m'") == R"("\u001B[31m")");
}

TEST_CASE("JSON has the values of CEL as CEL turns them into JSON", "[cli][eval]") {
  CHECK(json("[1, 2u, 1.5, 'x', null, true]") == "[1,2,1.5,\"x\",null,true]\n");
  CHECK(json("{1: 2, 3u: 4, true: 5, 'x': {}}") == "{\"1\":2,\"3\":4,\"true\":5,\"x\":{}}\n");
  CHECK(json("[b'', b'a', b'ab', b'abc', b'\\xff\\xfe\\xfd\\xfc']") ==
        "[\"\",\"YQ==\",\"YWI=\",\"YWJj\",\"//79/A==\"]\n");
  CHECK(json("[duration('90s'), timestamp('2024-01-01T00:00:00Z'), quantity('1Gi'), int]") ==
        "[\"90s\",\"2024-01-01T00:00:00Z\",\"1Gi\",\"int\"]\n");
  CHECK(json("[optional.of(1), optional.none()]") == "[1,null]\n");
  CHECK(json("[double('NaN'), double('-Infinity')]") == "[\"NaN\",\"-Inf\"]\n");
}

TEST_CASE("a value that holds the same part too often is not printed", "[cli][eval]") {
  cel::Arena arena;
  cel::Value value = cel::Value::integer(1);
  for (int i = 0; i < 60; ++i) value = cel::make_list(arena, std::vector{value, value});
  CHECK_FALSE(is_printable(value));
  const std::string large(10'000'000, 'x');
  CHECK(is_printable(cel::Value::string(large)));
  CHECK_FALSE(is_printable(cel::make_list(arena, std::vector(7, cel::Value::string(large)))));
}

TEST_CASE("a deep value costs no stack", "[cli][eval]") {
  cel::Arena arena;
  cel::Value value = cel::Value::integer(1);
  for (int i = 0; i < 100'000; ++i) value = cel::make_list(arena, std::vector{value});
  REQUIRE(is_printable(value));
  std::ostringstream out;
  write_value(out, value);
  CHECK(out.str().find('1') != std::string::npos);
}

}  // namespace
}  // namespace tidewaiter::cli
