#include "fix/editing.h"
#include "support/catch.h"

using tidewaiter::fix::Change;
using tidewaiter::fix::testing::add;
using tidewaiter::fix::testing::edited;

TEST_CASE("a scalar is added behind the last scalar of a block mapping", "[fix]") {
  CHECK(
      add("kind: Job\nspec:\n  backoffLimit: 2  # few\n  # The pods:\n  template:\n    a: 1\n",
          "spec/ttl", "3600") ==
      "kind: Job\nspec:\n  backoffLimit: 2  # few\n  ttl: 3600\n  # The pods:\n"
      "  template:\n    a: 1\n");
  CHECK(add("spec:\n    template:\n        a: 1\n        b: [1]\n\n\n---\nx: 1\n", "spec/ttl",
            "0") ==
        "spec:\n    template:\n        a: 1\n        b: [1]\n    ttl: 0\n\n\n---\nx: 1\n");
}

TEST_CASE("a scalar is added at the end of the root", "[fix]") {
  CHECK(add("kind: A\nmetadata:\n  name: x\n", "immutable", "true") ==
        "kind: A\nmetadata:\n  name: x\nimmutable: true\n");
}

TEST_CASE("a path whose parents are missing is added as nested mappings", "[fix]") {
  CHECK(add("c:\n- name: app\n  image: x\n", "c/0/resources/limits/memory", "\"1Gi\"") ==
        "c:\n- name: app\n  image: x\n  resources:\n    limits:\n      memory: 1Gi\n");
  CHECK(add("c:\n- name: app\n  resources:\n     requests:\n        cpu: 1\n  image: x\n",
            "c/0/resources/limits/memory", "\"1Gi\"") ==
        "c:\n- name: app\n  resources:\n     requests:\n        cpu: 1\n     limits:\n"
        "        memory: 1Gi\n  image: x\n");
}

TEST_CASE("several additions below one missing parent share it", "[fix]") {
  CHECK(edited("c:\n  name: app\n",
               {{Change::Action::kAdd, "c/resources/requests/cpu", "\"100m\""},
                {Change::Action::kAdd, "c/resources/requests/memory", "\"1Gi\""},
                {Change::Action::kAdd, "c/resources/limits/memory", "\"1Gi\""},
                {Change::Action::kAdd, "c/stdin", "false"}}) ==
        "c:\n  name: app\n  stdin: false\n  resources:\n    requests:\n      cpu: 100m\n"
        "      memory: 1Gi\n    limits:\n      memory: 1Gi\n");
  // Those that contradict each other are none.
  CHECK(edited("a: 1\n", {{Change::Action::kAdd, "b/c", "1"},
                          {Change::Action::kAdd, "b/c", "2"}}) == "(none)");
}

TEST_CASE("insertions at one line end stand in the order of their depth", "[fix]") {
  CHECK(edited("a:\n  b:\n    c: 1", {{Change::Action::kAdd, "x", "{\"z\": 1}"},
                                      {Change::Action::kAdd, "a/d", "[]"},
                                      {Change::Action::kAdd, "a/b/e", "{}"}}) ==
        "a:\n  b:\n    c: 1\n    e: {}\n  d: []\nx:\n  z: 1");
}

