#include "cel/function.h"

#include <string>
#include <vector>

#include "support/catch.h"

namespace tidewaiter::cel {
namespace {

const Function& only(const FunctionRegistry& registry, std::string_view name) {
  const auto overloads = registry.overloads(name);
  REQUIRE(overloads.size() == 1);
  return overloads[0];
}

FunctionRegistry with(std::string_view signature, std::uint32_t since = 0) {
  FunctionRegistry registry;
  registry.add(signature, Purity::kPure, nullptr, "What it does.", since);
  return registry;
}

TEST_CASE("a signature without a dot is a global function", "[cel][function]") {
  const auto registry = with("quantity(string) -> kubernetes.Quantity", 28);
  const Function& function = only(registry, "quantity");
  CHECK_FALSE(function.member);
  REQUIRE(function.params.size() == 1);
  CHECK(function.params[0].to_string() == "string");
  CHECK(function.result.to_string() == "kubernetes.Quantity");
  CHECK(function.since == 28);
  CHECK(function.doc == "What it does.");
}

TEST_CASE("a signature on a type is a member, its receiver the first parameter",
          "[cel][function]") {
  for (const std::string receiver :
       {"string", "list(T)", "map(string, int)", "dyn", "T", "google.protobuf.Timestamp",
        "kubernetes.Quantity", "optional_type(T)", "timestamp", "type"}) {
    const auto registry = with(receiver + ".probe(int) -> bool");
    INFO(receiver);
    const Function& function = only(registry, "probe");
    CHECK(function.member);
    REQUIRE(function.params.size() == 2);
    CHECK(function.params[0] == *Type::parse(receiver));
    CHECK(function.params[1].to_string() == "int");
  }
}

TEST_CASE("a signature behind lower-case words is in a namespace", "[cel][function]") {
  CHECK_FALSE(only(with("strings.quote(string) -> string"), "strings.quote").member);
  CHECK_FALSE(only(with("scope.get(string, string, string) -> dyn"), "scope.get").member);
  CHECK(only(with("a.b.c() -> int"), "a.b.c").params.empty());
  CHECK(only(with("optional.of(T) -> optional_type(T)"), "optional.of").params.size() == 1);
}

TEST_CASE("a signature is written back as it was read", "[cel][function]") {
  for (const std::string signature :
       {"quantity(string) -> kubernetes.Quantity", "list(T).indexOf(T) -> int",
        "strings.quote(string) -> string", "f() -> dyn",
        "kubernetes.Quantity.add(kubernetes.Quantity) -> kubernetes.Quantity",
        "map(K, list(V)).flip(map(V, K)) -> list(map(K, V))"}) {
    const auto registry = with(signature);
    CHECK(to_string(only(registry, registry.names().front())) == signature);
  }
}

TEST_CASE("overloads keep the order in which they were added", "[cel][function]") {
  FunctionRegistry registry;
  registry.add("size(string) -> int", Purity::kPure, nullptr, "");
  registry.add("string.size() -> int", Purity::kPure, nullptr, "");
  registry.add("size(list(T)) -> int", Purity::kContext, nullptr, "");
  const auto overloads = registry.overloads("size");
  REQUIRE(overloads.size() == 3);
  CHECK(overloads[1].member);
  CHECK(overloads[2].purity == Purity::kContext);
  CHECK(registry.overloads("nothing").empty());
}

TEST_CASE("names are sorted", "[cel][function]") {
  FunctionRegistry registry;
  registry.add("ip(string) -> net.IP", Purity::kPure, nullptr, "");
  registry.add("cidr(string) -> list(net.CIDR)", Purity::kPure, nullptr, "");
  CHECK(registry.names() == std::vector<std::string_view>{"cidr", "ip"});
}

}  // namespace
}  // namespace tidewaiter::cel
