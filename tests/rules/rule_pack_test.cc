#include "rules/rule_pack.h"

#include <string>

#include "base/line_index.h"
#include "rules/compiled_rule.h"
#include "rules/domain_functions.h"
#include "rules/param_value.h"
#include "support/catch.h"

using tidewaiter::Error;
using tidewaiter::rules::CompileOptions;
using tidewaiter::rules::Rule;
using tidewaiter::rules::RulePack;

namespace {

constexpr const char* kRule = R"(id: ACME001
name: own-rule
summary: Something
severity: error
match: {kinds: [ConfigMap]}
params:
  most: {type: int, value: 3, min: 1, max: 9, description: A number, profiles: {aks: 5}}
checks:
  - expr: size(object.data) <= params.most
    message: "There are {size(object.data)} entries in '{name}' {{braces}}."
)";

std::vector<Error> errors_of(const std::string& text) {
  RulePack pack;
  const auto name = std::make_shared<tidewaiter::FileName>();
  return pack.add(std::make_shared<const tidewaiter::Source>(name, text), "own", true);
}

/// The first error of the rule with one part replaced, as "line: message".
std::string error_with(std::string_view from, std::string_view to) {
  std::string text = kRule;
  text.replace(text.find(from), from.size(), to);
  const auto errors = errors_of(text);
  if (errors.empty()) return "none";
  const auto line = tidewaiter::LineIndex(text).at(errors[0].where->begin).line;
  return std::to_string(line) + ": " + errors[0].message;
}

}  // namespace

TEST_CASE("a rule file is read", "[rule_pack]") {
  RulePack pack;
  const auto name = std::make_shared<tidewaiter::FileName>();
  REQUIRE(
      pack.add(std::make_shared<const tidewaiter::Source>(name, kRule), "own", true).empty());
  const Rule& rule = pack.rules().front();
  CHECK(rule.id == "ACME001");
  CHECK(rule.group == "own");
  CHECK(rule.checks.front().expr.text == "size(object.data) <= params.most");
  CHECK(rule.params.front().value.integer == 3);
}

TEST_CASE("faults of a rule file have a place and say what to write", "[rule_pack]") {
  CHECK(error_with("severity: error", "severity: fatal") ==
        "4: 'fatal' is no severity; write error, warning or note.");
  CHECK(error_with("summary:", "sumary:") ==
        "3: A rule has no key 'sumary'. Did you mean 'summary'?");
  CHECK(error_with("id: ACME001", "id: 7") ==
        "1: '7' is no rule id; write upper-case letters and then digits, as in 'ACME001'.");
  CHECK(error_with("type: int", "type: integr").find("Did you mean") == std::string::npos);
  CHECK(error_with("value: 3", "value: three") ==
        "7: The value of param 'most' must be a whole number.");
  CHECK(error_with("value: 3", "value: 12") == "7: Param 'most' must be at most 9.");
  CHECK(error_with("aks: 5", "azure: 5") ==
        "7: A param has no value for 'azure'; write strict, aks or jobs.");
  CHECK(error_with("match: {kinds: [ConfigMap]}", "match: {pods: true, workloads: true}") ==
        "1: 'match' needs exactly one of 'kinds', 'pods: true' and 'workloads: true'.");
  CHECK(error_with("  - expr:", "  - each: object.items\n    expr:") ==
        "9: 'each' and 'as' belong together: the list, and the name of its item.");
}

TEST_CASE("a rule file that is no rule is refused", "[rule_pack]") {
  CHECK_FALSE(errors_of("").empty());
  CHECK_FALSE(errors_of("[]").empty());
  CHECK_FALSE(errors_of("a: [").empty());
  CHECK_FALSE(errors_of(std::string(kRule) + "---\n" + kRule).empty());
  // A few lines of aliases that stand for more values than memory holds.
  std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char c = 'b'; c < 'm'; ++c) {
    bomb += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 10; ++i) bomb += std::string(i > 0 ? ", " : "") + "*" + char(c - 1);
    bomb += "]\n";
  }
  std::string rule = kRule;
  rule.replace(rule.find("value: 3"), 8, "value: *l");
  CHECK_FALSE(errors_of(bomb + rule).empty());
}

TEST_CASE("an expression that does not compile is an error at its place", "[compiled_rule]") {
  RulePack pack;
  std::string text = kRule;
  text.replace(text.find("params.most"), 11, "params.mots");
  const auto name = std::make_shared<tidewaiter::FileName>();
  REQUIRE(
      pack.add(std::make_shared<const tidewaiter::Source>(name, text), "own", true).empty());
  const CompileOptions options{.functions = &tidewaiter::rules::domain_functions()};
  const auto compiled = compile_rule(pack.rules().front(), options);
  REQUIRE_FALSE(compiled);
  CHECK(compiled.error().message.find("params.mots") != std::string::npos);
  CHECK(tidewaiter::LineIndex(text).at(compiled.error().where->begin).line == 9);
}

TEST_CASE("a param has the value of the user, else of a profile, else its own",
          "[param_value]") {
  using tidewaiter::rules::Constant;
  using tidewaiter::rules::effective_value;
  RulePack pack;
  const auto name = std::make_shared<tidewaiter::FileName>();
  REQUIRE(
      pack.add(std::make_shared<const tidewaiter::Source>(name, kRule), "own", true).empty());
  const auto& param = pack.rules().front().params.front();
  const std::string_view none[] = {"recommended"};
  const std::string_view aks[] = {"recommended", "aks"};
  const std::string_view strict[] = {"strict"};
  const std::string_view strict_and_jobs[] = {"strict", "jobs"};
  const Constant user{.kind = Constant::Kind::kInt, .integer = 8};
  CHECK(effective_value(param, none, nullptr).integer == 3);
  CHECK(effective_value(param, aks, nullptr).integer == 5);
  CHECK(effective_value(param, strict, nullptr).integer == 5);  // alone it counts as all
  CHECK(effective_value(param, strict_and_jobs, nullptr).integer == 3);
  CHECK(effective_value(param, aks, &user).integer == 8);
}

