#include "policy/compiled_policy.h"

#include <string>

#include "policy/judged_policy.h"
#include "support/catch.h"

namespace tidewaiter::policy {
namespace {

using testing::JudgedPolicy;
using testing::policy_of;

/// Why the first validation does not compile; empty when it does.
std::string fault(const JudgedPolicy& policy) {
  const CompiledExpression& expression = policy.compiled().validations.at(0).expression;
  return expression.error ? expression.error->message : std::string();
}

struct Case {
  std::string expression;
  std::string message_part;  ///< Empty: it compiles.
};

}  // namespace

TEST_CASE("a validation must be a bool before it is evaluated", "[compiled_policy]") {
  const Case test = GENERATE(
      Case{"object.spec.hostNetwork == true", ""}, Case{"object.spec.hostNetwork || false", ""},
      Case{"bool(object.spec.hostNetwork)", ""},
      Case{"object.spec.hostNetwork", "must evaluate to bool but got dyn: compare it"},
      Case{"object.spec.?hostNetwork.orValue(false)", "must evaluate to bool but got dyn"},
      Case{"has(object.a) ? object.a : false", "must evaluate to bool but got dyn"},
      Case{"1", "must evaluate to bool but got int."}, Case{"[1, 'a'].size() == 2", "type"},
      Case{"1 == 'a'", ""}, Case{"object.", ""});
  CAPTURE(test.expression);
  const std::string message = fault(policy_of(test.expression));
  if (test.expression == "object." || test.expression == "1 == 'a'") {
    CHECK(!message.empty());
  } else if (test.message_part.empty()) {
    CHECK(message == "");
  } else {
    CHECK(message.find(test.message_part) != std::string::npos);
  }
}

TEST_CASE("what the API server declares is declared, with its fields", "[compiled_policy]") {
  const Case test = GENERATE(
      Case{"oldObject == null", ""}, Case{"request.userInfo.groups.exists(g, g == 'a')", ""},
      Case{"request.kind.kind == 'Pod' && request.options.x == 1", ""},
      Case{"namespaceObject.metadata.labels['a'] == 'b'", ""},
      Case{"namespaceObject.status.conditions.all(c, c.type == 'x')", ""},
      Case{"authorizer.path('/x').check('get').allowed()", ""},
      Case{"authorizer.requestResource.check('get').allowed()", ""},
      Case{"request.uid == ''", "'uid'"}, Case{"request.object == null", "'object'"},
      Case{"has(request.kind.nope)", "'nope'"},
      Case{"namespaceObject.metadata.uid == ''", "'uid'"},
      Case{"has(namespaceObject.kind)", "'kind'"}, Case{"request.operation == 1", "string"},
      Case{"params == null", "params"}, Case{"variables.x == 1", "'x'"},
      Case{"has(variables.x)", "'x'"}, Case{"cel.bind(x, 1, x == 1)", "bind"},
      Case{"jsonpatch.escapeKey('/') == ''", "jsonpatch"},
      Case{"qosClass(object.spec) == 'x'", "qosClass"});
  CAPTURE(test.expression);
  const std::string message = fault(policy_of(test.expression));
  if (test.message_part.empty()) {
    CHECK(message == "");
  } else {
    CHECK(message.find(test.message_part) != std::string::npos);
  }
}

TEST_CASE("params are declared with a paramKind only", "[compiled_policy]") {
  CHECK(fault(JudgedPolicy("paramKind: {apiVersion: v1, kind: ConfigMap}\n"
                           "validations: [{expression: params == null}]")) == "");
}

TEST_CASE("variables have their static type, in their order", "[compiled_policy]") {
  const auto check = [](const std::string& variables, const std::string& expression) {
    return fault(JudgedPolicy("variables:\n" + variables + "validations:\n- expression: \"" +
                              expression + "\"\n"));
  };
  const std::string two =
      "- {name: a, expression: '1'}\n- {name: b, expression: variables.a}\n";
  CHECK(check(two, "variables.b == 1") == "");
  CHECK(check(two, "variables.b == 'x'") != "");
  CHECK(check("- {name: a, expression: object.x}\n", "variables.a == 'x'") == "");
  CHECK(check("- {name: a, expression: \"quantity('1')\"}\n", "variables.a == 'x'") == "");
  CHECK(check("- {name: a, expression: '[1]'}\n", "variables.a == ['x']") != "");

  const JudgedPolicy backwards(
      "variables: [{name: a, expression: variables.b}, {name: b, expression: '1'}]\n"
      "validations: [{expression: variables.b == 1}, {expression: variables.a == 1}]");
  CHECK(backwards.compiled().variables.at(0).error);
  CHECK(fault(backwards) == "");
  CHECK(!backwards.compiled().validations.at(1).expression.error);
}

TEST_CASE("messages are strings and know no authorizer", "[compiled_policy]") {
  const auto compiles = [](const std::string& expression) {
    const JudgedPolicy policy("validations:\n- expression: 'false'\n  messageExpression: \"" +
                              expression + "\"\n");
    return policy.compiled().validations.at(0).message_expression->program.has_value();
  };
  CHECK(compiles("'a' + string(object.metadata.name)"));
  CHECK(!compiles("object.metadata.name"));
  CHECK(!compiles("string(authorizer.path('/x').check('get').allowed())"));
  CHECK(!compiles("1"));
}

TEST_CASE("audit annotations are strings or null", "[compiled_policy]") {
  const JudgedPolicy policy(
      "auditAnnotations:\n- {key: a, valueExpression: \"'x'\"}\n"
      "- {key: b, valueExpression: 'null'}\n- {key: c, valueExpression: object.x}\n");
  CHECK(!policy.compiled().audit_annotations.at(0).error);
  CHECK(!policy.compiled().audit_annotations.at(1).error);
  CHECK(policy.compiled().audit_annotations.at(2).error->message.find(
            "one of [string null_type] but got dyn") != std::string::npos);
}

TEST_CASE("functions of later versions of Kubernetes are not declared", "[compiled_policy]") {
  const JudgedPolicy policy("validations: [{expression: \"[3, 1].sortBy(x, x) == [1, 3]\"}]");
  CHECK(fault(policy) == "");
  CHECK(compile_policy(policy.policy(), 27).validations.at(0).expression.error);
}

TEST_CASE("what is no text does not compile", "[compiled_policy]") {
  CHECK(fault(JudgedPolicy("validations: [{expression: true}]")).find("quotes") !=
        std::string::npos);
  CHECK(fault(JudgedPolicy("validations: [{message: x}]")).find("missing") !=
        std::string::npos);
}

TEST_CASE("a policy of countless variables is refused in linear time", "[compiled_policy]") {
  std::string text = "variables:\n";
  for (int i = 0; i < 3'000; ++i) {
    text += "- {name: v" + std::to_string(i) + ", expression: '1'}\n";
  }
  const JudgedPolicy policy(text + "validations: [{expression: variables.v2999 == 1}]");
  CHECK(!policy.compiled().variables.at(999).error);
  CHECK(policy.compiled().variables.at(1'000).error->code == ErrorCode::kLimitExceeded);
  CHECK(fault(policy).find("'v2999'") != std::string::npos);
}

}  // namespace tidewaiter::policy
