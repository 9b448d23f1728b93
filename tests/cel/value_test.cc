#include <limits>
#include <string>
#include <vector>

#include "cel/arena.h"
#include "cel/tree.h"
#include "cel/value_build.h"
#include "cel/value_compare.h"
#include "cel/value_read.h"
#include "support/catch.h"

namespace tidewaiter::cel {
namespace {

Value text(const char* content) {
  return Value::string(content);
}

}  // namespace

TEST_CASE("an arena hands out aligned memory and takes it back", "[cel][arena]") {
  Arena arena;
  const std::string_view copy = arena.copy("odd");
  auto* number = arena.make<double>(1.5);
  CHECK(reinterpret_cast<std::uintptr_t>(number) % alignof(double) == 0);
  CHECK(copy == "odd");
  CHECK(*number == 1.5);
  const void* first = copy.data();
  arena.reset();
  CHECK(static_cast<const void*>(arena.copy("odd").data()) == first);
}

TEST_CASE("an arena past its limit gives empty arrays and says so", "[cel][arena]") {
  Arena arena(std::size_t{1} << 16);
  CHECK_FALSE(arena.make_array<char>(1000).empty());
  CHECK(arena.make_array<char>(std::size_t{1} << 20).empty());
  CHECK(arena.exhausted());
  CHECK(arena.make<int>(7) != nullptr);
  CHECK(arena.make_array<Value>(std::numeric_limits<std::size_t>::max()).empty());
  ListBuilder list(arena);
  for (int i = 0; i < 100'000; ++i) list.add(Value::integer(i));
  CHECK(list.build().is_error());
  arena.reset();
  CHECK_FALSE(arena.exhausted());
  CHECK_FALSE(arena.make_array<char>(1000).empty());
}

TEST_CASE("an arena goes back to a moment, also when its limit was reached since",
          "[cel][arena]") {
  Arena arena(std::size_t{1} << 18);
  const std::string_view kept = arena.copy("kept");
  const Arena::Mark mark = arena.mark();
  const void* const first = arena.copy("gone").data();
  for (int i = 0; i < 100; ++i) {
    CHECK_FALSE(arena.make_array<char>(100'000).empty());
    arena.rewind(mark);
  }
  CHECK(arena.make_array<char>(std::size_t{1} << 20).empty());
  CHECK(arena.exhausted());
  arena.rewind(mark);
  CHECK_FALSE(arena.exhausted());
  CHECK(static_cast<const void*>(arena.copy("next").data()) == first);
  CHECK(kept == "kept");
}

TEST_CASE("many small allocations end at the limit", "[cel][arena]") {
  Arena arena(std::size_t{1} << 18);
  int count = 0;
  while (!arena.make_array<char>(100).empty() && count < 1'000'000) ++count;
  CHECK(arena.exhausted());
  CHECK(count > 1000);
  CHECK(count < 10'000);
}

TEST_CASE("numbers are equal across their types", "[cel][value]") {
  CHECK(equals(Value::integer(1), Value::unsigned_integer(1)));
  CHECK(equals(Value::integer(1), Value::floating(1.0)));
  CHECK_FALSE(equals(Value::integer(-1), Value::unsigned_integer(~std::uint64_t{0})));
  CHECK_FALSE(equals(Value::floating(std::numeric_limits<double>::quiet_NaN()),
                     Value::floating(std::numeric_limits<double>::quiet_NaN())));
  CHECK_FALSE(equals(Value::integer(0), Value::boolean(false)));
  CHECK_FALSE(equals(text("a"), Value::bytes("a")));
}

TEST_CASE("equal keys have equal hashes whatever their number type", "[cel][value]") {
  for (const std::int64_t number : {0, 1, -1, 42, 1 << 30}) {
    CHECK(hash_of(Value::integer(number)) ==
          hash_of(Value::floating(static_cast<double>(number))));
    if (number >= 0) {
      CHECK(hash_of(Value::integer(number)) ==
            hash_of(Value::unsigned_integer(static_cast<std::uint64_t>(number))));
    }
  }
  CHECK(hash_of(Value::floating(-0.0)) == hash_of(Value::floating(0.0)));
}

TEST_CASE("values have an order only within what CEL compares", "[cel][value]") {
  CHECK(compare(Value::integer(1), Value::floating(1.5)) == -1);
  CHECK(compare(text("a"), text("b")) == -1);
  CHECK(compare(text("\xC3\xA9"), text("z")) == 1);
  CHECK(compare(Value::boolean(true), Value::boolean(false)) == 1);
  CHECK(compare(Value::duration(-1, 0), Value::duration(0, 5)) == -1);
  CHECK_FALSE(compare(text("1"), Value::integer(1)));
  CHECK_FALSE(compare(Value::null(), Value::null()));
}

TEST_CASE("maps find their keys, small and large", "[cel][value]") {
  const int size = GENERATE(1, 8, 9, 1000);
  Arena arena;
  MapBuilder builder(arena);
  for (int i = 0; i < size; ++i) builder.add(Value::integer(i), Value::integer(i * 2));
  builder.add(Value::floating(0.0), text("last"));
  const Value map = builder.build();
  CHECK(size_of(map) == static_cast<std::uint32_t>(size));
  CHECK(find_key(map, Value::integer(0)).as_string() == "last");
  CHECK(find_key(map, Value::unsigned_integer(0)).as_string() == "last");
  if (size > 1) CHECK(find_key(map, Value::floating(size - 1.0)).as_int() == (size - 1) * 2);
  CHECK(find_key(map, Value::integer(size)).is(ValueKind::kAbsent));
  CHECK(find_key(map, "0").is(ValueKind::kAbsent));
}

TEST_CASE("collections of documents and of expressions are equal by content", "[cel][value]") {
  const testing::Tree tree(R"({"a": [1, {"b": "x"}], "c": null})");
  Arena arena;
  const Value inner = make_map(arena, std::vector<MapEntry>{{text("b"), text("x")}});
  const Value list = make_list(arena, std::vector<Value>{Value::floating(1), inner});
  const Value map = make_map(arena, std::vector<MapEntry>{{text("a"), list}});
  CHECK(size_of(tree.root()) == 1);
  CHECK(equals(tree.root(), map));
  CHECK(equals(map, tree.root()));
  CHECK_FALSE(equals(find_key(tree.root(), "a"), make_list(arena, std::vector<Value>{inner})));
}

TEST_CASE("comparing shared structure ends when the budget does", "[cel][value]") {
  Arena arena;
  Value a = make_list(arena, std::vector<Value>{Value::integer(1)});
  Value b = make_list(arena, std::vector<Value>{Value::integer(1)});
  for (int i = 0; i < 60; ++i) {
    a = make_list(arena, std::vector<Value>{a, a});
    b = make_list(arena, std::vector<Value>{b, b});
  }
  std::uint64_t budget = 100'000;
  CHECK(equal(a, b, budget) == Equality::kError);
  CHECK(budget == 0);
}

TEST_CASE("every kind of value knows its type", "[cel][value]") {
  Arena arena;
  CHECK(type_name(Value::null()) == "null_type");
  CHECK(type_name(Value::timestamp(0, 0)) == "google.protobuf.Timestamp");
  CHECK(type_name(optional_none()) == "optional_type");
  CHECK(type_name(make_list(arena, {})) == "list");
  CHECK(type_name(type_of(Value::integer(1))) == "type");
  CHECK(equals(type_of(Value::integer(1)), make_type(arena, "int")));
  CHECK(is_zero(make_list(arena, {})));
  CHECK_FALSE(is_zero(text("0")));
}

}  // namespace tidewaiter::cel
