// Where a rule author is pointed to: the faulty part of an expression, in the rule file,
// however the expression is written there.

#include <memory>
#include <string>
#include <vector>

#include "rules/compiled_rule.h"
#include "rules/domain_functions.h"
#include "rules/rule_pack.h"
#include "support/catch.h"

namespace tidewaiter::rules {
namespace {

const std::string kHead =
    "id: ACME1\nname: a-rule\nsummary: x\nseverity: warning\nmatch: {kinds: [Pod]}\n";

/// A rule file and what is wrong with it.
struct Faults {
  explicit Faults(const std::string& rest)
      : source(std::make_shared<const Source>(std::make_shared<FileName>(FileName{"a.yaml"}),
                                              kHead + rest)) {
    errors = pack.add(source, "lint", true);
    if (errors.empty()) {
      errors = find_faults(pack.rules().back(), {.functions = &domain_functions()});
    }
  }

  /// The bytes that each error points at.
  std::vector<std::string> places() const {
    std::vector<std::string> places;
    for (const Error& error : errors) places.emplace_back(source->text(error.where.value()));
    return places;
  }
  /// The same with what stands before it on its line.
  std::string line_up_to_first() const {
    const std::string_view text = source->text().substr(0, errors.at(0).where->begin);
    return std::string(text.substr(text.rfind('\n') + 1)) + "^";
  }

  std::shared_ptr<const Source> source;
  RulePack pack;
  std::vector<Error> errors;
};

using Places = std::vector<std::string>;

TEST_CASE("an error is placed inside its expression, however that is written", "[rules]") {
  const std::string expression = GENERATE(
      "name == objct.x", "'name == \"it''s\" || objct.x'",
      "\"name == \\\"\\u0041\\\" || objct.x\"", "\"name ==\\\n   \\ 'x' || objct.x\"",
      "|\n    name == 'x' ||\n      objct.x\n", "|2-\n      name == 'x' ||\n     objct.x\n",
      ">-\n    name == 'x' ||\n\n    objct.x\n", ">\r\n    name == 'x' ||\r\n    objct.x\r\n",
      "name == 'x' ||\n    objct.x", "&e !!str 'objct.x'", "\"'größe日本' == objct.x\"");
  INFO(expression);
  const Faults faults("checks:\n- expr: " + expression + "\n  message: x\n");
  CHECK(faults.places() == Places{"objct"});
}

TEST_CASE("an aliased expression is at fault where it is written", "[rules]") {
  const Faults faults(
      "checks:\n- expr: &e 'true && objct.x'\n  message: x\n- expr: *e\n  message: x\n");
  CHECK(faults.places() == Places{"objct"});
}

TEST_CASE("an expression that ends too early is at fault behind its last word", "[rules]") {
  CHECK(Faults("checks:\n- expr: |\n    true &&\n\n  message: x\n").line_up_to_first() ==
        "    true &&^");
  CHECK(Faults("checks:\n- expr: 'true && '\n  message: x\n").line_up_to_first() ==
        "- expr: 'true &&^");
  CHECK(Faults("checks:\n- expr: ''\n  message: x\n").line_up_to_first() == "- expr: '^");
}

TEST_CASE("an error in a placeholder is placed inside it", "[rules]") {
  const auto message = [](const std::string& text) {
    return Faults("checks:\n- expr: 'true'\n  message: " + text + "\n").places();
  };
  CHECK(message("\"{{ \\\"{name}\\\" {nme.x}\"") == Places{"nme"});
  CHECK(message(">\n    a\n    {name} {nme}") == Places{"nme"});
  CHECK(message("'it''s {nme}'") == Places{"nme"});
  CHECK(message("'it''s { }'") == Places{"{ }"});
  CHECK(message("'it''s {name'") == Places{"{"});
}

TEST_CASE("every faulty expression of a rule is told, once, in the order of the file",
          "[rules]") {
  const Faults faults(
      "variables:\n  one: objct.x\n  two: variables.one + variables.tree\n"
      "checks:\n"
      "- expr: each1.x == c.x\n  each: '1'\n  as: c\n  when: name\n  message: "
      "'{variables.two}'\n"
      "  related: [{at: relatd, message: '{c} {relatd2}'}]\n"
      "- expr: variables.on\n  at: plac\n  message: x\n"
      "fix:\n- {add: fixd.x, value: valu}\n");
  CHECK(faults.places() == Places{"objct", "variables.tree", "each1", "'1'", "name", "relatd",
                                  "relatd2", "variables.on", "plac", "fixd", "valu"});
}

TEST_CASE("a faulty value of a param is placed where it stands", "[rules]") {
  const Faults faults(
      "params:\n"
      "  a: {type: regex, value: '[x', description: x}\n"
      "  b: {type: map(list(int)), value: {x: [1, 2], y: [3, z]}, description: x}\n"
      "  c: {type: int, value: 1, max: 3, profiles: {aks: 9}, description: x}\n"
      "checks:\n- expr: 'true'\n  message: x\n");
  CHECK(faults.places() == Places{"'[x'", "z", "9"});
}

}  // namespace
}  // namespace tidewaiter::rules