TEST_CASE("a param's text must be what its type says", "[param_value]") {
  CHECK(error_with("type: int, value: 3, min: 1, max: 9", "type: regex, value: '('") != "none");
  CHECK(error_with("type: int, value: 3, min: 1, max: 9", "type: quantity, value: 16GiB")
            .find("'16GiB' in param 'most' is no quantity") != std::string::npos);
  CHECK(error_with("match: {kinds: [ConfigMap]}", "builtin: true\nmatch: {kinds: [A]}") !=
        "none");
}

TEST_CASE("names are as they are written, whatever YAML reads", "[rule_pack]") {
  std::string text = kRule;
  text.insert(text.find("checks:"),
              "  n: {type: 'map(string)', value: {y: a, off: b, 1.10: c, \"q\": d}, "
              "description: D}\nvariables: {y: name, off: name}\n");
  RulePack pack;
  const auto source = std::make_shared<const tidewaiter::Source>(
      std::make_shared<tidewaiter::FileName>(), text);
  for (const Error& error : pack.add(source, "own", true)) FAIL_CHECK(error.message);
  const Rule& rule = pack.rules().front();
  CHECK(rule.params[1].name == "n");
  REQUIRE(rule.params[1].value.keys.size() == 4);
  CHECK(rule.params[1].value.keys[0] == "y");
  CHECK(rule.params[1].value.keys[1] == "off");
  CHECK(rule.params[1].value.keys[2] == "1.10");
  CHECK(rule.params[1].value.keys[3] == "q");
  CHECK(rule.variables[0].name == "y");
  CHECK(rule.variables[1].name == "off");
}

TEST_CASE("a rule may have a thousand variables, checks and params", "[rule_pack]") {
  std::string variables;
  std::string checks;
  std::string params;
  for (int i = 0; i <= 1000; ++i) {
    variables += "  v" + std::to_string(i) + ": '1'\n";
    checks += "  - {expr: 'true', message: m}\n";
    params += "  p" + std::to_string(i) + ": {type: int, value: 1, description: d}\n";
  }
  const std::string at = "checks:\n";
  CHECK(error_with(at, "variables:\n" + variables + at) ==
        "8: 'variables' may have at most 1000 items.");
  CHECK(error_with(at, at + checks) == "8: 'checks' may have at most 1000 items.");
  CHECK(error_with("params:\n", "params:\n" + params) ==
        "6: 'params' may have at most 1000 items.");
}

TEST_CASE("a value that YAML reads as no text is told so", "[rule_pack]") {
  const std::string type = "type: int, value: 3, min: 1, max: 9";
  CHECK(error_with(type, "type: string, value: off")
            .ends_with(
                "must be a string. YAML reads what stands here as false; put it in quotes."));
  CHECK(error_with(type, "type: string, value: 1.30")
            .ends_with("YAML reads what stands here as a number; put it in quotes."));
  CHECK(error_with(type, "type: list(string), value: [a, y]")
            .ends_with("YAML reads what stands here as true; put it in quotes."));
  CHECK(error_with(type, "type: bool, value: 'off'").ends_with("must be true or false."));
}

TEST_CASE("what no expression can name is a fault", "[rule_pack]") {
  CHECK(error_with("  most:", "  at-most:").find("'at-most' cannot be named") !=
        std::string::npos);
  CHECK(
      error_with("checks:", "variables: {1st: name}\nchecks:").find("'1st' cannot be named") !=
      std::string::npos);
  CHECK(error_with("  - expr:", "  - each: '[1]'\n    as: an-item\n    expr:")
            .find("'an-item' cannot be named") != std::string::npos);
}

TEST_CASE("all faults of a rule file are told", "[rule_pack]") {
  std::string text = kRule;
  text.replace(text.find("ACME001"), 7, "acme-1 ");
  text.replace(text.find("error"), 5, "fatal");
  text.replace(text.find("value: 3"), 8, "value: x");
  const auto errors = errors_of(text);
  REQUIRE(errors.size() == 3);
  CHECK(errors[0].message.find("no severity") != std::string::npos);
  CHECK(errors[1].message.find("whole number") != std::string::npos);
  CHECK(errors[2].message.find("no rule id") != std::string::npos);
}

TEST_CASE("links and the files of examples are checked", "[rule_pack]") {
  CHECK(error_with("severity: error", "severity: error\nreferences: [example.com]") ==
        "5: 'example.com' is no link; write 'https://…'.");
  const auto with_example = [](const std::string& example) {
    const auto errors = errors_of(kRule + ("examples:\n  - bad: " + example + "\n"));
    return errors.empty() ? "none" : errors.front().message;
  };
  CHECK(with_example("{files: {../a.yaml: x}}").find("no path inside the example") !=
        std::string::npos);
  CHECK(with_example("{files: {/a.yaml: x}}").find("no path") != std::string::npos);
  CHECK(with_example("{files: {a/b.yaml: x}, want: ['a/b.yaml']}").find("'path:LINE'") !=
        std::string::npos);
  CHECK(with_example("{files: {a.yaml: x}, profile: jobbs}").find("Did you mean 'jobs'?") !=
        std::string::npos);
  CHECK(with_example("{files: {a/b.yaml: x}, want: ['a/b.yaml:1 x2'], profile: aks}") ==
        "none");
}
