#include "yaml/substitute.h"

#include <string>

#include "support/catch.h"
#include "yaml/place.h"
#include "yaml/reading.h"

namespace tidewaiter::yaml {
namespace {

using testing::Reading;

TEST_CASE("a substitute is found under its key and lies where it came from", "[substitute]") {
  Reading object("metadata:\n  name: web\n  namespace: shop\n");
  const Reading other("namespace: prod\n");
  const Node& metadata = *object.root().find("metadata");
  substitute(object.file, metadata, "namespace", *other.root().find("namespace"));
  const Entry entry = metadata.find_entry("namespace");
  CHECK(entry.value->as_string() == "prod");
  CHECK(entry.value->is_substitute());
  CHECK(entry.value->instead_of() == metadata.written(1).value);
  CHECK(other.text(place_of(*entry.value)) == "namespace: prod");
  CHECK(other.text(place_of(*entry.key)) == "namespace: prod");
  CHECK(entry.value->parent() == &other.root());
  CHECK(metadata.size() == 2);
  CHECK(metadata.find("name")->as_string() == "web");
  CHECK_FALSE(metadata.find("name")->is_substitute());
  CHECK(metadata.written(1).value->as_string() == "shop");
  CHECK(object.text(place_of(metadata)) == "metadata");
}

TEST_CASE("a substitute comes after all else where nothing is written", "[substitute]") {
  Reading object("spec: {a: 1}\nempty: {}\n");
  const Reading other("- {name: web, count: 3}\n");
  const Node& count = *other.root().item(0).find("count");
  for (const char* const key : {"spec", "empty"}) {
    const Node& mapping = *object.root().find(key);
    substitute(object.file, mapping, "replicas", count);
    const Entry last = mapping.entry(mapping.size() - 1);
    CHECK(last.key->as_string() == "replicas");
    CHECK(last.value->as_int() == 3);
    CHECK(last.value->instead_of() == nullptr);
    CHECK(other.text(place_of(*last.value)) == "count: 3");
  }
}

TEST_CASE("a substitute may have another text in the place of what is written",
          "[substitute]") {
  Reading object("metadata:\n  name: web\n");
  const Node& metadata = *object.root().find("metadata");
  substitute(object.file, metadata, "name", *metadata.find("name"), "prod-web");
  substitute(object.file, metadata, "name", *metadata.find("name"), "x-prod-web");
  CHECK(metadata.find("name")->as_string() == "x-prod-web");
  CHECK(metadata.find("name")->instead_of() == metadata.written(0).value);
  CHECK(object.text(place_of(*metadata.find("name"))) == "name: web");
  CHECK(path_of(*metadata.find("name"), object.root()) == "metadata/name");
}

TEST_CASE("mappings with many entries, merges and aliases take substitutes", "[substitute]") {
  std::string text = "many: {";
  for (int i = 0; i < 40; ++i) text += "k" + std::to_string(i) + ": 1, ";
  text += "}\nbase: &b {a: 1, c: 2}\nmerged: {<<: *b, d: 3}\nalias: *b\n";
  Reading object(text);
  const Reading other("x: new\n");
  const Node& value = *other.root().find("x");
  for (const char* const key : {"many", "merged", "alias"}) {
    const Node& mapping = *object.root().find(key);
    const std::uint32_t size = mapping.size();
    substitute(object.file, mapping, "x", value);
    CHECK(mapping.size() == size + 1);
    CHECK(mapping.find("x")->as_string() == "new");
  }
  CHECK(object.root().find("many")->find("k39")->as_int() == 1);
  CHECK(object.root().find("merged")->find("c")->as_int() == 2);
  CHECK(object.root().find("base")->find("x") == nullptr);
  CHECK(object.root().find("alias")->find("a")->as_int() == 1);
}

TEST_CASE("nothing is substituted where there is no mapping or no scalar", "[substitute]") {
  Reading object("a: [1]\nb: {c: 1}\n");
  substitute(object.file, *object.root().find("a"), "x", *object.root().find("b")->find("c"));
  substitute(object.file, *object.root().find("b"), "x", *object.root().find("a"));
  CHECK(object.root().find("a")->is_sequence());
  CHECK(object.root().find("b")->size() == 1);
}

}  // namespace
}  // namespace tidewaiter::yaml
