#include "cli/function_page.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "cel/arena.h"
#include "cel/macro.h"
#include "cel/program.h"
#include "cel/value_data.h"
#include "cli/function_examples.h"
#include "rules/domain_functions.h"
#include "support/catch.h"
#include "support/golden.h"

namespace tidewaiter::cli {
namespace {

const cel::FunctionRegistry& registry() {
  return rules::domain_functions();
}

class NoVariables final : public cel::Activation {
 public:
  cel::Value variable(std::uint32_t) override { return cel::Value::null(); }
};

/// Why the expression is not true for this Kubernetes; empty when it is.
std::string fault_of(std::string_view expression, std::uint32_t minor = 0) {
  cel::Environment environment(registry());
  environment.kubernetes_minor = minor;
  const auto program = cel::compile(environment, expression);
  if (!program) return program.error().message;
  cel::Arena arena;
  NoVariables activation;
  const cel::Value value = program->evaluate(activation, arena);
  if (value.is_error()) return std::string(value.as_error()->message);
  return value.is_true() ? "" : "It is not true.";
}

std::set<std::string> signatures() {
  std::set<std::string> all;
  for (const std::string_view name : registry().names()) {
    for (const auto& function : registry().overloads(name)) all.insert(signature_of(function));
  }
  return all;
}

TEST_CASE("docs/functions.md is the page of the functions that there are", "[cli]") {
  testing::check_file(std::filesystem::path(TIDEWAITER_SOURCE_DIR) / "docs/functions.md",
                      function_page(registry()));
}

TEST_CASE("every function has a topic and a sentence that says what it gives", "[cli]") {
  for (const std::string_view name : registry().names()) {
    for (const cel::Function& function : registry().overloads(name)) {
      INFO(to_string(function));
      CHECK_FALSE(function.topic.empty());
      CHECK(function.doc.size() > 5);
      CHECK(function.doc.ends_with('.'));
    }
  }
}

TEST_CASE("the examples of functions are true", "[cli]") {
  const std::set<std::string> known = signatures();
  for (const FunctionExample& example : function_examples()) {
    INFO(example.signature << ": " << example.expression);
    CHECK(known.contains(std::string(example.signature)));
    CHECK(fault_of(example.expression) == "");
  }
}

TEST_CASE("the examples of macros and operators are true since the version they name",
          "[cli]") {
  for (const auto constructs : {macros(), operators()}) {
    for (const Construct& construct : constructs) {
      INFO(construct.usage << ": " << construct.example);
      CHECK(fault_of(construct.example) == "");
      if (construct.since == 0 || construct.since == kNotInKubernetes) continue;
      CHECK(fault_of(construct.example, construct.since) == "");
    }
  }
  for (const Construct& macro : macros()) {
    if (macro.since == 0 || macro.since == kNotInKubernetes) continue;
    INFO(macro.usage);
    CHECK(fault_of(macro.example, macro.since - 1) != "");
  }
}

TEST_CASE("every macro is on the page", "[cli]") {
  std::set<std::string_view> shown;
  for (const Construct& macro : macros()) shown.insert(macro.name);
  std::set<std::string_view> known;
  for (const std::string_view name : cel::macro_names()) known.insert(name);
  CHECK(shown == known);
}

}  // namespace
}  // namespace tidewaiter::cli
