#include "cel/checker.h"

#include <string>
#include <utility>
#include <vector>

#include "cel/ast_text.h"
#include "cel/parser.h"
#include "support/catch.h"

namespace tidewaiter::cel {
namespace {

const FunctionRegistry& functions() {
  static const FunctionRegistry registry = [] {
    FunctionRegistry made;
    for (const std::string_view signature :
         {"size(string) -> int", "size(list(T)) -> int", "string.size() -> int",
          "dyn(T) -> dyn", "type(T) -> type(T)", "string.startsWith(string) -> bool",
          "strings.quote(string) -> string", "scope.get(string, string) -> dyn",
          "optional.of(T) -> optional_type(T)", "optional.none() -> optional_type(T)",
          "optional_type(T).orValue(T) -> T", "quantity(string) -> kubernetes.Quantity",
          "sign(kubernetes.Quantity) -> int", "list(int).sum() -> int",
          "list(double).sum() -> double", "string.format(list(dyn)) -> string",
          "duration(string) -> duration", "com.example.f(int) -> int"}) {
      made.add(signature, Purity::kPure, nullptr, "");
    }
    made.add("string.new() -> string", Purity::kPure, nullptr, "", 35);
    return made;
  }();
  return registry;
}

Environment environment() {
  Environment made(functions());
  made.declare("object", Type());
  made.declare("params.max", *Type::parse("int"));
  made.declare("params.items", *Type::parse("list(map(string, int))"));
  made.declare("name", *Type::parse("string"));
  made.declare("a.b", *Type::parse("map(string, string)"));
  made.declare("a.b.c", *Type::parse("int"));
  return made;
}

Result<CheckedAst> checked(std::string_view text, const Environment& env = environment()) {
  auto ast = parse(text, env.limits, env.macro_options());
  if (!ast) return ast.error();
  auto result = check(*std::move(ast), env);
  if (result) {
    REQUIRE(testing::is_well_formed(result->ast, static_cast<std::uint32_t>(text.size()),
                                    env.limits.depth));
  }
  return result;
}

std::string type_of(std::string_view text, const Environment& env = environment()) {
  const auto result = checked(text, env);
  return result ? result->result_type().to_string() : "error: " + result.error().message;
}

/// The message of the error and the text it points at.
std::string problem(const std::string& text, const Environment& env = environment()) {
  const auto result = checked(text, env);
  if (result) return "no error, but " + result->result_type().to_string();
  const ByteSpan where = result.error().where.value();
  REQUIRE(where.end <= text.size());
  return text.substr(where.begin, where.size()) + " | " + result.error().message;
}

TEST_CASE("operators have the types of the specification", "[cel][checker]") {
  CHECK(type_of("1 + 2") == "int");
  CHECK(type_of("1.0 / 2.0") == "double");
  CHECK(type_of("'a' + 'b'") == "string");
  CHECK(type_of("[1] + [2]") == "list(int)");
  CHECK(type_of("duration('1s') + duration('1s')") == "google.protobuf.Duration");
  CHECK(type_of("1 in [1] && 'a' in {'a': 1}") == "bool");
  CHECK(type_of("[1, 2][0]") == "int");
  CHECK(type_of("{'a': 1.0}['a']") == "double");
  CHECK(type_of("true ? 1 : 2") == "int");
  CHECK(type_of("1 < 2.0 && 2u >= 1 && 1.0 < 2u") == "bool");
}

TEST_CASE("what is dynamic takes part in everything", "[cel][checker]") {
  CHECK(type_of("object.a.b[0].c") == "dyn");
  CHECK(type_of("object.a + 1") == "int");
  CHECK(type_of("object.a + object.b") == "dyn");
  CHECK(type_of("object.a < object.b") == "bool");
  CHECK(type_of("dyn(1) == 1.0") == "bool");
  CHECK(type_of("object.list.map(x, x.y)") == "list(dyn)");
  CHECK(type_of("object.list.filter(x, x.y)") == "list(dyn)");
  CHECK(type_of("size(object.name)") == "int");
  CHECK(type_of("true ? 1 : dyn('a')") == "dyn");
}

TEST_CASE("unknown types are found by later use, in any order", "[cel][checker]") {
  Environment env = environment();
  env.homogeneous_literals = false;
  CHECK(type_of("[[[[[]]]], [], [[[]]]]", env) == "list(list(list(list(list(dyn)))))");
  CHECK(type_of("([].map(x, x))[0].foo", env) == "dyn");
  CHECK(type_of("[optional.none(), optional.of(1)]", env) == "list(optional_type(int))");
  CHECK(type_of("[optional.of(1), optional.none()]", env) == "list(optional_type(int))");
  CHECK(type_of("[optional.of(dyn(1)), optional.of(1)]", env) == "list(optional_type(dyn))");
  CHECK(type_of("[] + [1]") == "list(int)");
  CHECK(type_of("[[], [1]]") == "list(list(int))");
  CHECK(type_of("{}") == "map(dyn, dyn)");
  CHECK(type_of("[{}, {'a': 1}]") == "list(map(string, int))");
  CHECK(type_of("optional.none().orValue(42)") == "int");
}

TEST_CASE("null fits into what may be null", "[cel][checker]") {
  CHECK(type_of("quantity('1') == null") == "bool");
  CHECK(type_of("null == quantity('1')") == "bool");
  CHECK(type_of("true ? null : duration('1s')") == "null_type");
  CHECK(type_of("object.x == null") == "bool");
  CHECK(problem("1 == null") == "== | The operator '==' does not take int and null_type.");
}

TEST_CASE("optionals carry through selections and indexes", "[cel][checker]") {
  CHECK(type_of("{'a': 1}.?a") == "optional_type(int)");
  CHECK(type_of("{'a': {'b': 1}}.?a.b") == "optional_type(int)");
  CHECK(type_of("{'a': {'b': 1}}.?a.?b") == "optional_type(int)");
  CHECK(type_of("[1][?0]") == "optional_type(int)");
  CHECK(type_of("optional.of([1])[0]") == "optional_type(int)");
  CHECK(type_of("object.?a.b.orValue('x')") == "dyn");
  CHECK(type_of("[?optional.of(1), 2]") == "list(int)");
  CHECK(type_of("{?'a': optional.of(1)}") == "map(string, int)");
  CHECK(type_of("has({'a': 1}.?a.b) || true").starts_with("error"));
  CHECK(type_of("has({'a': {'b': 1}}.?a.b)") == "bool");
  CHECK(problem("[?1]") == "1 | What stands behind '?' needs to be optional, but it is int.");
}

TEST_CASE("macros have the types of what they make", "[cel][checker]") {
  CHECK(type_of("params.items.all(i, i.x > 0)") == "bool");
  CHECK(type_of("params.items.map(i, i.x)") == "list(int)");
  CHECK(type_of("params.items.map(i, i.x > 0, i)") == "list(map(string, int))");
  CHECK(type_of("{'a': 1}.map(k, k)") == "list(string)");
  CHECK(type_of("{'a': 1}.filter(k, k != 'a')") == "list(string)");
  CHECK(type_of("{'a': 1}.exists(k, v, k == 'a' && v == 1)") == "bool");
  CHECK(type_of("['a'].transformList(i, s, s.size() + i)") == "list(int)");
  CHECK(type_of("['a'].transformMap(i, s, s)") == "map(int, string)");
  CHECK(type_of("{'a': 1}.transformMap(k, v, v + 1)") == "map(string, int)");
  CHECK(type_of("{'a': 1}.transformMapEntry(k, v, {v: k})") == "map(int, string)");
  CHECK(type_of("[3, 1].sortBy(x, -x)") == "list(int)");
  CHECK(type_of("cel.bind(x, [1], x[0] + x[0])") == "int");
  CHECK(type_of("optional.of(1).optMap(x, 'a')") == "optional_type(string)");
  CHECK(type_of("optional.of({'a': 1}).optFlatMap(m, m.?a)") == "optional_type(int)");
  CHECK(type_of("object.?a.optMap(x, x + 1)") == "optional_type(int)");
}

TEST_CASE("macros used on wrong types say so", "[cel][checker]") {
  CHECK(problem("1.all(x, true)") ==
        "all | all() needs a list or a map, but it is called on a value of type int.");
  CHECK(problem("[1].all(x, x)") ==
        "x | The condition of all() needs to be a bool, but it is int.");
  CHECK(problem("[1].map(x, x, x)") ==
        "x | The condition of map() needs to be a bool, but it is int.");
  CHECK(problem("1.optMap(x, x)") ==
        "optMap | optMap() needs an optional value, but it is called on a value of type int.");
  CHECK(
      problem("{'a': 1}.sortBy(x, x)") ==
      "sortBy | sortBy() needs a list, but it is called on a value of type map(string, int).");
  CHECK(problem("[1].sortBy(x, [x])") ==
        "[x] | sortBy() cannot sort by a value of type list(int).");
  CHECK(problem("[1].transformMapEntry(i, v, v)") ==
        "v | The result of transformMapEntry() needs to be a map, but it is int.");
  CHECK(problem("optional.of(1).optFlatMap(x, x)") ==
        "x | The result of optFlatMap() needs to be an optional value, but it is int.");
}

TEST_CASE("literals of mixed types are refused as Kubernetes does", "[cel][checker]") {
  CHECK(problem("[1, 'a']") ==
        "'a' | The items of a list need one type, but here string follows int.");
  CHECK(problem("dyn([1, 2.5])").starts_with("2.5 | "));
  CHECK(problem("[dyn(1), 'a']").starts_with("'a' | "));
  CHECK(problem("[1, null]").starts_with("null | "));
  CHECK(problem("{'a': 1, 'b': 'x'}") ==
        "'x' | The values of a map need one type, but here string follows int.");
  CHECK(problem("{1: 1, 'b': 1}") ==
        "'b' | The keys of a map need one type, but here string follows int.");
  CHECK(type_of("[?optional.of(1), 2]") == "list(int)");
  CHECK(type_of("'%s %d'.format(['a', 1])") == "string");
  CHECK(type_of("'%s'.format([[1, 'a']])") == "string");
}

TEST_CASE("literals of mixed types are allowed where the environment says so",
          "[cel][checker]") {
  Environment env = environment();
  env.homogeneous_literals = false;
  CHECK(type_of("[1, 'a']", env) == "list(dyn)");
  CHECK(type_of("{'a': 1, 2: 'x'}", env) == "map(dyn, dyn)");
  CHECK(type_of("[1, dyn('a')]", env) == "list(dyn)");
}

TEST_CASE("operators on wrong types are refused in words", "[cel][checker]") {
  CHECK(problem("1 + 1.0") ==
        "+ | The operator '+' does not take int and double. Convert one of them, for example "
        "by 'double(...)'.");
  CHECK(problem("1 == 1u").starts_with("== | The operator '==' does not take int and uint."));
  CHECK(problem("name && true") == "&& | The operator '&&' does not take string and bool.");
  CHECK(problem("!name") == "! | The operator '!' does not take string.");
  CHECK(problem("[1] == [1.0]").starts_with("== | "));
  CHECK(problem("1.0 in [1]").starts_with("in | "));
  CHECK(problem("-duration('1h')").starts_with("- | "));
  CHECK(problem("1 ? 2 : 3") == "? | The condition of '?:' needs to be a bool, but it is int.");
  CHECK(problem("true ? 1 : 'a'") ==
        "? | Both results of '?:' need the same type, but they are int and string; write "
        "'dyn(...)' around one to allow both.");
  CHECK(problem("{'a': 1}[1]") ==
        "[ | A value of type map(string, int) has no index of type int.");
  CHECK(problem("quantity('1') > quantity('2')").starts_with("> | "));
}

TEST_CASE("calls that fit no overload show those there are", "[cel][checker]") {
  CHECK(problem("size(1)") ==
        "size | 'size' is called as 'size(int)', but it takes: 'size(string) -> int', "
        "'size(list(T)) -> int'.");
  CHECK(
      problem("['a'].sum()") ==
      "sum | 'sum' is called as 'list(string).sum()', but it takes: 'list(int).sum() -> int', "
      "'list(double).sum() -> double'.");
  CHECK(problem("strings.quote(1)").starts_with("strings.quote | 'strings.quote' is called"));
  CHECK(problem("optional.of(1).orValue('a')").starts_with("orValue | "));
}

TEST_CASE("unknown functions are refused with what was probably meant", "[cel][checker]") {
  CHECK(problem("'a'.startswith('b')") ==
        "startswith | There is no function 'startswith' to call on a value. Did you mean "
        "'startsWith'?");
  CHECK(problem("sise('a')") == "sise | There is no function 'sise'. Did you mean 'size'?");
  CHECK(problem("quantity('1').sign()") ==
        "sign | 'sign' is not called on a value: write 'sign(x)', not 'x.sign()'.");
  CHECK(problem("startsWith('a', 'b')") ==
        "startsWith | 'startsWith' is called on a value: 'string.startsWith(string) -> bool'.");
  CHECK(problem("strings.qoute('a')") ==
        "strings.qoute | There is no function 'strings.qoute'. Did you mean 'strings.quote'?");
  CHECK(problem("object.l.all(x)") == "all | all() is called as 'list.all(x, condition)'.");
  CHECK(problem("object.a.frobnicate()") ==
        "frobnicate | There is no function 'frobnicate' to call on a value.");
}

TEST_CASE("functions that came after the Kubernetes version are unknown", "[cel][checker]") {
  Environment env = environment();
  env.kubernetes_minor = 34;
  CHECK(problem("'a'.new()", env) ==
        "new | 'new' exists from Kubernetes 1.35 on, but the target is 1.34.");
  env.kubernetes_minor = 35;
  CHECK(type_of("'a'.new()", env) == "string");
  CHECK(type_of("'a'.new()") == "string");
}

TEST_CASE("undeclared names are refused with what was probably meant", "[cel][checker]") {
  CHECK(problem("objct.spec.x") == "objct | 'objct' is not declared. Did you mean 'object'?");
  CHECK(problem("params.mx > 1") ==
        "params.mx | 'params.mx' is not declared. Did you mean 'params.max'?");
  CHECK(problem("object.l.all(item, itm.x)") ==
        "itm | 'itm' is not declared. Did you mean 'item'?");
  CHECK(problem("zzzzzz") == "zzzzzz | 'zzzzzz' is not declared.");
  CHECK(problem("object.l.all(x, x) && x") == "x | 'x' is not declared.");
}

TEST_CASE("what has no fields is not selected from", "[cel][checker]") {
  CHECK(problem("params.max.foo") ==
        "foo | A value of type int has no fields, so '.foo' finds nothing.");
  CHECK(problem("name.size") ==
        "size | A value of type string has no fields, so '.size' finds nothing. To call the "
        "function write 'size()'.");
  CHECK(problem("has(name.x)").starts_with("x | "));
  CHECK(problem("Foo{a: 1}").starts_with("Foo | "));
}

TEST_CASE("the longest declared name wins", "[cel][checker]") {
  const auto longest = checked("a.b.c + 1");
  REQUIRE(longest);
  CHECK(testing::ast_text(longest->ast) == "(_+_ a.b.c 1)");
  CHECK(longest->ast.nodes.size() == 3);
  CHECK(longest->names[0].kind == NameKind::kVariable);
  CHECK(longest->names[0].slot == 5);
  CHECK(longest->ast[0].span == ByteSpan{0, 5});
  CHECK(type_of("a.b.d") == "string");
  CHECK(type_of("(a.b).d") == "string");
  CHECK(type_of("has(a.b.c)") == "bool");
}

TEST_CASE("a declared qualified name is there", "[cel][checker]") {
  const auto test = checked("has(params.max) && has(object.x)");
  REQUIRE(test);
  CHECK(testing::ast_text(test->ast) == "(_&&_ (@present params.max) has(object.x))");
  CHECK(problem("has(params.mx)") ==
        "params.mx | 'params.mx' is not declared. Did you mean 'params.max'?");
}

TEST_CASE("variables of comprehensions hide others, also as prefix", "[cel][checker]") {
  CHECK(type_of("[{'max': 'x'}].map(params, params.max)") == "list(string)");
  CHECK(type_of("['x'].map(object, object)") == "list(string)");
  CHECK(type_of("[[1]].map(x, x.map(x, x))") == "list(list(int))");
  CHECK(type_of("['x'].map(name, .name)") == "list(string)");
  const auto nested = checked("[1].all(x, ['a'].all(y, x == 1 && y == 'a'))");
  REQUIRE(nested);
  for (ExprId id = 0; id < nested->ast.nodes.size(); ++id) {
    if (nested->ast[id].kind != ExprKind::kIdent) continue;
    REQUIRE(nested->names[id].kind == NameKind::kLocal);
    CHECK(nested->ast[nested->names[id].slot].var1 == nested->ast[id].name);
  }
}

TEST_CASE("of two variables the element is the first and the index the second",
          "[cel][checker]") {
  const auto pair = checked("['a'].all(i, s, i == 0 && s == 'a')");
  REQUIRE(pair);
  for (ExprId id = 0; id < pair->ast.nodes.size(); ++id) {
    if (pair->ast[id].name == "i")
      CHECK((pair->names[id].second && pair->types[id].to_string() == "int"));
    if (pair->ast[id].name == "s") CHECK_FALSE(pair->names[id].second);
  }
}

TEST_CASE("a container is tried from the inside out, a leading dot leaves it out",
          "[cel][checker]") {
  Environment env(functions());
  env.container = "com.example";
  const auto outer = env.declare("y", *Type::parse("string"));
  const auto inner = env.declare("com.example.y", *Type::parse("int"));
  const auto middle = env.declare("com.z", *Type::parse("bool"));
  CHECK(checked("y", env)->names[0].slot == inner);
  CHECK(checked(".y", env)->names[0].slot == outer);
  CHECK(checked("z", env)->names[0].slot == middle);
  CHECK(checked("com.example.y", env)->names[0].slot == inner);
  CHECK(type_of("f(1)", env) == "int");
  CHECK(type_of("example.f(1)", env) == "int");
  CHECK(type_of(".com.example.f(1)", env) == "int");
  CHECK(problem(".f(1)", env).starts_with(".f | ") == false);
}

TEST_CASE("a function of a namespace is found behind a variable of its name",
          "[cel][checker]") {
  CHECK(type_of("[1].map(strings, strings.quote('a'))") == "list(string)");
  CHECK(type_of("object.l.map(strings, strings.trim)") == "list(dyn)");
}

TEST_CASE("a name declared again hides the earlier one", "[cel][checker]") {
  Environment env = environment();
  const auto slot = env.declare("name", *Type::parse("int"));
  CHECK(checked("name + 1", env)->names[0].slot == slot);
}

TEST_CASE("types are values", "[cel][checker]") {
  CHECK(type_of("int") == "type(int)");
  CHECK(type_of("type(1) == int") == "bool");
  CHECK(type_of("google.protobuf.Timestamp") == "type(google.protobuf.Timestamp)");
  CHECK(type_of("type(optional.none()) == optional_type") == "bool");
  // Kubernetes declares no others of its own by name.
  CHECK(type_of("net.IP") == "type(net.IP)");
  CHECK(type_of("net.CIDR") == "type(net.CIDR)");
  CHECK(problem("kubernetes.Quantity") == "kubernetes | 'kubernetes' is not declared.");
  CHECK(problem("type(quantity('1')) == kubernetes.Quantity") ==
        "kubernetes | 'kubernetes' is not declared.");
  Environment old = environment();
  old.kubernetes_minor = 27;
  CHECK(problem("optional_type", old) == "optional_type | 'optional_type' is not declared.");
  CHECK(problem("net.IP", old) == "net | 'net' is not declared.");
  const auto named = checked("net.IP");
  REQUIRE(named);
  CHECK(named->names[0].kind == NameKind::kTypeName);
  CHECK(named->ast.nodes.size() == 1);
}

TEST_CASE("calls of namespaced functions lose their receiver", "[cel][checker]") {
  const auto call = checked("scope.get(name, 'x') == strings.quote(name)");
  REQUIRE(call);
  CHECK(testing::ast_text(call->ast) == "(_==_ (scope.get name 'x') (strings.quote name))");
  CHECK(type_of("['a'].map(strings, strings.size())") == "list(int)");
}

TEST_CASE("a call knows the overloads that may apply", "[cel][checker]") {
  const auto indexes = [](std::string_view text) {
    const auto result = checked(text);
    REQUIRE(result);
    return result->candidates[result->ast.root()];
  };
  using Indexes = std::vector<std::uint32_t>;
  CHECK(indexes("size('a')") == Indexes{0});
  CHECK(indexes("size([1])") == Indexes{1});
  CHECK(indexes("size(object)") == Indexes{0, 1});
  CHECK(indexes("name.size()") == Indexes{2});
  CHECK(indexes("1 + 2").empty());
}

TEST_CASE("names are resolved without types for evaluation without checking",
          "[cel][checker]") {
  const auto resolved = [](std::string_view text) {
    const Environment env = environment();
    return resolve_only(*parse(text, env.limits), env);
  };
  const auto mixed = resolved("[1, 'a'] + nothing.x + frob(params.max) + size(1)");
  CHECK(testing::ast_text(mixed.ast) ==
        "(_+_ (_+_ (_+_ (list 1 'a') nothing.x) (frob params.max)) (size 1))");
  for (ExprId id = 0; id < mixed.ast.nodes.size(); ++id) {
    const Expr& expr = mixed.ast[id];
    if (expr.name == "nothing") CHECK(mixed.names[id].kind == NameKind::kUnknown);
    if (expr.name == "params.max") CHECK(mixed.names[id].slot == 1);
    if (expr.name == "frob") CHECK(mixed.candidates[id].empty());
    if (expr.name == "size") CHECK(mixed.candidates[id].size() == 2);
    CHECK(mixed.types[id] == Type());
  }
  CHECK(resolved("[{'z': 0}].exists(y, y.z == 0)").names.size() == 9);
}

TEST_CASE("types that double with each nesting end in an error", "[cel][checker]") {
  std::string text = "1";
  for (int i = 0; i < 60; ++i) {
    text = "cel.bind(m, {}, cel.bind(x, " + text + ", m[x] == x ? m : m))";
  }
  const auto result = checked(text);
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::kLimitExceeded);
  std::string literal = "1";
  for (int i = 0; i < 60; ++i) literal = "cel.bind(x, " + literal + ", {x: x})";
  CHECK(checked(literal));
}

TEST_CASE("large flat expressions are checked in one pass", "[cel][checker]") {
  std::string text = "[[]";
  for (int i = 0; i < 5'000; ++i) text += ", []";
  CHECK(type_of(text + ", [1]]") == "list(list(int))");
  std::string chain = "object.a";
  for (int i = 0; i < 4'000; ++i) chain += " && object.a";
  CHECK(type_of(chain) == "bool");
}

}  // namespace
}  // namespace tidewaiter::cel