TEST_CASE("an empty or null mapping is filled in block style", "[fix]") {
  const std::string filled = "c:\n  resources:\n    limits:\n      memory: 1Gi\n  x: 1\n";
  CHECK(add("c:\n  resources:\n  x: 1\n", "c/resources/limits/memory", "\"1Gi\"") == filled);
  CHECK(add("c:\n  resources: {}\n  x: 1\n", "c/resources/limits/memory", "\"1Gi\"") == filled);
  CHECK(add("c:\n  resources: ~\n  x: 1\n", "c/resources/limits/memory", "\"1Gi\"") == filled);
  CHECK(add("c:\n  resources: null\n  x: 1\n", "c/resources/limits/memory", "\"1Gi\"") ==
        filled);
  CHECK(add("c:\n  resources:\n    limits:\n  x: 1\n", "c/resources/limits/memory",
            "\"1Gi\"") == filled);
  CHECK(add("c:\n  resources: {}  # none\n  x: 1\n", "c/resources/limits/memory", "\"1Gi\"") ==
        "c:\n  resources:  # none\n    limits:\n      memory: 1Gi\n  x: 1\n");
  CHECK(add("c:\n  resources:   # none\n", "c/resources/limits/memory", "\"1Gi\"") ==
        "c:\n  resources:   # none\n    limits:\n      memory: 1Gi\n");
  CHECK(add("- {}\n- b: 1\n", "0/a", "1") == "- {a: 1}\n- b: 1\n");
  CHECK(add("a: { # c\n}\n", "a/b", "1") == "(none)");
}

TEST_CASE("an empty or null value is filled", "[fix]") {
  CHECK(add("a:\nb: 1\n", "a", "5") == "a: 5\nb: 1\n");
  CHECK(add("a: # c\nb: 1\n", "a", "5") == "a: 5 # c\nb: 1\n");
  CHECK(add("a: null\nb: 1\n", "a", "[1, \"x\"]") == "a:\n- 1\n- x\nb: 1\n");
  CHECK(add("a:", "a", "\"x\"") == "a: x");
  CHECK(add("a:\n-\n- 2\n", "a/0", "1") == "a:\n- 1\n- 2\n");
  CHECK(add("a: {b: , c: 1}\n", "a/b", "1") == "a: {b: 1 , c: 1}\n");
  CHECK(add("a: {b, c: 1}\n", "a/b", "1") == "(none)");
}

TEST_CASE("what is there stays when it is added", "[fix]") {
  CHECK(add("a: 1\n", "a", "2") == "a: 1\n");
  CHECK(add("a: {b: 1}\n", "a", "{\"b\": 2}") == "a: {b: 1}\n");
  CHECK(add("a: [x]\n", "a", "[\"x\"]") == "a: [x]\n");
  CHECK(add("a: 1\n", "a/b", "2") == "(none)");
}

TEST_CASE("of a mapping the entries that lack are added, in depth", "[fix]") {
  CHECK(add("labels:\n  app: web\n  more: {x: 1}\n", "labels",
            R"({"app": "other", "tier": "front", "more": {"z": 2}})") ==
        "labels:\n  app: web\n  tier: front\n  more: {x: 1, z: 2}\n");
}

TEST_CASE("items are appended to sequences as they are indented", "[fix]") {
  CHECK(add("drop:\n- A\n- B # b\n", "drop", R"(["B", "ALL"])") ==
        "drop:\n- A\n- B # b\n- ALL\n");
  CHECK(add("a:\n  drop:\n    - A\n  b: 1\n", "a/drop", R"(["ALL"])") ==
        "a:\n  drop:\n    - A\n    - ALL\n  b: 1\n");
  CHECK(add("drop: [A, B]\n", "drop", R"(["ALL"])") == "drop: [A, B, ALL]\n");
  CHECK(add("drop: []\n", "drop", R"(["ALL"])") == "drop:\n- ALL\n");
  CHECK(add("drop:\n-  name: a\n   x: 1\n", "drop", R"([{"name": "b", "z": [1]}])") ==
        "drop:\n-  name: a\n   x: 1\n- name: b\n  z:\n  - 1\n");
  CHECK(add("- - a\n- b\n", "0", R"(["c"])") == "- - a\n  - c\n- b\n");
}

