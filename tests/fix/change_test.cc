#include "fix/editing.h"
#include "support/catch.h"

using tidewaiter::fix::Change;
using tidewaiter::fix::testing::edited;
using tidewaiter::fix::testing::quote;
using tidewaiter::fix::testing::remove;
using tidewaiter::fix::testing::set;
using Action = Change::Action;

TEST_CASE("a scalar is replaced, in its quotes", "[fix]") {
  CHECK(set("a: 1 # c\nb: 2\n", "a", "3") == "a: 3 # c\nb: 2\n");
  CHECK(set("a: Always\n", "a", "\"Never\"") == "a: Never\n");
  CHECK(set("a: 'Always'\n", "a", "\"it's\"") == "a: 'it''s'\n");
  CHECK(set("a: \"Always\"\n", "a", "\"Never\"") == "a: \"Never\"\n");
  CHECK(set("a: \"1\"\n", "a", "2") == "a: 2\n");
  CHECK(set("a: [x, y]\n", "a/1", "\"off\"") == "a: [x, \"off\"]\n");
  CHECK(set("a:\n- x\n- y\n", "a/1", "{\"z\": 1}") == "a:\n- x\n- {z: 1}\n");
  CHECK(set("a:\n  b\nc: 1\n", "a", "1") == "a:\n  1\nc: 1\n");
  CHECK(set("a: x\n  y\nb: 1\n", "a", "\"z\"") == "a: z\nb: 1\n");
  CHECK(set("a: |\n  x\n  y\nb: 1\n", "a", "\"z\"") == "a: z\nb: 1\n");
  CHECK(set("a: | # c\n  x\nb: 1\n", "a", "\"z\"") == "(none)");
  CHECK(set(R"({"a":"x"})", "a", "\"y\"") == R"({"a":"y"})");
  CHECK(set("a: 1\n", "a", "1") == "a: 1\n");
  CHECK(set("a: 1\n", "b/c", "1") == "a: 1\nb:\n  c: 1\n");
}

TEST_CASE("a collection is replaced", "[fix]") {
  CHECK(set("a: [x]\nb: 1\n", "a", "[\"ALL\"]") == "a:\n- ALL\nb: 1\n");
  CHECK(set("a:\n- x # one\n- y\nb: 1\n", "a", "[\"ALL\"]") == "a:\n- ALL\nb: 1\n");
  CHECK(set("a:\n  - x\n  - y\nb: 1\n", "a", "{\"c\": 1}") == "a:\n  c: 1\nb: 1\n");
  CHECK(set("a: # keep\n  x: 1\n  y: 1\nb: 1\n", "a", "5") == "a: 5 # keep\nb: 1\n");
  CHECK(set("a:\n  x: 1\n  y: 1", "a", "{}") == "a: {}");
  CHECK(set("a:\n- x: 1\n  y: 1\n- 2\n", "a/0", "5") == "a:\n- 5\n- 2\n");
  CHECK(set("{\"a\": {\"b\": 1}}", "a", "[1]") == "{\"a\": [1]}");
  CHECK(set("a: x # c\nb: 1\n", "a", "{\"c\": 1}") == "a: # c\n  c: 1\nb: 1\n");
}

TEST_CASE("an alias is replaced, its anchor is not", "[fix]") {
  CHECK(set("a: &x 1\nb: *x\n", "b", "2") == "a: &x 1\nb: 2\n");
  CHECK(set("a: &x 1\nb: *x\n", "a", "2") == "(none)");
  CHECK(set("a: &x {c: 1}\nb: *x\n", "b", "2") == "a: &x {c: 1}\nb: 2\n");
  CHECK(set("a: &x {c: 1}\nb: *x\n", "b/c", "2") == "(none)");
  CHECK(set("a: &x {c: 1}\nb: {<<: *x}\n", "b/c", "2") == "(none)");
  CHECK(set("a: &x {c: {d: 1}}\nb: {<<: *x}\n", "b/c", "2") == "(none)");
  CHECK(set("a: !!str 1\n", "a", "2") == "(none)");
  CHECK(set("a: {b: &x 1}\nc: *x\n", "a", "2") == "(none)");
  CHECK(set("a: [\"c && d\", x&y]\n", "a", "2") == "a: 2\n");
}

