#include "cel/type.h"

#include <string>

#include "support/catch.h"

namespace tidewaiter::cel {
namespace {

std::string round_trip(std::string_view text) {
  const auto type = Type::parse(text);
  return type ? type->to_string() : "error: " + type.error().message;
}

TEST_CASE("a type is written back as CEL writes it", "[cel][type]") {
  for (const std::string text :
       {"dyn", "bool", "int", "uint", "double", "string", "bytes", "null_type",
        "google.protobuf.Duration", "google.protobuf.Timestamp", "list(string)",
        "map(string, list(int))", "optional_type(map(int, dyn))", "type(int)", "type",
        "kubernetes.Quantity", "net.IP", "T", "list(T)"}) {
    CHECK(round_trip(text) == text);
  }
}

TEST_CASE("short names and blanks in a type are read", "[cel][type]") {
  CHECK(round_trip("timestamp") == "google.protobuf.Timestamp");
  CHECK(round_trip("duration") == "google.protobuf.Duration");
  CHECK(round_trip("map(string,int)") == "map(string, int)");
  CHECK(round_trip(" list( string ) ") == "list(string)");
  CHECK(round_trip("list") == "list(dyn)");
  CHECK(round_trip("map") == "map(dyn, dyn)");
  CHECK(round_trip("optional_type") == "optional_type(dyn)");
}

TEST_CASE("one capital letter is a type parameter, other names are opaque", "[cel][type]") {
  CHECK(Type::parse("T")->kind() == TypeKind::kParam);
  CHECK(Type::parse("TT")->kind() == TypeKind::kOpaque);
  CHECK(Type::parse("net.CIDR")->name() == "net.CIDR");
}

TEST_CASE("what is no type is refused with a place", "[cel][type]") {
  for (const std::string text : {"", " ", "list(", "list(string", "list()", "list(int, int)",
                                 "map(int)", "int)", "int(string)", "a..b", ".a", "a.", "1a",
                                 "list(string) x", "list(string))", "int!", "\xFF", "(int)"}) {
    const auto type = Type::parse(text);
    INFO(text);
    REQUIRE_FALSE(type);
    CHECK(type.error().code == ErrorCode::kInvalidInput);
    REQUIRE(type.error().where);
    CHECK(type.error().where->end <= text.size());
  }
}

TEST_CASE("a type nested without end is refused, not followed", "[cel][type]") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "list(";
  CHECK_FALSE(Type::parse(text));
}

TEST_CASE("types are equal when their parts are", "[cel][type]") {
  CHECK(*Type::parse("map(string, int)") ==
        Type::map(*Type::parse("string"), *Type::parse("int")));
  CHECK_FALSE(*Type::parse("list(int)") == *Type::parse("list(uint)"));
  CHECK_FALSE(Type::opaque("net.IP") == Type::opaque("net.CIDR"));
  CHECK_FALSE(*Type::parse("T") == *Type::parse("U"));
  CHECK(Type() == *Type::parse("dyn"));
}

}  // namespace
}  // namespace tidewaiter::cel
