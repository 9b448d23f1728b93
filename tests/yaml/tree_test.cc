#include "support/catch.h"
#include "yaml/place.h"
#include "yaml/reading.h"

namespace tidewaiter::yaml {
namespace {

using testing::Reading;

TEST_CASE("scalars, mappings and lists know their kind, text and place", "[yaml]") {
  const Reading r("a: 1\nb: [x, 'y', \"z\"]\nc:\n  - on: off\n  -\n    - 1.5\n");
  const Node& root = r.root();
  REQUIRE(root.is_mapping());
  REQUIRE(root.size() == 3);
  CHECK(root.find("a")->as_int() == 1);
  CHECK(r.text(root.find("a")->span()) == "1");
  const Node& b = *root.find("b");
  CHECK(b.size() == 3);
  CHECK(b.style() == Style::kFlow);
  CHECK(r.text(b.span()) == "[x, 'y', \"z\"]");
  CHECK(b.item(1).as_string() == "y");
  CHECK(b.item(1).style() == Style::kSingleQuoted);
  CHECK(r.text(b.item(1).span()) == "'y'");
  CHECK(b.parent() == &root);
  CHECK(b.key()->as_string() == "b");
  CHECK(b.item(0).parent() == &b);
  const Node& c = *root.find("c");
  CHECK(r.text(c.span()) == "- on: off\n  -\n    - 1.5");
  const Entry on = c.item(0).entry(0);
  CHECK(on.key->as_string() == "true");
  CHECK(r.text(on.key->span()) == "on");
  CHECK_FALSE(on.value->as_bool());
  CHECK(on.key->value_of_key() == on.value);
  CHECK(c.item(1).item(0).as_double() == 1.5);
  CHECK(r.file.problems.empty());
}

TEST_CASE("spans leave out anchors, tags and trailing line ends", "[yaml]") {
  const Reading r(
      "a: &x !!str 12\nb: |\n  one\n  two\n\nc: ! 12\nd: &m\n  k: v\ne: !t {f: g}\nh: é*ö # c\n"
      "i: *m\n");
  const Node& root = r.root();
  CHECK(r.text(root.find("a")->span()) == "12");
  CHECK(root.find("a")->as_string() == "12");
  CHECK(root.find("a")->has_tag());
  CHECK(r.text(root.find("b")->span()) == "|\n  one\n  two");
  CHECK(root.find("b")->as_string() == "one\ntwo\n");
  CHECK(root.find("c")->as_string() == "12");
  CHECK(root.find("c")->has_tag());
  CHECK(r.text(root.find("d")->span()) == "k: v");
  CHECK(r.text(root.find("e")->span()) == "{f: g}");
  CHECK(r.text(root.find("h")->span()) == "é*ö");
  CHECK(r.text(root.find("i")->span()) == "*m");
  CHECK(root.find("i")->is_alias());
  CHECK(root.find("i")->find("k") == root.find("d")->find("k"));
  REQUIRE(r.file.documents[0].comments.size() == 1);
  CHECK(r.text(r.file.documents[0].comments[0]) == "# c");
}

TEST_CASE("a merge applies in position and keeps the place of its '<<'", "[yaml]") {
  const Reading r(
      "base: &b {x: 1, w: {z: 2}}\nbefore: {x: 9, <<: *b}\nafter: {<<: *b, x: 9}\n"
      "many: {<<: [{x: 3}, *b]}\n");
  const Node& root = r.root();
  CHECK(root.find("before")->find("x")->as_int() == 1);
  CHECK(root.find("after")->find("x")->as_int() == 9);
  CHECK(root.find("many")->find("x")->as_int() == 3);
  const Node& w = *root.find("after")->find("w");
  CHECK(w.is_alias());
  CHECK(w.parent() == root.find("after"));
  CHECK(w.key()->as_string() == "w");
  CHECK(r.text(place_of(w)) == "<<");
  CHECK(w.find("z")->as_int() == 2);
  CHECK(path_of(w, root) == "after/w");
  CHECK(r.file.problems.empty());
}

TEST_CASE("a mapping of many entries finds each of them, and the last of duplicates",
          "[yaml]") {
  std::string text;
  for (int i = 0; i < 1000; ++i)
    text += "k" + std::to_string(i) + ": " + std::to_string(i) + "\n";
  text += "k500: last\n";
  const Reading r(text);
  CHECK(r.root().size() == 1000);
  CHECK(r.root().find("k7")->as_int() == 7);
  CHECK(r.root().find("k500")->as_string() == "last");
  CHECK(r.root().find("k1000") == nullptr);
  REQUIRE(r.file.problems.size() == 1);
  CHECK(r.file.problems[0].kind == ProblemKind::kDuplicateKey);
  CHECK(r.text(r.file.problems[0].at) == "k500");
  CHECK(r.file.problems[0].related.value().begin < r.file.problems[0].at.begin);
}

TEST_CASE("places: an entry, a key before a collection, an item's name, the root's kind",
          "[yaml]") {
  const Reading r(
      "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: a\n    name: web\n"
      "    args:\n    - run\n    text: >\n      folded\n");
  const Node& root = r.root();
  CHECK(r.text(place_of(root)) == "kind: Pod");
  const Node& spec = *root.find("spec");
  CHECK(r.text(place_of(spec)) == "spec");
  const Node& container = spec.find("containers")->item(0);
  CHECK(r.text(place_of(container)) == "name: web");
  CHECK(r.text(place_of(*container.find("image"))) == "image: a");
  CHECK(r.text(place_of(*container.find("image")->key())) == "image: a");
  CHECK(r.text(place_of(*container.find("text"))) == "text");
  CHECK(r.text(place_of(container.find("args")->item(0))) == "run");
  CHECK(path_of(*container.find("image"), root) == "spec/containers/web/image");
  CHECK(path_of(container.find("args")->item(0), root) == "spec/containers/web/args/0");
  CHECK(path_of(root, root).empty());
}

TEST_CASE("pieces are split as kubectl does, and each is read on its own", "[yaml]") {
  const Reading r("---\na: 1\n---\n# nothing\n--- # c\nb: [\n---\r\nc: 3");
  REQUIRE(r.file.documents.size() == 4);
  CHECK(r.root(0).find("a")->as_int() == 1);
  CHECK(r.file.documents[1].state == DocumentState::kNull);
  CHECK(r.file.documents[2].state == DocumentState::kRejected);
  CHECK(r.root(3).find("c")->as_int() == 3);
  CHECK(r.file.documents[3].index == 3);
  REQUIRE(r.file.problems.size() == 1);
  CHECK(r.file.problems[0].document == 2);
  CHECK(r.text(r.file.problems[0].related.value()) == "[");
}

}  // namespace
}  // namespace tidewaiter::yaml
