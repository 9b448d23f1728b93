#include <string>

#include "cel/authorizer.h"
#include "cel/tree.h"
#include "cel/value_build.h"
#include "support/catch.h"

namespace tidewaiter::cel::testing {
namespace {

/// An environment as a policy's: a typed object, and variables as fields.
class PolicyWorld : public World {
 public:
  PolicyWorld() : World(R"({"metadata": {"name": "web", "labels": {"a": "b"}}})") {
    environment.declare_object("Meta", {{"name", Type(TypeKind::kString)},
                                        {"labels", *Type::parse("map(string, string)")},
                                        {"uid", Type(TypeKind::kString)}});
    environment.declare_object("Request", {{"metadata", Type::object("Meta")}});
    environment.declare_prefix("variables");
    bind("request", tree.root(), Type::object("Request"));
    bind("nothing", Value::null(), Type::object("Request"));
    bind("maybe", make_optional(arena, tree.root()), Type::optional(Type::object("Request")));
    bind("variables.one", Value::integer(1), Type(TypeKind::kInt));
    bind("variables.none", Value::null());
    bind("variables.bad", make_error(arena, "The variable does not compile."));
  }
};

/// Why the expression does not compile; "" if it does.
std::string error_of(const World& world, std::string_view expression) {
  const auto program = compile(world.environment, expression);
  return program ? "" : program.error().message;
}

}  // namespace

TEST_CASE("the fields of an object type are known to the checker", "[cel][object]") {
  PolicyWorld world;
  CHECK(world.text("request.metadata.name + '!'") == "'web!'");
  CHECK(world.text("request.metadata.labels['a']") == "'b'");
  CHECK(error_of(world, "request.metadata.name + 1").find("operator '+'") != std::string::npos);
  CHECK(error_of(world, "request.metdata.name") ==
        "'Request' is used with the undefined field 'metdata'. Did you mean 'metadata'?");
  CHECK(error_of(world, "has(request.metadata.nmae)") ==
        "'Meta' is used with the undefined field 'nmae'. Did you mean 'name'?");
  CHECK(error_of(world, "request.?zzzzzz") ==
        "'Request' is used with the undefined field 'zzzzzz'.");
  CHECK(error_of(world, "maybe.metadta") ==
        "'Request' is used with the undefined field 'metadta'. Did you mean "
        "'metadata'?");
}

TEST_CASE("a declared field of an object may be absent", "[cel][object]") {
  PolicyWorld world;
  CHECK(world.text("request.metadata.uid") == "error: There is no field 'uid'.");
  CHECK(world.text("has(request.metadata.uid)") == "false");
  CHECK(world.text("has(request.metadata.name)") == "true");
  CHECK(world.text("request.metadata.?uid.orValue('-')") == "'-'");
  CHECK(world.text("maybe.metadata.name.orValue('-')") == "'web'");
  CHECK(world.text("nothing == null") == "true");
  CHECK(world.text("nothing.metadata == null") == "error: Null has no field 'metadata'.");
}

TEST_CASE("an object is no map to the checker", "[cel][object]") {
  PolicyWorld world;
  for (const std::string expression :
       {"request['metadata']", "'metadata' in request", "request.all(k, true)",
        "request == {'a': 1}", "size(request) == 1"}) {
    CAPTURE(expression);
    CHECK_FALSE(compile(world.environment, expression));
  }
}

TEST_CASE("variables may be fields of a prefix", "[cel][object]") {
  PolicyWorld world;
  CHECK(world.text("variables.one + 1") == "2");
  CHECK(error_of(world, "variables.one == 'x'").find("operator '=='") != std::string::npos);
  CHECK(error_of(world, "variables.oen") ==
        "'variables' is used with the undefined field 'oen'. Did you mean 'one'?");
  CHECK(error_of(world, "has(variables.nope)") ==
        "'variables' is used with the undefined field 'nope'. Did you mean 'none'?");
  CHECK(error_of(world, "variables.?zzzz.orValue(1)") ==
        "'variables' is used with the undefined field 'zzzz'.");
  CHECK(error_of(world, "variables == null") ==
        "'variables' is no value by itself: name one of its fields, 'variables.x'.");
  CHECK(world.text("[1].map(variables, variables + 1)") == "[2]");
}

TEST_CASE("has() of a variable evaluates it", "[cel][object]") {
  PolicyWorld world;
  CHECK(world.text("has(variables.one)") == "true");
  CHECK(world.text("has(variables.none)") == "true");
  CHECK(world.text("has(variables.bad)") == "error: The variable does not compile.");
  CHECK(world.text("has(variables.bad) || true") == "true");
  CHECK(world.text("variables.?one.orValue(7)") == "1");
  CHECK(world.text("variables.?bad.orValue(7)") == "error: The variable does not compile.");
  CHECK(world.text("true || variables.bad == 1") == "true");
}

TEST_CASE("an authorizer is compiled, and answers as its value says", "[cel][authorizer]") {
  World world("{}");
  FunctionRegistry functions;
  add_standard_functions(functions);
  add_authorizer_functions(functions);
  world.environment = Environment(functions);
  world.environment.declare("object", Type());
  world.bind("authorizer", no_opinion_authorizer(), authorizer_type());
  world.bind("authorizer.requestResource", no_opinion_resource_check(), resource_check_type());
  world.bind("unknown", unknown_authorizer(), authorizer_type());
  const std::string check =
      "authorizer.group('').resource('pods').namespace('a').subresource('log').name('b')"
      ".fieldSelector('x=y').labelSelector('a').check('create')";
  CHECK(world.text(check + ".allowed()") == "false");
  CHECK(world.text(check + ".errored() || " + check + ".error() != ''") == "false");
  CHECK(world.text(check + ".reason()") == "''");
  CHECK(world.text("authorizer.requestResource.check('create').allowed()") == "false");
  CHECK(
      world.text("authorizer.serviceAccount('ns', 'a.b').path('/x').check('get').allowed()") ==
      "false");
  CHECK(world.text("authorizer.serviceAccount('N', 'x').path('/x').check('get').allowed()")
            .starts_with("error: This is no name"));
  CHECK(world.text("authorizer.path(' ')") == "error: The path is empty.");
  CHECK(world.text("unknown.path('/x').check('get').allowed()")
            .starts_with("error: Only a cluster knows"));
  CHECK_FALSE(compile(world.environment, "authorizer.resource('pods')"));
  CHECK_FALSE(compile(world.environment, "authorizer.requestResource.allowed()"));
  world.environment.kubernetes_minor = 30;
  CHECK_FALSE(compile(world.environment, check + ".allowed()"));
}

}  // namespace tidewaiter::cel::testing
