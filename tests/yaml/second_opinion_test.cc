// yaml-cpp reads the same texts: a second opinion on structure and text, where both accept.

#include <yaml-cpp/yaml.h>

#include <string>

#include "support/catch.h"
#include "yaml/reading.h"

namespace tidewaiter::yaml {
namespace {

using testing::Reading;

/// The same tree with the same text in its strings. Other scalars are compared by the oracle.
bool agree(const Node& ours, const YAML::Node& theirs) {
  if (ours.is_mapping()) {
    if (!theirs.IsMap() || theirs.size() != ours.size()) return false;
    std::uint32_t at = 0;
    for (const auto& pair : theirs) {
      const Entry entry = ours.entry(at++);
      if (entry.key->as_string() != pair.first.Scalar()) return false;
      if (!agree(*entry.value, pair.second)) return false;
    }
    return true;
  }
  if (ours.is_sequence()) {
    if (!theirs.IsSequence() || theirs.size() != ours.size()) return false;
    for (std::uint32_t i = 0; i < ours.size(); ++i) {
      if (!agree(ours.item(i), theirs[i])) return false;
    }
    return true;
  }
  if (ours.is_null()) return theirs.IsNull();
  return theirs.IsScalar() && (!ours.is_string() || ours.as_string() == theirs.Scalar());
}

TEST_CASE("yaml-cpp sees the same trees and texts", "[yaml]") {
  const std::string texts[] = {
      "a: 1\nb: [x, {c: d}]\ne:\n- f\n- g: h\n  i: j\n",
      "a: |\n  one\n   two\n\n  three\n",
      "a: |-\n  one\n\nb: |+\n  two\n\nc: x\n",
      "a: >\n  one\n  two\n\n  three\n   four\n  five\n",
      "a: >-\n\n  one\n\n\n  two\n",
      "a: |2\n   x\n  z\n",
      "a: 'it''s'\nb: \"q\\\"\\t\\u00e9\\x41\\\\\"\n",
      "a: \"one\n  two\n\n  three\"\nb: 'four\n\n\n  five'\n",
      "a: one\n  two\n\n  three\nb: c\n",
      "a: \"x\\\n   z\"\n",
      "- - - a\n    - b\n  - c\n- d\n",
      "-\n  a: b\n-\n  - c\n",
      "a:\n- b\n-  c: d\n   e: f\n",
      "{a: b, 'c': \"d\", e: [f, [g], {}], h: []}\n",
      "a: {b: c,\n  d: e\n}\n",
      "[a, b: c, {d: e}]\n",
      "? a\n: b\n? c\n",
      "? |\n  k\n: v\n",
      "a: &x {b: c}\nd: *x\n",
      "a: &x [b, c]\nd: [*x, *x]\n",
      "a: &x word\nb: *x\n",
      "a: !!str 12\nb: !t x\nc: ! 1\n",
      "# c\na: b # d\n# e\n\nf: g#h\n# i\n",
      "a: b\r\nc: |\r\n  d\r\n  e\r\n",
      "a: http://x:80/y?z=1#w\nb: x:y\nc: -d\n",
      "a:    b   \nc:\n\n\n  d: e\n",
      "\"a b\": c\n'd: e': f\n",
      "a: é\nü: \"日本\"\n",
      "---\na: b\n...\n",
      "word\n",
      "- |\n a\n- >\n b\n c\n- d\n",
      "a: [\n  b, c,\n  d\n]\n",
      "a:\n  b:\n    c:\n      d: e\n    f: g\n  h: i\nj: k\n",
      "a: \"\"\nb: ''\nc:\nd: ~\n",
      "a: 'x' # y\nb: \"z\" # w\n",
      "a: -x\nb: --y\nc: (z)\nd: w's\ne: v\"u\"\n",
  };
  for (const std::string& text : texts) {
    INFO(text);
    const Reading r(text);
    CHECK(r.file.problems.empty());
    REQUIRE(r.file.documents.size() == 1);
    CHECK(agree(r.root(), YAML::Load(text)));
  }
}

}  // namespace
}  // namespace tidewaiter::yaml
