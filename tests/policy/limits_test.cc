#include <string>

#include "policy/judged_policy.h"
#include "support/catch.h"

// A policy's work is bounded, however many expressions it has.

namespace tidewaiter::policy {
namespace {

using testing::ClusterOf;
using testing::JudgedPolicy;

constexpr const char* kPod = R"(apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: nginx}]}
)";

constexpr const char* kTooMuch = "The expression needs more steps than an evaluation may take.";

// True, after some 500,000 steps.
constexpr const char* kCostly =
    "lists.range(1000).all(i, lists.range(100).all(j, object.kind == 'Pod'))";

std::string repeated(const std::string& text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += text;
  return result;
}

}  // namespace

TEST_CASE("the validations of a policy have one budget", "[evaluation][limits]") {
  JudgedPolicy policy("validations:\n" +
                      repeated("- expression: " + std::string(kCostly) + "\n", 40));
  const Evaluation evaluation = policy.judge(ClusterOf(kPod));
  REQUIRE(evaluation.decisions.size() == 40);
  CHECK(evaluation.decisions.front().verdict == Verdict::kAdmit);
  CHECK(evaluation.decisions.back().verdict == Verdict::kError);
  CHECK(evaluation.decisions.back().error == kTooMuch);
}

TEST_CASE("variables take from the budget of what reads them", "[evaluation][limits]") {
  std::string variables;
  std::string sum = "true";
  for (int i = 0; i < 100; ++i) {
    const std::string name = "v" + std::to_string(i);
    variables += "- {name: " + name + ", expression: \"" + kCostly + "\"}\n";
    sum += " && variables." + name;
  }
  JudgedPolicy policy("variables:\n" + variables + "validations:\n- expression: " + sum + "\n");
  const std::string verdict = policy.verdict(ClusterOf(kPod));
  CHECK(verdict.starts_with("error: The variable 'v"));
  CHECK(verdict.ends_with(kTooMuch));
}

TEST_CASE("match conditions have a budget of their own", "[evaluation][limits]") {
  const std::string condition = "expression: \"" + std::string(kCostly) + "\"}\n";
  std::string conditions;
  for (int i = 0; i < 9; ++i) {
    conditions += "- {name: c" + std::to_string(i) + ", " + condition;
  }
  JudgedPolicy policy("matchConditions:\n" + conditions +
                      "validations:\n- expression: 1 == 1\n");
  const Evaluation evaluation = policy.judge(ClusterOf(kPod));
  REQUIRE(evaluation.decisions.size() == 1);
  CHECK_FALSE(evaluation.decisions[0].admitted);
  CHECK(evaluation.decisions[0].error == kTooMuch);
}

TEST_CASE("a message that costs too much is not used", "[evaluation][limits]") {
  const std::string too_costly =
      "lists.range(1000).all(i, lists.range(1000).all(j, object.kind == 'Pod')) ? 'a' : 'b'";
  const std::string doubled =
      "[object.kind]" + repeated(".map(x, x + x)", 60) + ".join(object.kind)";
  for (const std::string& expression : {too_costly, doubled}) {
    CAPTURE(expression);
    JudgedPolicy policy("validations:\n- expression: object.kind == ''\n  message: Plain.\n" +
                        ("  messageExpression: \"" + expression) + "\"\n");
    CHECK(policy.verdict(ClusterOf(kPod)) == "deny: Plain.");
  }
}

TEST_CASE("variables that double in size end", "[evaluation][limits]") {
  std::string variables = "- {name: v0, expression: 'object.kind + object.kind'}\n";
  for (int i = 1; i < 300; ++i) {
    const std::string before = "variables.v" + std::to_string(i - 1);
    variables +=
        "- {name: v" + std::to_string(i) + ", expression: " + before + " + " + before + "}\n";
  }
  JudgedPolicy policy("variables:\n" + variables +
                      "validations:\n- expression: size(variables.v299) > 0\n");
  CHECK(policy.verdict(ClusterOf(kPod)).starts_with("error: "));
}

}  // namespace tidewaiter::policy
