#include "support/catch.h"
#include "yaml/place.h"
#include "yaml/reading.h"

namespace tidewaiter::yaml {
namespace {

using testing::Reading;

TEST_CASE("a JSON object gives the nodes that YAML gives, floats kept apart", "[yaml][json]") {
  const Reading r(
      R"({"a": 1, "b": [true, null, 2.0, 1e3, -7], "c": {"d": "x"}, "e": 18446744073709551615})");
  REQUIRE(r.file.problems.empty());
  CHECK(r.file.documents[0].json);
  const Node& root = r.root();
  CHECK(root.find("a")->as_int() == 1);
  const Node& b = *root.find("b");
  CHECK(b.item(0).as_bool());
  CHECK(b.item(1).is_null());
  CHECK(b.item(2).kind() == Kind::kDouble);
  CHECK(b.item(3).as_double() == 1000);
  CHECK(b.item(4).as_int() == -7);
  CHECK(root.find("e")->as_uint() == 18446744073709551615U);
  const Node& d = *root.find("c")->find("d");
  CHECK(r.text(d.span()) == "\"x\"");
  CHECK(d.style() == Style::kDoubleQuoted);
  CHECK(r.text(place_of(d)) == "\"d\": \"x\"");
  CHECK(r.text(root.find("c")->span()) == R"({"d": "x"})");
}

TEST_CASE("JSON's escapes are read, halves of surrogate pairs replaced", "[yaml][json]") {
  const Reading r(R"({"a": "\/\n\u00e9\ud83d\ude00\ud800x\udc00"})");
  CHECK(r.root().find("a")->as_string() ==
        "/\n\xC3\xA9\xF0\x9F\x98\x80\xEF\xBF\xBDx\xEF\xBF\xBD");
}

TEST_CASE("JSON objects one after another are documents, each at its place", "[yaml][json]") {
  const Reading r("{\"a\": 1}\n{\"b\": 2} {\"c\": 3}\n");
  REQUIRE(r.file.problems.empty());
  REQUIRE(r.file.documents.size() == 3);
  CHECK(r.root(1).find("b")->as_int() == 2);
  CHECK(r.file.documents[2].index == 2);
  CHECK(r.text(r.root(2).span()) == "{\"c\": 3}");
}

TEST_CASE("what JSON refuses is tried as YAML", "[yaml][json]") {
  const Reading trailing("{\"a\": 1,}\n");
  CHECK_FALSE(trailing.file.documents[0].json);
  CHECK(trailing.root().find("a")->as_int() == 1);
  const Reading flow("{a: yes}\n");
  CHECK(flow.root().find("a")->as_bool());
  const Reading neither("{\"a\": [1}\n");
  REQUIRE(neither.file.problems.size() == 1);
  CHECK(neither.file.problems[0].kind == ProblemKind::kSyntax);
}

TEST_CASE("behind one JSON object the rest is read as YAML, behind several it is rejected",
          "[yaml][json]") {
  const Reading one("{\"a\": 1}\n{\"b\": yes}\n");
  CHECK(one.file.problems.empty());
  REQUIRE(one.file.documents.size() == 2);
  CHECK(one.root(1).find("b")->as_bool());
  const Reading several("{\"a\": 1}\n{\"b\": 1}\n{\"c\": yes}\n");
  REQUIRE(several.file.documents.size() == 3);
  CHECK(several.file.documents[2].state == DocumentState::kRejected);
  REQUIRE(several.file.problems.size() == 1);
  CHECK(several.file.problems[0].kind == ProblemKind::kSyntax);
  CHECK(several.file.problems[0].document == 2);
}

TEST_CASE("only the start of a stream is tried as JSON", "[yaml][json]") {
  // The escape \/ tells JSON from YAML.
  const Reading r("{\"a\": \"\\/\"}\n---\n{\"a\": \"\\/\"}\n");
  REQUIRE(r.file.documents.size() == 2);
  CHECK(r.file.documents[0].json);
  CHECK(r.file.documents[1].state == DocumentState::kRejected);
}

TEST_CASE("duplicate keys of JSON are found once though YAML may be tried too",
          "[yaml][json]") {
  CHECK(Reading("{\"a\": 1, \"a\": 2}\n").file.problems.size() == 1);
  CHECK(Reading("{\"a\": 1, \"a\": 2,}\n").file.problems.size() == 1);
}

TEST_CASE("texts that are almost JSON end without a crash", "[yaml][json]") {
  const std::string whole = R"({"a": [1.5e-3, "x\u00e9\\", {"b": null}], "c": tru})";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const Reading r(whole.substr(0, size));
    CHECK(r.file.documents.size() == (size == 0 ? 0 : 1));
  }
}

}  // namespace
}  // namespace tidewaiter::yaml
