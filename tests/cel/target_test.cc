#include "cel/tree.h"
#include "cel/value_build.h"
#include "support/catch.h"

// What a selection names, also where there is nothing: the targets of fixes.

namespace tidewaiter::cel::testing {
namespace {

constexpr std::string_view kPod = R"({
  "kind": "Pod",
  "metadata": {"name": "web", "labels": {"a/b": "x"}, "annotations": null},
  "spec": {
    "containers": [
      {"name": "a", "image": "nginx", "resources": {"limits": null}},
      {"name": "b", "image": "redis"}
    ]
  }
})";

struct Case {
  std::string_view expression;
  std::string_view target;
};

}  // namespace

TEST_CASE("a target is a node, or what leads to it from the nearest one", "[cel][place]") {
  const Case test = GENERATE(
      Case{"object.metadata.name", "metadata.name"}, Case{"object.spec", "spec"},
      Case{"object.spec.containers[1].image", "spec.containers[1].image"},
      Case{"object.metadata.labels['a/b']", "metadata.labels.a/b"},
      Case{"object.metadata.labels['c/d']", "metadata.labels + c/d"},
      Case{"object.metadata.labels[object.kind]", "metadata.labels + Pod"},
      Case{"object.spec.securityContext.runAsNonRoot", "spec + securityContext.runAsNonRoot"},
      Case{"object.spec.?securityContext.?runAsNonRoot", "spec + securityContext.runAsNonRoot"},
      Case{"object.spec[?'securityContext'].runAsNonRoot",
           "spec + securityContext.runAsNonRoot"},
      // An entry that is null is there.
      Case{"object.metadata.annotations", "metadata.annotations"},
      Case{"object.metadata.annotations['x']", "metadata.annotations + x"},
      Case{"object.spec.containers[0].resources.limits.memory",
           "spec.containers[0].resources.limits + memory"},
      Case{"object.spec.containers[1].resources.limits.memory",
           "spec.containers[1] + resources.limits.memory"},
      Case{"object.kind == 'Pod' ? object.spec.a : object.b", "spec + a"},
      Case{"object.spec.containers.filter(c, c.name == 'b')[0].image",
           "spec.containers[1].image"},
      Case{"{'at': object.spec}.at.a.b", "spec + a.b"});
  World world(kPod);
  CAPTURE(test.expression);
  CHECK(world.target(test.expression) == test.target);
}

TEST_CASE("what is no place of the document is no target", "[cel][place]") {
  const auto expression =
      GENERATE("object.kind.x", "object.spec.containers.name", "object.spec.containers[2]",
               "object.spec.containers.filter(c, true)", "'text'", "object.metadata.name + 'x'",
               "{'at': object.spec}.other", "object.x[0]", "[object][0].kind.y");
  World world(kPod);
  CAPTURE(expression);
  CHECK(world.target(expression) == "(none)");
}

TEST_CASE("the target of a variable is where its value came from", "[cel][place]") {
  World world(kPod);
  world.bind("c", world.evaluate("object.spec.containers[0]"));
  world.bind("empty", Value::absent());
  CHECK(world.target("c") == "spec.containers[0]");
  CHECK(world.target("c.ports") == "spec.containers[0] + ports");
  // A stand-in of which no path is known.
  world.bind("pod", world.tree.root().with_origin(world.evaluate("object.spec").origin()));
  CHECK(world.target("pod.x") == "(none)");
}

}  // namespace tidewaiter::cel::testing
