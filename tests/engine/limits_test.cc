#include <algorithm>
#include <string>

#include "engine/lint.h"
#include "support/catch.h"

namespace tidewaiter::testing {

TEST_CASE("a rule may cost only so much on a resource", "[engine][limits]") {
  // A thousand million steps in twenty thousand items, each of which has its own limit.
  const std::string rule = R"(id: ACME001
name: costly
summary: Everything is cheap
severity: error
match: {kinds: [ConfigMap]}
checks:
  - each: lists.range(20000)
    as: i
    expr: lists.range(10000).all(j, i + j >= 0 || object.kind == '')
    message: "Item {i} is negative."
  - expr: object.kind == ''
    message: "The kind is '{object.kind}'."
)";
  const auto result = Lint{
      .files = {{"a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"}},
      .choice = {.select = {"costly", "rule-error"}},
      .user_rules = {
          rule}}.run();
  CAPTURE(result.findings.size());
  CHECK(result.findings.size() < 10);
}

}  // namespace tidewaiter::testing