TEST_CASE("a new sequence is indented as those around it", "[fix]") {
  CHECK(add("spec:\n  containers:\n    - name: a\n", "spec/tolerations", R"([{"key": "x"}])") ==
        "spec:\n  containers:\n    - name: a\n  tolerations:\n    - key: x\n");
  CHECK(add("spec:\n  containers:\n  - name: a\n", "spec/tolerations", R"([{"key": "x"}])") ==
        "spec:\n  containers:\n  - name: a\n  tolerations:\n  - key: x\n");
  CHECK(add("spec:\n  containers:\n    - name: a\n", "spec/containers/0/args", R"(["x"])") ==
        "spec:\n  containers:\n    - name: a\n      args:\n        - x\n");
}

TEST_CASE("flow mappings stay flow mappings", "[fix]") {
  CHECK(add("m: {name: x}\n", "m/ttl", "5") == "m: {name: x, ttl: 5}\n");
  CHECK(add("m: {name: x,}\n", "m/ttl", "5") == "m: {name: x, ttl: 5,}\n");
  CHECK(add("m: { name: x }\n", "m/r/limits/memory", "\"1Gi\"") ==
        "m: { name: x, r: {limits: {memory: 1Gi}} }\n");
  CHECK(add("m: {\"name\": \"x\"}\n", "m/r", "\"y\"") ==
        "m: {\"name\": \"x\", \"r\": \"y\"}\n");
  CHECK(add("m: {\n  a: 1,  # one\n  b: 2  # two\n}\n", "m/c", "3") ==
        "m: {\n  a: 1,  # one\n  b: 2,  # two\n  c: 3\n}\n");
  CHECK(add("m: {\n  a: 1,\n  b: 2, # two\n}\n", "m/c", "3") ==
        "m: {\n  a: 1,\n  b: 2, # two\n  c: 3,\n}\n");
  CHECK(add("m: {\n  a: 1,\n  b: 2}\n", "m/c", "3") == "m: {\n  a: 1,\n  b: 2,\n  c: 3}\n");
  CHECK(add("m: [a: 1]\n", "m/0/b", "2") == "(none)");
  CHECK(add("m: {a: 1, b: }\n", "m/c", "2") == "(none)");
}

TEST_CASE("JSON stays JSON", "[fix]") {
  CHECK(add(R"({"kind":"Job","spec":{"a":1}})", "spec/b", R"("off")") ==
        R"({"kind":"Job","spec":{"a":1,"b":"off"}})");
  CHECK(add("{\n  \"spec\": {\n    \"a\": 1\n  }\n}\n", "spec/b/c", "[\"x\", 1]") ==
        "{\n  \"spec\": {\n    \"a\": 1,\n    \"b\": {\"c\": [\"x\", 1]}\n  }\n}\n");
  CHECK(add("{\n\t\"spec\": {}\n}\n", "spec/b", "\"x\"") ==
        "{\n\t\"spec\": {\"b\": \"x\"}\n}\n");
  CHECK(add("{\"a\": [1, 2]}", "a", "[3]") == "{\"a\": [1, 2, 3]}");
  CHECK(add("{\"a\": null}", "a/b", "\"x\"") == "{\"a\": {\"b\": \"x\"}}");
}

TEST_CASE("line ends stay as they are", "[fix]") {
  CHECK(add("a:\r\n  b: 1\r\n", "a/c/d", "2") == "a:\r\n  b: 1\r\n  c:\r\n    d: 2\r\n");
  CHECK(add("a:\r\n  b: 1", "a/c/d", "2") == "a:\r\n  b: 1\r\n  c:\r\n    d: 2");
  CHECK(add("a: 1\rb: 2\r", "c", "3") == "a: 1\rb: 2\rc: 3\r");
  CHECK(add("\xEF\xBB\xBF"
            "a: 1",
            "c", "3") ==
        "\xEF\xBB\xBF"
        "a: 1\nc: 3");
  CHECK(add("a: 1\n...\n", "c", "3") == "a: 1\nc: 3\n...\n");
}

