#include <string>
#include <thread>

#include "cel/tree.h"
#include "cel/value_build.h"
#include "cel/value_data.h"
#include "support/catch.h"

namespace tidewaiter::cel::testing {
namespace {

struct Case {
  std::string_view expression;
  std::string_view result;
};

Result<Program> compile_in(const World& world, std::string_view expression) {
  return compile(world.environment, expression);
}

}  // namespace

TEST_CASE("expressions read documents and make values", "[cel][evaluator]") {
  const Case test = GENERATE(
      Case{"object.a.b.c", "3"}, Case{"object.a['b'].c + 1", "4"},
      Case{"has(object.a.b) && !has(object.a.x)", "true"},
      Case{"object.list.map(x, x * 2)", "[2, 4, 6]"},
      Case{"object.list.filter(x, x > 1)", "[2, 3]"},
      Case{"object.list.map(x, x > 1, x + 1)", "[3, 4]"},
      Case{"object.list.exists(x, x / (x - 2) > 2)", "true"},
      Case{"object.a.map(k, k)", "['b']"},
      Case{"object.list.transformMap(i, v, i + v)", "{0: 1, 1: 3, 2: 5}"},
      Case{"object.list.transformList(i, v, i > 0, i * v)", "[2, 6]"},
      Case{"object.items.sortBy(e, e.n).map(e, e.v)", "['x', 'y']"},
      Case{"object.list.sortBy(x, -x)", "[3, 2, 1]"}, Case{"object.?a.?b.?c.orValue(0)", "3"},
      Case{"object.?a.?x.?c.orValue(0)", "0"}, Case{"[?object.?nope, ?object.a.b.?c]", "[3]"},
      Case{"{?'k': object.?nope, 'l': object.name}", "{'l': 'web'}"},
      Case{"object == object && object.list == [1, 2, 3]", "true"},
      Case{"2 in object.list && !(9 in object.list) && 'b' in object.a", "true"},
      Case{"object.list + [4]", "[1, 2, 3, 4]"},
      Case{"object.list.sum() + object.list.max()", "9"},
      Case{"type(object.list) == list && type(object.a) == map", "true"},
      Case{"cel.bind(x, object.a.b, x.c + x.c)", "6"},
      Case{"object.list.all(x, object.list.exists(y, y == x))", "true"},
      Case{"object.name.matches('^[a-z]+$')", "true"},
      Case{"'%s has %d'.format([object.name, size(object.list)])", "'web has 3'"});
  World world(R"({"a": {"b": {"c": 3}}, "list": [1, 2, 3], "name": "web",
                  "items": [{"n": 2, "v": "y"}, {"n": 1, "v": "x"}]})");
  CAPTURE(test.expression);
  CHECK(world.text(test.expression) == test.result);
}

TEST_CASE("an error is a value that && and || absorb", "[cel][evaluator]") {
  World world(R"({"a": 1})");
  CHECK(world.text("object.b == 1 || true") == "true");
  CHECK(world.text("object.b == 1 && false") == "false");
  CHECK(world.text("object.b == 1 || false") == "error: There is no field 'b'.");
  CHECK(world.text("[0, 1].exists(x, object.a / x == 1)") == "true");
  CHECK(world.text("[0, 2].all(x, object.a / x == 1)") == "false");
  CHECK(world.text("dyn('x') && true") == "error: '&&' cannot be applied to (string).");
  CHECK(world.text("object.a.b") == "error: A value of type 'int' has no field 'b'.");
}

TEST_CASE("arithmetic fails instead of overflowing", "[cel][evaluator]") {
  const std::string_view expression = GENERATE(
      "9223372036854775807 + object.one", "-9223372036854775807 - object.one - object.one",
      "9223372036854775807 * (object.one + object.one)", "object.one / (object.one - 1)",
      "object.one % (object.one - 1)", "-(-9223372036854775808 * object.one)",
      "(-9223372036854775808 * object.one) / -1", "uint(object.one) - 2u",
      "timestamp('9999-12-31T23:59:59Z') + duration(string(object.one) + 's')");
  World world(R"({"one": 1})");
  CAPTURE(expression);
  CHECK(world.evaluate(expression).is_error());
}

TEST_CASE("a wrong constant is found when compiling, reached or not", "[cel][planner]") {
  World world("{}");
  const std::string_view expression = GENERATE(
      "true || int('abc') == 1", "object.a == duration('1d')", "object.a.matches('[')",
      "true || 'a'.find('(') == ''", "has(object.x) || timestamp('now') > timestamp(0)");
  CAPTURE(expression);
  const auto program = compile_in(world, expression);
  REQUIRE_FALSE(program);
  CHECK(program.error().code == ErrorCode::kInvalidInput);
  CHECK(program.error().where.has_value());
}

TEST_CASE("other constant parts that fail may still be absorbed", "[cel][planner]") {
  World world("{}");
  CHECK(world.text("1 / 0 > 1 || true") == "true");
  CHECK(world.text("[1][5] == 1 || true") == "true");
  CHECK(world.text("quantity('x').isInteger() || true") == "true");
}

TEST_CASE("constants are folded to the values they have", "[cel][planner]") {
  World world("{}");
  CHECK(world.text("[1, 2, 3].map(x, [x].map(y, y + x))") == "[[2], [4], [6]]");
  CHECK(world.text("{'a': 1}.map(k, k + '!')") == "['a!']");
  CHECK(world.text("'a' + 'b' in ['ab']") == "true");
}

