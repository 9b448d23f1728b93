#include "cel/parser.h"

#include <string>
#include <utility>
#include <vector>

#include "cel/ast_text.h"
#include "support/catch.h"

namespace tidewaiter::cel {
namespace {

using testing::ast_text;
using testing::is_well_formed;

std::string parsed(std::string_view text) {
  const CelLimits limits;
  const auto ast = parse(text, limits);
  if (!ast) return "error: " + ast.error().message;
  REQUIRE(is_well_formed(*ast, static_cast<std::uint32_t>(text.size()), limits.depth));
  return ast_text(*ast);
}

std::string repeated(std::string_view part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

/// The part of `text` that the span of its root covers.
std::string root_text(const std::string& text) {
  const auto ast = parse(text, {});
  REQUIRE(ast);
  const ByteSpan span = (*ast)[ast->root()].span;
  return text.substr(span.begin, span.size());
}

TEST_CASE("operators bind as the specification says", "[cel][parser]") {
  CHECK(parsed("a || b && c == d + e * !f") ==
        "(_||_ a (_&&_ b (_==_ c (_+_ d (_*_ e (!_ f))))))");
  CHECK(parsed("a - b - c") == "(_-_ (_-_ a b) c)");
  CHECK(parsed("a * b / c % d") == "(_%_ (_/_ (_*_ a b) c) d)");
  CHECK(parsed("a < b == c") == "(_==_ (_<_ a b) c)");
  CHECK(parsed("a in b in c") == "(@in (@in a b) c)");
  CHECK(parsed("(a || b) && c") == "(_&&_ (_||_ a b) c)");
  CHECK(parsed("a ? b : c ? d : e") == "(_?_:_ a b (_?_:_ c d e))");
  CHECK(parsed("a || b ? c : d") == "(_?_:_ (_||_ a b) c d)");
}

TEST_CASE("a chain of && or || is balanced and keeps its order", "[cel][parser]") {
  CHECK(parsed("a && b && c && d") == "(_&&_ (_&&_ a b) (_&&_ c d))");
  CHECK(parsed("a || b || c") == "(_||_ (_||_ a b) c)");
}

TEST_CASE("selections, indexes and calls follow each other", "[cel][parser]") {
  CHECK(parsed("a.b[c].d(e, f)[0]") == "(_[_] (.d (_[_] a.b c) e f) 0)");
  CHECK(parsed("a.?b[?c]") == "(_[?_] a.?b c)");
  CHECK(parsed("a.`b-c/d.e f`") == "a.b-c/d.e f");
  CHECK(parsed(".a.b") == ".a.b");
  CHECK(parsed("f(x)") == "(f x)");
  CHECK(parsed("-a.b") == "(-_ a.b)");
  CHECK(parsed("a.in_b") == "a.in_b");
}

TEST_CASE("a minus before a number belongs to it", "[cel][parser]") {
  CHECK(parsed("-1") == "-1");
  CHECK(parsed("- 1") == "-1");
  CHECK(parsed("1-1") == "(_-_ 1 1)");
  CHECK(parsed("1 - -1") == "(_-_ 1 -1)");
  CHECK(parsed("-9223372036854775808") == "-9223372036854775808");
  CHECK(parsed("-1.5") == "-1.500000");
  CHECK(parsed("!-1") == "(!_ -1)");
  CHECK(parsed("-(1)") == "(-_ 1)");
}

TEST_CASE("pairs of ! and of - cancel out", "[cel][parser]") {
  CHECK(parsed("!!a") == "a");
  CHECK(parsed("!!!a") == "(!_ a)");
  CHECK(parsed("--a") == "a");
  CHECK(parsed("---19") == "-19");
  CHECK(parsed("--19") == "19");
}

TEST_CASE("lists, maps and objects are read, with optional items", "[cel][parser]") {
  CHECK(parsed("[]") == "(list)");
  CHECK(parsed("[1, ?a, 2,]") == "(list 1 ?a 2)");
  CHECK(parsed("{}") == "(map)");
  CHECK(parsed("{'a': 1, ?b: c,}") == "(map 'a' 1 ?b c)");
  CHECK(parsed("a.B{c: 1, `d-e`: 2}") == "(struct a.B c:1 d-e:2)");
  CHECK(parsed("B{}") == "(struct B)");
}

TEST_CASE("reserved words are field and method names, but no names", "[cel][parser]") {
  CHECK(parsed("a.if.package") == "a.if.package");
  CHECK(parsed("a.let()") == "(.let a)");
  for (const std::string word :
       {"as", "break", "const", "continue", "else", "for", "function", "if", "import", "let",
        "loop", "namespace", "package", "return", "var", "void", "while"}) {
    CHECK(parsed(word + " + 1") ==
          "error: '" + word + "' is a reserved word and cannot be used as a name.");
  }
  CHECK(parsed("a.in").starts_with("error: "));
  CHECK(parsed("a.true").starts_with("error: "));
}

TEST_CASE("the span of an expression is its text, parentheses included", "[cel][parser]") {
  CHECK(root_text("  a + (b)  ") == "a + (b)");
  CHECK(root_text(" (a + b) ") == "(a + b)");
  CHECK(root_text(" f(a, b) ") == "f(a, b)");
  CHECK(root_text(" a.b[0] ") == "a.b[0]");
  CHECK(root_text(" -1 ") == "-1");
  CHECK(root_text(" !a ") == "!a");
  CHECK(root_text(" has(a.b) ") == "has(a.b)");
  CHECK(root_text(" l.all(x, x > 0) ") == "l.all(x, x > 0)");
  CHECK(root_text(" a && b && c // d") == "a && b && c");
}

TEST_CASE("the parts of a balanced chain have their own spans", "[cel][parser]") {
  const std::string text = "a && b && c && d";
  const auto ast = parse(text, {});
  REQUIRE(ast);
  const Expr& root = (*ast)[ast->root()];
  const ByteSpan left = (*ast)[root.args[0]].span;
  CHECK(text.substr(left.begin, left.size()) == "a && b");
  CHECK(root.name_span == ByteSpan{7, 9});
}

TEST_CASE("a syntax error has a place and says what was expected", "[cel][parser]") {
  struct Case {
    std::string text;
    std::string message;
    ByteSpan where;
  };
  for (const Case& c : std::vector<Case>{
           {"", "Expected an expression, but found the end of the expression.", {0, 0}},
           {"a &&", "Expected an expression, but found the end of the expression.", {4, 4}},
           {"a && \n// b\n",
            "Expected an expression, but found the end of the expression.",
            {4, 4}},
           {"a b", "Unexpected 'b' after the expression.", {2, 3}},
           {"a and b",
            "Unexpected 'and' after the expression. Write '&&' for a logical and.",
            {2, 5}},
           {"(a", "Expected ')' to close '(', but found the end of the expression.", {2, 2}},
           {"[1 2]", "Expected ']' to close '[', but found '2'.", {3, 4}},
           {"{1}", "Expected ':' between a key and its value, but found '}'.", {2, 3}},
           {"a ? b",
            "Expected ':' to go on after '?', but found the end of the expression.",
            {5, 5}},
           {"a.",
            "Expected the name of a field or function, but found the end of the "
            "expression.",
            {2, 2}},
           {"a.1", "Unexpected '.1' after the expression.", {1, 3}},
           {"f(1,)", "Expected another argument, but found ')'.", {4, 5}},
           {"a + 'x' 'y'", "Unexpected string after the expression.", {8, 11}},
           {"B{1: 2}", "Expected the name of a field, but found '1'.", {2, 3}},
           {"*a", "Expected an expression, but found '*'.", {0, 1}},
           {"-!a", "Expected an expression, but found '!'.", {1, 2}},
           {"`a`", "Expected an expression, but found '`a`'.", {0, 3}},
           {"a.`b`()", "Unexpected '(' after the expression.", {5, 6}},
           {"a)", "Unexpected ')' after the expression.", {1, 2}}}) {
    INFO(c.text);
    const auto ast = parse(c.text, {});
    REQUIRE_FALSE(ast);
    CHECK(ast.error().message == c.message);
    CHECK(ast.error().where == c.where);
    CHECK(ast.error().code == ErrorCode::kInvalidInput);
  }
}

TEST_CASE("nesting is allowed up to the limit and refused beyond it", "[cel][parser]") {
  const auto nested = [](int depth) {
    return repeated("(", depth) + "1" + repeated(")", depth);
  };
  CHECK(parsed(nested(249)) == "1");
  const auto ast = parse(nested(250), {});
  REQUIRE_FALSE(ast);
  CHECK(ast.error().code == ErrorCode::kLimitExceeded);
}

TEST_CASE("long chains of && and || cost no depth", "[cel][parser]") {
  const CelLimits limits;
  for (const std::string op : {" && ", " || "}) {
    const std::string text = "a" + repeated(op + "a", 5'000);
    const auto ast = parse(text, limits);
    REQUIRE(ast);
    CHECK(ast->nodes.size() == 10'001);
    REQUIRE(is_well_formed(*ast, static_cast<std::uint32_t>(text.size()), 20));
  }
}

TEST_CASE("other chains are refused with a clear error when too deep", "[cel][parser]") {
  for (const std::string part : {" + a", " == a", ".b", "[0]", ".f()", " ? a : a", " * a"}) {
    INFO(part);
    CHECK_FALSE(parsed("a" + repeated(part, 200)).starts_with("error"));
    const auto ast = parse("a" + repeated(part, 10'000), {});
    REQUIRE_FALSE(ast);
    CHECK(ast.error().code == ErrorCode::kLimitExceeded);
    CHECK(ast.error().message ==
          "The expression is nested more than 250 levels deep; split it, for example by "
          "variables.");
  }
}

TEST_CASE("wide expressions are no deep ones", "[cel][parser]") {
  CHECK_FALSE(parsed("[1" + repeated(",1", 10'000) + "]").starts_with("error"));
  CHECK_FALSE(parsed("f(1" + repeated(",1", 10'000) + ")").starts_with("error"));
  CHECK_FALSE(parsed("{1:1" + repeated(",1:1", 5'000) + "}").starts_with("error"));
}

TEST_CASE("repeated signs of any number are one sign or none", "[cel][parser]") {
  CHECK(parsed(repeated("!", 99'999) + "a") == "(!_ a)");
  CHECK(parsed(repeated("-", 99'998) + "a") == "a");
}

TEST_CASE("hostile texts end in an error", "[cel][parser]") {
  for (const std::string part :
       {"(",   "[",    "{",    "!",    "-",   "a.", "a(",           "a[",
        "a?",  "a?a:", "{a:",  "[?",   "a.?", "'",  "\"\"\"",       "[].map(x,",
        "a&&", "a||(", "f(f(", "B{a:", "`",   "\\", "cel.bind(a,a,"}) {
    INFO(part);
    for (const std::size_t size : {std::size_t{50'000}, std::size_t{1} << 20}) {
      const auto times = static_cast<int>(size / part.size());
      CHECK_FALSE(parse(repeated(part, times), {}));
    }
  }
  CHECK_FALSE(parse(std::string(10, '\0'), {}));
  CHECK_FALSE(parse("a\xFF", {}));
}

TEST_CASE("every prefix of an expression is parsed or refused in its own text",
          "[cel][parser]") {
  const std::string text =
      "{'a': [1, ?x.?y[?0]], 'b': T{c: -1u}}.all(k, v, has(v.b) && !(k in ['\\u00e9']) ? "
      "r\"\"\"x\"\"\" == b'y' : cel.bind(z, 0x1f, z + 1.5e3 > .5)) // end";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const std::string prefix = text.substr(0, size);
    const auto ast = parse(prefix, {});
    if (ast) {
      REQUIRE(is_well_formed(*ast, static_cast<std::uint32_t>(size), 250));
    } else {
      REQUIRE(ast.error().where);
      CHECK(ast.error().where->begin <= ast.error().where->end);
      CHECK(ast.error().where->end <= size);
    }
  }
}

}  // namespace
}  // namespace tidewaiter::cel