TEST_CASE("what follows a block scalar does not become part of it", "[fix]") {
  CHECK(add("d:\n  a: |\n    text\n\ne: 1\n", "d/b", "1") ==
        "d:\n  a: |\n    text\n  b: 1\n\ne: 1\n");
  CHECK(add("d:\n  a: |+\n    text\ne: 1\n", "d/b", "1") ==
        "d:\n  a: |+\n    text\n  b: 1\ne: 1\n");
  CHECK(add("d:\n  a: |+\n    text\n\ne: 1\n", "d/b", "1") == "(none)");
  CHECK(add("d:\n  a: |\n    text\n      \n", "d/b", "1") == "(none)");
  CHECK(add("d:\n  a: >-\n    text", "d/b", "1") == "d:\n  a: >-\n    text\n  b: 1");
  CHECK(add("d:\n  a: \"x\n    y\"\n", "d/b", "1") == "d:\n  a: \"x\n    y\"\n  b: 1\n");
  CHECK(add("d:\n  a: |\ne: 1\n", "d/b", "1") == "d:\n  a: |\n  b: 1\ne: 1\n");
}

TEST_CASE("what is shared with another place is not edited", "[fix]") {
  CHECK(add("a: &x\n  b: 1\nc: *x\n", "a/d", "1") == "(none)");
  CHECK(add("a: &x\n  b: 1\nc: *x\n", "c/d", "1") == "(none)");
  CHECK(add("a: &x\n  b: {e: 1}\nc: *x\n", "a/b/d", "1") == "(none)");
  CHECK(add("a: &x\n  b: {e: 1}\nc: {<<: *x}\n", "c/b/d", "1") == "(none)");
  CHECK(add("a: &x {b: 1}\nc:\n  <<: *x\n  d: 1\n", "c/e", "1") ==
        "a: &x {b: 1}\nc:\n  <<: *x\n  d: 1\n  e: 1\n");
  CHECK(add("a: !t\n  b: 1\n", "a/d", "1") == "(none)");
}

TEST_CASE("strings and keys are quoted where Kubernetes would read something else", "[fix]") {
  const auto added = [](const std::string& text) {
    return add("a: 1\n", "k", "\"" + text + "\"").substr(8);
  };
  for (const std::string plain : {"web", "1Gi", "500m", "nginx:1.27", "a.b/c", "RuntimeDefault",
                                  "http://x/y", "1d", "v1.2", "e1"}) {
    CHECK(added(plain) == plain + "\n");
  }
  for (const std::string quoted :
       {"off",  "yes",       "y",     "N",          "true",
        "null", "~",         "1",     "1.10",       "1e3",
        "0x1F", "0644",      "1_000", "2024-01-01", "2024-01-01T00:00:00Z",
        "1:30", "190:20:30", ".5",    ".inf",       "-1",
        "+1",   "",          " x",    "x ",         "a b",
        "a: b", "a #b",      "a:",    "*x",         "&x",
        "!x",   "%x",        "@x",    "`x`",        "{x}",
        "[x]",  "a,b",       "-",     "- x",        "?x",
        "<<",   "=",         "'x'",   "---",        "...",
        "100%", "a'b"}) {
    CHECK(added(quoted) == "\"" + quoted + "\"\n");
  }
  CHECK(added("\\n\\t\\\"\\\\") == "\"\\n\\t\\\"\\\\\"\n");
  CHECK(added("\\u0007\\u2028é😀") == "\"\\u0007\\u2028é😀\"\n");
  CHECK(add("a: 1\n", "off", "\"x\"") == "a: 1\n\"off\": x\n");
  CHECK(add("a: 1\n", "8080", "1") == "a: 1\n\"8080\": 1\n");
  CHECK(add("a: 1\n", "app.kubernetes.io%2Fname", "1") == "a: 1\napp.kubernetes.io/name: 1\n");
  CHECK(add("a: 1\n", std::string(2000, 'k'), "1") == "(none)");
  CHECK(add("a: 1\n", "x", "1.5") == "a: 1\nx: 1.5\n");
}