TEST_CASE("an expression that costs too much ends with an error", "[cel][limits]") {
  World world(R"({"list": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]})");
  const std::string_view expression = GENERATE(
      // 10^7 iterations; || does not absorb the limit.
      "object.list.all(a, object.list.all(b, object.list.all(c, object.list.all(d, "
      "object.list.all(e, object.list.all(f, object.list.all(g, true))))))) || true",
      "lists.range(999999).map(x, x + object.list[0]).size() > 0",
      "sets.contains(lists.range(100000 * object.list[0]), lists.range(100000)) || true",
      // Text that doubles forty times.
      "cel.bind(a, object.list.map(x, 'xxxxxxxxxx').join(), cel.bind(b, a+a+a+a+a+a+a+a, "
      "cel.bind(c, b+b+b+b+b+b+b+b, cel.bind(d, c+c+c+c+c+c+c+c, cel.bind(e, d+d+d+d+d+d+d+d, "
      "cel.bind(f, e+e+e+e+e+e+e+e, cel.bind(g, f+f+f+f+f+f+f+f, size(g))))))))",
      "cel.bind(a, lists.range(object.list[9] * 1000).map(x, 'x').join(), "
      "a.replace('x', a).replace('x', a).size() > 0)");
  CAPTURE(expression);
  const Value value = world.evaluate(expression);
  REQUIRE(value.is_error());
  CHECK(value.as_error()->cause == ErrorCause::kLimit);
}

TEST_CASE("variables that read variables end before the stack does", "[cel][limits]") {
  World world(R"({"a": 1})");
  world.define("v0", "object.a == 1");
  std::string name = "v0";
  for (int i = 1; i < 600; ++i) {
    const std::string next = "v" + std::to_string(i);
    std::string expression = name;
    for (int level = 0; level < 20; ++level) expression = "(" + expression + " == true)";
    world.define(next, expression);
    name = next;
  }
  CHECK(world.text(name) ==
        "error: The expression needs more steps than an evaluation may take.");
  CHECK(world.blame(name) == "(none)");
}

TEST_CASE("blame of variables that double ends", "[cel][limits]") {
  World world(R"({"a": 1})");
  world.define("v0", "object.a + 1");
  for (int i = 1; i < 8; ++i) {
    const std::string previous = "v" + std::to_string(i - 1);
    world.define("v" + std::to_string(i), previous + " + " + previous);
  }
  CHECK(world.blame("v7 < 0") == "a");
}

TEST_CASE("many threads evaluate one program", "[cel][evaluator]") {
  World first(R"({"list": [1, 2, 3]})");
  const auto program = compile_in(first, "object.list.map(x, string(x)).join(',') == '1,2,3'");
  REQUIRE(program);
  std::vector<std::thread> threads;
  std::array<bool, 4> results{};
  for (bool& result : results) {
    threads.emplace_back([&program, &result] {
      World own(R"({"list": [1, 2, 3]})");
      result = true;
      for (int i = 0; i < 100; ++i) {
        result = result && program->evaluate(own, own.arena).is_true();
        own.arena.reset();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const bool result : results) CHECK(result);
}

TEST_CASE("quantities compare and add exactly", "[cel][functions]") {
  const Case test = GENERATE(
      Case{"quantity('0.1').add(quantity('0.2')) == quantity('300m')", "true"},
      Case{"quantity('1Gi').compareTo(quantity('1024Mi'))", "0"},
      Case{"quantity('500m').isLessThan(quantity('1'))", "true"},
      Case{"quantity('1.5Gi').sub(quantity('512Mi'))", "1Gi"},
      Case{"isQuantity('512MB')", "false"}, Case{"quantity('200k').asInteger()", "200000"},
      Case{"sign(quantity('-1'))", "-1"});
  World world("{}");
  CAPTURE(test.expression);
  CHECK(world.text(test.expression) == test.result);
}

TEST_CASE("times follow their zones", "[cel][functions]") {
  const Case test = GENERATE(
      Case{"timestamp('2024-07-01T12:00:00Z').getHours('Europe/Berlin')", "14"},
      Case{"timestamp('2024-01-01T12:00:00Z').getHours('Europe/Berlin')", "13"},
      Case{"timestamp('2024-01-01T12:00:00Z').getHours('Australia/Sydney')", "23"},
      Case{"timestamp('2024-07-01T12:00:00Z').getHours('Australia/Sydney')", "22"},
      Case{"timestamp('2024-03-31T00:59:59Z').getHours('Europe/Berlin')", "1"},
      Case{"timestamp('2024-03-31T01:00:00Z').getHours('Europe/Berlin')", "3"},
      Case{"timestamp('2024-07-01T12:00:00Z').getMinutes('Asia/Kolkata')", "30"},
      Case{"timestamp('2024-07-01T12:00:00Z').getHours('Mars/Olympus')",
           "error: 'Mars/Olympus' is no time zone: write '+01:00' or 'Europe/Berlin'."},
      Case{"string(timestamp('2024-02-29T23:59:59.5+05:30'))", "'2024-02-29T23:59:59.5+05:30'"},
      Case{"duration('1h30m') + duration('30m')", "7200s"},
      Case{"timestamp('1969-12-31T23:59:59Z').getDayOfWeek()", "3"});
  World world("{}");
  CAPTURE(test.expression);
  CHECK(world.text(test.expression) == test.result);
}

}  // namespace tidewaiter::cel::testing
