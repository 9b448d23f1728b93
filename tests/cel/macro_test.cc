#include "cel/macro.h"

#include <string>
#include <utility>
#include <vector>

#include "cel/ast_text.h"
#include "cel/parser.h"
#include "support/catch.h"

namespace tidewaiter::cel {
namespace {

std::string parsed(std::string_view text, const MacroOptions& options = {}) {
  const CelLimits limits;
  const auto ast = parse(text, limits, options);
  if (!ast) return "error: " + ast.error().message;
  REQUIRE(testing::is_well_formed(*ast, static_cast<std::uint32_t>(text.size()), limits.depth));
  return testing::ast_text(*ast);
}

TEST_CASE("macros with one variable are expanded", "[cel][macro]") {
  CHECK(parsed("l.all(x, x > 0)") == "(all[x] l (_>_ x 0))");
  CHECK(parsed("l.exists(x, x)") == "(exists[x] l x)");
  CHECK(parsed("l.exists_one(x, x)") == "(exists_one[x] l x)");
  CHECK(parsed("l.filter(x, x)") == "(filter[x] l x)");
  CHECK(parsed("l.map(x, x + 1)") == "(map[x] l (_+_ x 1))");
  CHECK(parsed("l.map(x, x > 0, x + 1)") == "(map[x] l (_>_ x 0) (_+_ x 1))");
  CHECK(parsed("l.sortBy(x, x.n)") == "(sortBy[x] l x.n)");
  CHECK(parsed("o.optMap(x, x.n)") == "(optMap[x] o x.n)");
  CHECK(parsed("o.optFlatMap(x, x.?n)") == "(optFlatMap[x] o x.?n)");
}

TEST_CASE("macros with two variables keep the element first", "[cel][macro]") {
  CHECK(parsed("m.all(k, v, k < v)") == "(all[v,k] m (_<_ k v))");
  CHECK(parsed("m.exists(k, v, k)") == "(exists[v,k] m k)");
  CHECK(parsed("m.existsOne(k, v, k)") == "(exists_one[v,k] m k)");
  CHECK(parsed("m.exists_one(k, v, k)") == "(exists_one[v,k] m k)");
  CHECK(parsed("m.transformList(k, v, v)") == "(transformList[v,k] m v)");
  CHECK(parsed("m.transformList(k, v, k, v)") == "(transformList[v,k] m k v)");
  CHECK(parsed("m.transformMap(k, v, v)") == "(transformMap[v,k] m v)");
  CHECK(parsed("m.transformMap(k, v, k, v)") == "(transformMap[v,k] m k v)");
  CHECK(parsed("m.transformMapEntry(k, v, {v: k})") == "(transformMapEntry[v,k] m (map v k))");
  CHECK(parsed("m.transformMapEntry(k, v, k, {v: k})") ==
        "(transformMapEntry[v,k] m k (map v k))");
}

TEST_CASE("has and cel.bind are expanded", "[cel][macro]") {
  CHECK(parsed("has(a.b.c)") == "has(a.b.c)");
  CHECK(parsed("has(a.?b.c)") == "has(a.?b.c)");
  CHECK(parsed("has(f(x).`y-z`)") == "has((f x).y-z)");
  CHECK(parsed("cel.bind(x, a + b, x * x)") == "(bind[x] (_+_ a b) (_*_ x x))");
}

TEST_CASE("macros nest", "[cel][macro]") {
  CHECK(parsed("a.all(x, b.exists(y, has(x.y)))") == "(all[x] a (exists[y] b has(x.y)))");
  CHECK(parsed("a.map(x, x).filter(y, y)") == "(filter[y] (map[x] a x) y)");
}

TEST_CASE("a call with another number of arguments is no macro", "[cel][macro]") {
  CHECK(parsed("l.all(x)") == "(.all l x)");
  CHECK(parsed("all(x, y)") == "(all x y)");
  CHECK(parsed("l.map()") == "(.map l)");
  CHECK(parsed("has(a, b)") == "(has a b)");
  CHECK(parsed("x.has(a.b)") == "(.has x a.b)");
  CHECK(parsed("x.bind(a, b, c)") == "(.bind x a b c)");
}

TEST_CASE("macros can be turned off, all or only cel.bind", "[cel][macro]") {
  const MacroOptions none{.enabled = false};
  CHECK(parsed("l.all(x, x)", none) == "(.all l x x)");
  CHECK(parsed("has(a.b)", none) == "(has a.b)");
  const MacroOptions no_bind{.bind = false};
  CHECK(parsed("cel.bind(x, 1, x)", no_bind) == "(.bind cel x 1 x)");
  CHECK(parsed("has(a.b)", no_bind) == "has(a.b)");
}

TEST_CASE("macros that came after the Kubernetes version are not expanded", "[cel][macro]") {
  CHECK(parsed("m.all(k, v, k)", {.kubernetes_minor = 31}) == "(.all m k v k)");
  CHECK(parsed("m.all(k, v, k)", {.kubernetes_minor = 32}) == "(all[v,k] m k)");
  CHECK(parsed("l.sortBy(x, x)", {.kubernetes_minor = 33}) == "(.sortBy l x x)");
  CHECK(parsed("l.all(x, x)", {.kubernetes_minor = 20}) == "(all[x] l x)");
}

TEST_CASE("a macro used wrongly is refused at the argument", "[cel][macro]") {
  struct Case {
    std::string text;
    std::string message;
    ByteSpan where;
  };
  for (const Case& c : std::vector<Case>{
           {"l.all(x.y, true)",
            "all() needs the name of a variable here, for example 'x'.",
            {6, 9}},
           {"l.map(1, 2)", "map() needs the name of a variable here, for example 'x'.", {6, 7}},
           {"l.exists(.x, true)",
            "exists() needs the name of a variable here, for example 'x'.",
            {9, 11}},
           {"m.all(k, 1, true)",
            "all() needs the name of a variable here, for example 'x'.",
            {9, 10}},
           {"m.all(v, v, true)", "The variables of all() need different names.", {9, 10}},
           {"cel.bind(1, 2, 3)",
            "cel.bind() needs the name of a variable here, for example 'x'.",
            {9, 10}},
           {"has(a)", "has() needs a field, for example 'has(object.spec)'.", {4, 5}},
           {"has(a[0])", "has() needs a field, for example 'has(object.spec)'.", {4, 8}},
           {"has(a.?b)", "has() needs a field, for example 'has(object.spec)'.", {4, 8}}}) {
    INFO(c.text);
    const auto ast = parse(c.text, {});
    REQUIRE_FALSE(ast);
    CHECK(ast.error().message == c.message);
    CHECK(ast.error().where == c.where);
  }
}

TEST_CASE("every macro says how it is called", "[cel][macro]") {
  for (const std::string_view name : macro_names()) {
    INFO(name);
    const std::string usage(macro_usage(name));
    CHECK(usage.find(std::string(name) + "(") != std::string::npos);
    // The usage is itself a call of the macro, so nothing is left of the call.
    CHECK(parsed(usage).find("." + std::string(name) + " ") == std::string::npos);
  }
  CHECK(macro_usage("size").empty());
}

}  // namespace
}  // namespace tidewaiter::cel