TEST_CASE("an entry of a block mapping is removed with its lines", "[fix]") {
  CHECK(remove("a: 1\nb: 2 # two\n# three\nc: 3\n", "b") == "a: 1\n# three\nc: 3\n");
  CHECK(remove("a: 1\nb:\n  x: 1\n  # in\n  y: 2\nc: 3\n", "b") == "a: 1\nc: 3\n");
  CHECK(remove("a: 1\nb:\n- x\n- y\n", "b") == "a: 1\n");
  CHECK(remove("a: 1\nb: 2", "b") == "a: 1");
  CHECK(remove("a: 1\r\nb: 2\r\nc: 3\r\n", "b") == "a: 1\r\nc: 3\r\n");
  CHECK(remove("a: 1\nb: |\n  x\n\n  y\nc: 3\n", "b") == "a: 1\nc: 3\n");
  CHECK(remove("a: 1\nb:\nc: 3\n", "b") == "a: 1\nc: 3\n");
  CHECK(remove("a: 1\n", "b") == "a: 1\n");
  CHECK(remove("a: 1\n", "b/c") == "a: 1\n");
}

TEST_CASE("removing an entry leaves a block scalar before it alone", "[fix]") {
  CHECK(remove("a: |+\n  x\nb: |\n  y\n\nc: 1\n", "b") == "(none)");
  CHECK(remove("a: |\n  x\nb: 1\n  # deep\nc: 1\n", "b") == "(none)");
  CHECK(remove("a: |\n  x\nb: 1\n# flat\nc: 1\n", "b") == "a: |\n  x\n# flat\nc: 1\n");
}

TEST_CASE("the first entry of an item is removed", "[fix]") {
  CHECK(remove("- name: x # n\n  image: y\n- z: 1\n", "0/name") == "- image: y\n- z: 1\n");
  CHECK(remove("- name: x\n  # about\n  image: y\n", "0/name") == "(none)");
  CHECK(remove("- name:\n  - 1\n  image: y\n", "0/name") == "- image: y\n");
}

TEST_CASE("the last entry or item leaves an empty collection", "[fix]") {
  CHECK(remove("s: # c\n  p: true\nb: 1\n", "s/p") == "s: {} # c\nb: 1\n");
  CHECK(remove("s:\n  p:\n  - 1\n  - 2", "s/p") == "s: {}");
  CHECK(remove("s:\n- p: true # p\n- 1\n", "s/0/p") == "s:\n- {} # p\n- 1\n");
  CHECK(remove("s:\n- 1\nb: 1\n", "s/0") == "s: []\nb: 1\n");
  CHECK(remove("s: {p: true}\n", "s/p") == "s: {}\n");
  CHECK(remove("s: { p: true, }\n", "s/p") == "s: {}\n");
  CHECK(remove("s: [ 1 ]\n", "s/0") == "s: []\n");
  CHECK(remove("s: 1\n", "s") == "(none)");
  CHECK(edited("s:\n  a: 1\n  b: 2\n", {{Action::kRemove, "s/a"}, {Action::kRemove, "s/b"}}) ==
        "s: {}\n");
}

TEST_CASE("an item is removed", "[fix]") {
  CHECK(remove("- a\n- b: 1\n  c: 2\n- d\n", "1") == "- a\n- d\n");
  CHECK(remove("- a\n-\n- d\n", "1") == "- a\n- d\n");
  CHECK(remove("s:\n  - a\n  - b\n", "s/0") == "s:\n  - b\n");
  CHECK(remove("- - a\n  - b\n", "0/0") == "(none)");
}

