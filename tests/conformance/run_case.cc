#include "conformance/run_case.h"

#include <cstdlib>
#include <map>
#include <utility>
#include <vector>

#include "cel/environment.h"
#include "cel/program.h"
#include "cel/value_build.h"
#include "conformance/json_value.h"

namespace tidewaiter::conformance {
namespace {

using nlohmann::json;

class Bindings : public cel::Activation {
 public:
  Bindings(cel::Arena& arena, cel::Environment& environment, const json& test) {
    std::map<std::string, cel::Type> types;
    const json declared = test.value("type_env", json::object());
    for (const auto& [name, type] : declared.items()) {
      auto parsed = cel::Type::parse(type.get<std::string>());
      types[name] = parsed ? *std::move(parsed) : cel::Type();
    }
    const json bindings = test.value("bindings", json::object());
    for (const auto& [name, unused] : bindings.items()) types.try_emplace(name);
    for (const auto& [name, type] : types) {
      environment.declare(name, type);
      const auto bound = bindings.find(name);
      values_.push_back(bound != bindings.end()
                            ? value_of(arena, *bound)
                            : cel::make_error(arena, "The variable has no value."));
    }
  }

  cel::Value variable(std::uint32_t slot) override { return values_.at(slot); }

 private:
  std::vector<cel::Value> values_;
};

cel::Environment environment_for(const json& test, const cel::FunctionRegistry& functions,
                                 const Mode& mode) {
  cel::Environment environment(functions);
  const bool kubernetes = mode.kubernetes;
  environment.kubernetes_minor = mode.minor;
  environment.homogeneous_literals = kubernetes;
  environment.kubernetes_rules = kubernetes;
  environment.bind_macro = !kubernetes;
  environment.macros = !test.value("disable_macros", false);
  environment.check_types = !test.value("disable_check", false);
  environment.container = test.value("container", "");
  return environment;
}

json expectation(const json& test, bool kubernetes) {
  if (!kubernetes || !test.contains("k8s")) return test.value("expect", json());
  const json& answer = test.at("k8s");
  if (answer.contains("absent")) return {{"error", "undeclared in Kubernetes"}};
  return answer;
}

std::optional<Failure> compare(const json& got, const json& expected) {
  if (expected.contains("error") && got.contains("error")) return std::nullopt;
  if (got == normalized(expected)) return std::nullopt;
  return Failure{.got = got.dump(-1, ' ', false, json::error_handler_t::replace),
                 .expected = expected.dump()};
}

}  // namespace

std::uint32_t since_of(const json& test) {
  static constexpr std::string_view kMajor = "1.";
  // What holds since the first version that has CEL holds always.
  static constexpr int kFirst = 23;
  const std::string since = test.value("since", "1.0");
  const int minor = since.starts_with(kMajor) ? std::atoi(since.c_str() + kMajor.size()) : 0;
  return minor <= kFirst ? 0 : static_cast<std::uint32_t>(minor);
}

std::optional<Failure> run_case(const json& test, const cel::FunctionRegistry& functions,
                                const Mode& mode) {
  cel::Arena arena;
  cel::Environment environment = environment_for(test, functions, mode);
  Bindings bindings(arena, environment, test);
  const json expected = expectation(test, mode.kubernetes);
  const auto program = cel::compile(environment, test.at("expr").get<std::string>());
  if (!program) {
    return compare({{"error", program.error().message}},
                   expected.is_null() ? json::object() : expected);
  }
  if (test.contains("expect_type") && !expected.contains("error")) {
    const auto type = cel::Type::parse(test.at("expect_type").get<std::string>());
    if (type && !(program->result_type() == *type)) {
      return Failure{.got = "type " + program->result_type().to_string(),
                     .expected = "type " + type->to_string()};
    }
  }
  if (test.value("check_only", false)) return std::nullopt;
  return compare(json_of(arena, program->evaluate(bindings, arena)), expected);
}

}  // namespace tidewaiter::conformance
