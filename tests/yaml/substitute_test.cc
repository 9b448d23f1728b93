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
  CHECK(object.text(place_of(*metadata.find("name"))) == "name: web");
  CHECK(path_of(*metadata.find("name"), object.root()) == "metadata/name");
}

TEST_CASE("a mapping gets the entries of another, or those it lacks", "[substitute]") {
  const std::string text = "a: {p: 1, q: 2}\nb: {p: 1, q: 2}\n";
  Reading object(text);
  const Reading other("{q: 3, r: 4}\n");
  const Node& a = *object.root().find("a");
  const Node& b = *object.root().find("b");
  add_entries(object.file, a, other.root(), /*only_missing=*/false);
  add_entries(object.file, b, other.root(), /*only_missing=*/true);
  CHECK(a.find("p")->as_int() == 1);
  CHECK(a.find("q")->as_int() == 3);
  CHECK(a.find("q") == other.root().find("q"));
  CHECK(a.find("r")->as_int() == 4);
  CHECK(a.size() == 3);
  CHECK(b.find("q")->as_int() == 2);
  CHECK(b.find("r")->as_int() == 4);
  add_entries(object.file, object.root(), *a.find("p"), /*only_missing=*/false);
  CHECK(object.root().size() == 2);
}

TEST_CASE("a substitute may be a mapping, also one of many entries", "[substitute]") {
  std::string many = "{";
  for (int i = 0; i < 40; ++i) many += "k" + std::to_string(i) + ": v, ";
  Reading object("metadata: {name: web}\n");
  const Reading other("few: {a: b}\nmany: " + many + "}\n");
  const Node& metadata = *object.root().find("metadata");
  for (const char* const key : {"few", "many"}) {
    const Node& from = *other.root().find(key);
    substitute(object.file, metadata, "labels", from);
    const Node& labels = *metadata.find("labels");
    CHECK(labels.is_substitute());
    CHECK(labels.size() == from.size());
    CHECK(labels.entry(0).value == from.entry(0).value);
    CHECK(labels.find("k39") == from.find("k39"));
    CHECK(other.text(place_of(labels)) == key);
    add_entries(object.file, labels, object.root(), /*only_missing=*/true);
    CHECK(labels.size() == from.size() + 1);
    CHECK(from.find("metadata") == nullptr);
  }
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