TEST_CASE("entries and items of flow collections are removed with a comma", "[fix]") {
  CHECK(remove("m: {a: 1, b: 2, c: 3}\n", "m/a") == "m: {b: 2, c: 3}\n");
  CHECK(remove("m: {a: 1, b: 2, c: 3}\n", "m/c") == "m: {a: 1, b: 2}\n");
  CHECK(remove("m: [x, y, z]\n", "m/1") == "m: [x, z]\n");
  CHECK(remove("m: {a: 1, b: 2,}\n", "m/b") == "m: {a: 1,}\n");
  CHECK(remove("{\n  \"a\": 1,\n  \"b\": 2\n}\n", "b") == "{\n  \"a\": 1\n}\n");
  CHECK(remove("{\n  \"a\": 1,\n  \"b\": 2\n}\n", "a") == "{\n  \"b\": 2\n}\n");
  CHECK(edited("m: {a: 1, b: 2, c: 3}\n",
               {{Action::kRemove, "m/c"}, {Action::kRemove, "m/b"}}) == "m: {a: 1}\n");
  CHECK(remove("m: {a: 1, # one\n  b: 2}\n", "m/a") == "(none)");
}

TEST_CASE("nothing is removed that shows something else, or that others need", "[fix]") {
  CHECK(remove("a: 1\na: 2\nb: 1\n", "a") == "(none)");
  CHECK(remove("x: &x {a: 1}\nz:\n  <<: *x\n  a: 2\n", "z/a") == "(none)");
  CHECK(remove("x:\n  a: &x 1\n  c: 2\nb: *x\n", "x/a") == "(none)");
  CHECK(remove("x: &x 1\nz: *x\n", "z") == "x: &x 1\n");
}

TEST_CASE("an entry is renamed", "[fix]") {
  CHECK(edited("m:\n  a: 1\n  old: 2\nb: 1\n",
               {{Action::kRemove, "m/old"}, {Action::kAdd, "m/new", "2"}}) ==
        "m:\n  a: 1\n  new: 2\nb: 1\n");
  CHECK(edited("m:\n  a: 1\n  old: 2",
               {{Action::kRemove, "m/old"}, {Action::kAdd, "m/new", "2"}}) ==
        "m:\n  a: 1\n  new: 2");
}

TEST_CASE("changes that meet are all or nothing", "[fix]") {
  CHECK(edited("m:\n  a: {b: 1}\n", {{Action::kRemove, "m/a"}, {Action::kSet, "m/a/b", "2"}}) ==
        "(none)");
  CHECK(edited("m: {a: 1}\n", {{Action::kSet, "m", "1"}, {Action::kAdd, "m/b", "2"}}) ==
        "(none)");
  CHECK(edited("m: {a: 1}\n", {{Action::kSet, "m/a", "2"}, {Action::kSet, "m/a", "2"}}) ==
        "m: {a: 2}\n");
}

TEST_CASE("a plain scalar or key is put in quotes as written", "[fix]") {
  CHECK(quote("a: 1.10 # v\n", "a") == "a: \"1.10\" # v\n");
  CHECK(quote("a: [x, off]\n", "a/1") == "a: [x, \"off\"]\n");
  CHECK(quote("a:\n", "a") == "a: \"\"\n");
  CHECK(quote("a: {b: , c: 1}\n", "a/b") == "a: {b: \"\" , c: 1}\n");
  CHECK(quote("a: ~\n", "a") == "a: \"~\"\n");
  CHECK(quote("a: 'x'\n", "a") == "a: 'x'\n");
  CHECK(quote("a: x\\y\n", "a") == "a: \"x\\\\y\"\n");
  CHECK(quote("on: 1\n", "~true") == "\"on\": 1\n");
  CHECK(quote("a: {x: 1, 0644: 2}\n", "a/~420") == "a: {x: 1, \"0644\": 2}\n");
  CHECK(quote("- 1.10: 2\n", "0/~1.1") == "- \"1.10\": 2\n");
  CHECK(quote("a: x\n  y\n", "a") == "(none)");
  CHECK(quote("a: &x 1\nb: *x\n", "a") == "(none)");
  CHECK(quote("a: &x 1\nb: *x\n", "b") == "(none)");
  CHECK(quote("a: |\n  x\n", "a") == "(none)");
  CHECK(quote("&x 1: a\nb: *x\n", "~1") == "(none)");
}

TEST_CASE("of a key its entry is meant, but by a quotation", "[fix]") {
  CHECK(set("a: 1\nb: 2\n", "~a", "3") == "a: 3\nb: 2\n");
  CHECK(remove("a: 1\nb: 2\n", "~a") == "b: 2\n");
}
