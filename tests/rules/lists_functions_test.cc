#include <string>

#include "rules/manifest.h"
#include "support/catch.h"

namespace tidewaiter::rules {

TEST_CASE("repeats gives what stands there again, in the order of the text", "[rules]") {
  Manifest manifest(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
      "spec: {later: [{name: x, x: 3}], first: [{name: x, x: 1}, {name: y}, {x: 4}]}\n");
  const std::string items = "(object.spec.first + object.spec.later)";
  const std::string call = "repeats(" + items + ", " + items + ".map(i, i.?name.orValue('')))";
  CHECK(manifest("size(" + call + ")") == "1");
  CHECK(manifest(call + "[0].again.x") == "1");
  CHECK(manifest(call + "[0].first.x") == "3");
  CHECK(manifest("size(repeats([1, 2, 3], ['a', 'a', 'a']))") == "2");
  CHECK(manifest("size(repeats([1, 2], [dyn(1), dyn(1)]))") == "0");
  CHECK(manifest("repeats([1], [])") == "?");
}

TEST_CASE("grouped gives the items of each key", "[rules]") {
  Manifest manifest(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
      "spec: {items: [{name: x}, {name: late, at: 1}, {name: late, at: 2}, {name: 5}]}\n");
  const std::string call =
      "grouped(object.spec.items, object.spec.items.map(i, i.?name.orValue('')))";
  CHECK(manifest("size(" + call + ")") == "2");
  CHECK(manifest("size(" + call + ".late)") == "2");
  CHECK(manifest(call + ".late[1].at") == "2");
  CHECK(manifest("'other' in " + call) == "false");
  CHECK(manifest("grouped([1], [])") == "?");
}

TEST_CASE("nearest gives the word that was meant", "[rules]") {
  Manifest manifest("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n");
  CHECK(manifest("nearest('azur', ['aws', 'azure'])") == "azure");
  CHECK(manifest("nearest('elephant', ['aws', 'azure'])") == "");
}

}  // namespace tidewaiter::rules
