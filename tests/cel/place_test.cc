#include "cel/tree.h"
#include "cel/value_data.h"
#include "support/catch.h"

// Where findings point (DESIGN 4): blame of a result, and lenient location of `at:`.

namespace tidewaiter::cel::testing {
namespace {

constexpr std::string_view kPod = R"({
  "kind": "Pod",
  "metadata": {"name": "web", "labels": {"app": "shop", "Bad_Key": "x"}, "annotations": null},
  "spec": {
    "hostNetwork": true,
    "priority": 5,
    "replicas": 1,
    "nodeName": null,
    "containers": [
      {"name": "a", "image": "nginx:1.25", "resources": {"limits": {"cpu": "1"}}},
      {"name": "b", "image": "redis:latest", "resources": {"limits": null},
       "securityContext": {"privileged": true}, "ports": [{"containerPort": 80}]}
    ],
    "volumes": []
  }
})";

struct Case {
  std::string_view expression;
  std::string_view path;
};

}  // namespace

TEST_CASE("blame of a false result follows the operand that decided", "[cel][place]") {
  const Case test = GENERATE(
      Case{"object.spec.replicas > 1", "spec.replicas"},
      Case{"1 < object.spec.replicas", "spec.replicas"},
      Case{"object.spec.replicas > 0 && object.spec.priority > 9", "spec.priority"},
      Case{"object.spec.priority > 9 && object.spec.replicas > 9", "spec.priority"},
      // Of ||, the deeper of both; the first of equals.
      Case{"object.kind == 'Job' || object.spec.replicas > 1", "spec.replicas"},
      Case{"object.spec.replicas > 1 || object.kind == 'Job'", "spec.replicas"},
      Case{"object.spec.replicas > 1 || object.spec.priority > 9", "spec.replicas"},
      Case{"object.spec.priority > 9 || object.spec.?tolerations.?x.?y.hasValue()",
           "spec.priority"},
      // After a guard the demand, with the path that was asked for even if it is missing.
      Case{"object.kind != 'Pod' || has(object.spec.tolerations)", "spec"},
      Case{"object.spec.priority != 5 || object.spec.replicas > 1", "spec.replicas"},
      Case{"!has(object.spec.priority) || object.spec.replicas > 1", "spec.replicas"},
      Case{"['Job', 'Deployment'].exists(k, object.kind == k) || object.kind != 'Pod' || "
           "!has(object.spec) || has(object.spec.tolerations)",
           "spec"},
      Case{"['Pod', 'Job'].all(k, object.spec.priority != 5) || has(object.spec.tolerations)",
           "spec"},
      Case{"!object.spec.containers[1].securityContext.privileged || object.kind == 'Job'",
           "spec.containers[1].securityContext.privileged"},
      // The longest path among arguments; the first of equals.
      Case{"object.kind == object.metadata.name", "metadata.name"},
      Case{"object.spec.priority == object.spec.replicas", "spec.priority"},
      Case{"object.metadata.labels.app.startsWith(object.kind)", "metadata.labels.app"},
      Case{"object.kind.startsWith(object.metadata.labels.app)", "metadata.labels.app"},
      Case{"size(object.spec.containers) == 1", "spec.containers"},
      Case{"object.spec.containers[1].image.endsWith('1.25')", "spec.containers[1].image"},
      Case{"object.metadata.name in ['x', 'y']", "metadata.name"},
      Case{"'tier' in object.metadata.labels", "metadata.labels"},
      Case{"object.kind in object.metadata.labels", "metadata.labels"},
      Case{"object.spec.priority + object.spec.replicas == 7", "spec.priority"},
      Case{"-object.spec.priority > 0", "spec.priority"}, Case{"1 == 2", "(none)"});
  World world(kPod);
  CAPTURE(test.expression);
  CHECK(world.text(test.expression) == "false");
  CHECK(world.blame(test.expression) == test.path);
}

TEST_CASE("blame of a negation is that of its operand being true", "[cel][place]") {
  const Case test = GENERATE(
      Case{"!object.spec.hostNetwork", "spec.hostNetwork"},
      Case{"!(object.spec.hostNetwork || object.spec.replicas == 1)", "spec.hostNetwork"},
      Case{"!(object.spec.replicas == 2 || object.spec.hostNetwork)", "spec.hostNetwork"},
      Case{"!(object.kind == 'Pod' && object.spec.replicas == 1)", "spec.replicas"},
      Case{"!has(object.spec.hostNetwork)", "spec.hostNetwork"},
      Case{"!object.spec.containers.exists(c, c.image.endsWith(':latest'))",
           "spec.containers[1].image"},
      Case{"!('redis:latest' in object.spec.containers.map(c, c.image))",
           "spec.containers[1].image"},
      Case{"!(object.metadata.name in ['web'])", "metadata.name"},
      Case{"!('app' in object.metadata.labels)", "metadata.labels"},
      Case{"!object.spec.containers.all(c, has(c.image))", "spec.containers"},
      Case{"!!has(object.spec.missing)", "spec"});
  World world(kPod);
  CAPTURE(test.expression);
  CHECK(world.text(test.expression) == "false");
  CHECK(world.blame(test.expression) == test.path);
}

TEST_CASE("blame of has is what lacks the field, or its null entry", "[cel][place]") {
  const Case test = GENERATE(Case{"has(object.spec.tolerations)", "spec"},
                             Case{"has(object.spec.nodeName)", "spec.nodeName"},
                             Case{"has(object.metadata.annotations)", "metadata.annotations"},
                             Case{"has(object.spec.containers[0].ports)", "spec.containers[0]"},
                             Case{"has(object.status)", "(root)"});
  World world(kPod);
  CAPTURE(test.expression);
  CHECK(world.text(test.expression) == "false");
  CHECK(world.blame(test.expression) == test.path);
}

TEST_CASE("blame of a ternary is its taken branch, or its condition", "[cel][place]") {
  const Case test = GENERATE(
      Case{"object.spec.hostNetwork ? object.spec.priority > 9 : true", "spec.priority"},
      Case{"object.spec.hostNetwork ? false : object.spec.priority > 9", "spec.hostNetwork"},
      Case{"has(object.spec.nope) ? true : object.spec.priority > 9", "spec.priority"},
      Case{"has(object.spec.nope) ? true : false", "spec"});
  World world(kPod);
  CAPTURE(test.expression);
  CHECK(world.text(test.expression) == "false");
  CHECK(world.blame(test.expression) == test.path);
}

TEST_CASE("blame of a macro is the item that failed, or the list", "[cel][place]") {
  const Case test = GENERATE(
      Case{"object.spec.containers.all(c, c.image != 'redis:latest')",
           "spec.containers[1].image"},
      Case{"object.spec.containers.all(c, has(c.ports))", "spec.containers[0]"},
      Case{"object.spec.containers.all(c, has(c.resources.limits))",
           "spec.containers[1].resources.limits"},
      Case{"object.spec.containers.all(c, !has(c.securityContext) || "
           "!c.securityContext.privileged)",
           "spec.containers[1].securityContext.privileged"},
      Case{"object.spec.containers.all(c, false)", "spec.containers[0]"},
      Case{"object.spec.containers.all(i, c, i == 0)", "spec.containers[1]"},
      Case{"object.metadata.labels.all(k, k.matches('^[a-z]+$'))",
           "metadata.labels.Bad_Key#key"},
      Case{"object.metadata.labels.all(k, v, v == 'shop')", "metadata.labels.Bad_Key"},
      Case{"object.spec.containers.exists(c, c.name == 'z')", "spec.containers"},
      Case{"object.spec.containers.exists_one(c, has(c.name))", "spec.containers"},
      Case{"object.spec.volumes.exists(v, true)", "spec.volumes"},
      Case{"object.spec.containers.map(c, c.image).all(i, i.contains('nginx'))",
           "spec.containers[1].image"},
      // What is made of an item lies where the item does.
      Case{"object.spec.containers.map(c, size(c.image)).all(n, n < 11)", "spec.containers[1]"},
      // Of the first item too many of a list that the expression made, why it is in it.
      Case{"size(object.spec.containers.filter(c, c.name != '')) == 1",
           "spec.containers[1].name"},
      Case{"object.spec.containers.filter(c, has(c.ports)).size() == 0",
           "spec.containers[1].ports"},
      Case{"!(size(object.spec.containers.filter(c, has(c.ports))) > 0)",
           "spec.containers[1].ports"},
      Case{"size(object.spec.containers.filter(c, true)) < 1", "spec.containers[0]"},
      Case{"!(size(object.spec.containers.filter(c, true)) >= 1)", "spec.containers[0]"},
      Case{"1 > size(object.spec.containers.filter(c, true))", "spec.containers[0]"},
      Case{"size(object.spec.containers.filter(c, true)) <= 1", "spec.containers[1]"},
      Case{"0 == size(object.spec.containers.filter(c, has(c.ports)))",
           "spec.containers[1].ports"},
      Case{"object.spec.containers.filter(c, has(c.ports)) == []", "spec.containers[1].ports"},
      Case{"size(object.spec.containers.filter(c, has(c.ports))) > 1", "spec.containers"},
      Case{"size(object.spec.containers.filter(c, !has(c.ports))) == 0", "spec.containers[0]"},
      Case{"size((object.spec.volumes + object.spec.containers).filter(c, "
           "c.?securityContext.?privileged.orValue(false)).map(c, 'bad ' + c.name)) == 0",
           "spec.containers[1].securityContext.privileged"},
      Case{"size(object.spec.containers.map(c, c.image != 'x', c.name)) == 1",
           "spec.containers[1].image"},
      // What holds for all items is not what puts one of them in the list.
      Case{"size(object.spec.containers.filter(c, object.spec.hostNetwork)) == 0",
           "spec.containers[0]"},
      Case{"size(object.spec.containers) < 2", "spec.containers"},
      // Within a loop no item of another list: what its items are compared with.
      Case{"object.spec.containers.all(c, object.spec.volumes.exists(v, v.name == c.name))",
           "spec.containers[0].name"},
      Case{"object.spec.containers.all(c, object.spec.containers.exists_one(d, "
           "d.image.startsWith('nginx') && size(c.name) == 1 && c.image == d.name))",
           "spec.containers[0].name"},
      Case{"object.spec.containers.all(c, c.name != 'b' || ['x'].exists(p, c.image == p))",
           "spec.containers[1].image"},
      // A list that lies in no document.
      Case{"['Job', 'CronJob'].exists(k, object.kind == k)", "kind"},
      Case{"['Pod'].all(k, object.kind != k)", "kind"},
      Case{"object.spec.containers.filter(c, has(c.ports))[0].ports[0].containerPort > 1024",
           "spec.containers[1].ports[0].containerPort"},
      Case{"object.spec.containers.all(c, object.spec.containers.all(d, c.name == d.name))",
           "spec.containers[0].name"});
  World world(kPod);
  CAPTURE(test.expression);
  CHECK(world.text(test.expression) == "false");
  CHECK(world.blame(test.expression) == test.path);
}

TEST_CASE("blame sees through optionals and cel.bind", "[cel][place]") {
  const Case test =
      GENERATE(Case{"object.spec.?hostNetwork.orValue(false) == false", "spec.hostNetwork"},
               Case{"object.spec.?hostPID.orValue(false)", "spec"},
               Case{"object.spec.?nodeName.hasValue()", "spec.nodeName"},
               Case{"object.?spec.?template.?spec.hasValue()", "spec"},
               Case{"object.spec.containers[?7].hasValue()", "spec.containers"},
               Case{"object.metadata.labels[?'tier'].hasValue()", "metadata.labels"},
               Case{"cel.bind(p, object.spec.priority, p > 9)", "spec.priority"},
               Case{"cel.bind(n, size(object.spec.containers), n > 9)", "spec.containers"},
               Case{"object.spec.?priority.optMap(p, p > 9).orValue(true)", "spec.priority"});
  World world(kPod);
  CAPTURE(test.expression);
  CHECK(world.text(test.expression) == "false");
  CHECK(world.blame(test.expression) == test.path);
}

TEST_CASE("blame of a variable is the blame of its expression", "[cel][place]") {
  World world(kPod);
  world.define("variables.images", "object.spec.containers.map(c, c.image)");
  world.define("variables.fine", "object.spec.priority > 9");
  world.bind("params.max", Value::integer(0), Type(TypeKind::kInt));

  CHECK(world.blame("variables.fine") == "spec.priority");
  CHECK(world.blame("size(variables.images) == 1") == "spec.containers[1].image");
  CHECK(world.blame("size(variables.images) == 3") == "spec.containers");
  world.define("variables.bad", "object.spec.containers.filter(c, has(c.ports))");
  world.define("variables.texts", "variables.bad.map(c, 'x' + c.name)");
  CHECK(world.blame("size(variables.bad) == 0") == "spec.containers[1].ports");
  CHECK(world.blame("size(variables.texts) == 0") == "spec.containers[1].ports");
  CHECK(world.blame("variables.images.all(i, i == 'x')") == "spec.containers[0].image");
  CHECK(world.blame("object.spec.replicas <= params.max") == "spec.replicas");
  CHECK(world.blame("params.max >= object.spec.replicas") == "spec.replicas");
  CHECK(world.blame("params.max > 3") == "(none)");
}

TEST_CASE("values keep their node on their way", "[cel][place]") {
  const Case test = GENERATE(
      Case{"object.spec.containers[1]", "spec.containers[1]"},
      Case{"[object.spec.priority, object.spec.replicas].min()", "spec.replicas"},
      Case{"[object.spec.priority, object.spec.replicas].max()", "spec.priority"},
      Case{"object.spec.containers.filter(c, has(c.ports)).first().value().name",
           "spec.containers[1].name"},
      Case{"object.spec.containers.map(c, c.image)[1]", "spec.containers[1].image"},
      Case{"(object.spec.containers + object.spec.volumes)[0].name", "spec.containers[0].name"},
      Case{"{'x': object.spec.priority}.x", "spec.priority"},
      Case{"object.spec.hostNetwork ? object.spec.priority : 3", "spec.priority"},
      Case{"dyn(object.spec.priority)", "spec.priority"},
      Case{"optional.of(object.spec.priority).value()", "spec.priority"},
      Case{"quantity(object.spec.containers[0].resources.limits.cpu)",
           "spec.containers[0].resources.limits.cpu"});
  World world(kPod);
  CAPTURE(test.expression);
  CHECK(Tree::path_of(world.evaluate(test.expression).origin()) == test.path);
  CHECK(world.locate(test.expression) == test.path);
}

TEST_CASE("at is located at the nearest thing there is", "[cel][place]") {
  const Case test = GENERATE(
      Case{"object.spec.priority", "spec.priority"}, Case{"object.spec.missing", "spec"},
      Case{"object.spec.missing.deeper.still", "spec"},
      Case{"object.spec.containers[0].resources.requests", "spec.containers[0].resources"},
      Case{"object.spec.containers[0].securityContext.privileged", "spec.containers[0]"},
      Case{"object.spec.containers[1].resources.limits.memory",
           "spec.containers[1].resources.limits"},
      Case{"object.spec.nodeName", "spec.nodeName"},
      Case{"object.spec.containers[9].image", "spec.containers"},
      Case{"object.metadata.annotations['a/b']", "metadata.annotations"},
      Case{"object.metadata.labels['tier']", "metadata.labels"},
      Case{"object.metadata.labels['app']", "metadata.labels.app"},
      Case{"object.spec.?missing.?deeper", "spec"},
      Case{"has(object.spec.missing) ? object.spec.missing : object.spec.priority",
           "spec.priority"},
      Case{"object.spec.containers.filter(c, c.name == 'none')[0].image", "spec.containers"},
      Case{"object", "(root)"});
  World world(kPod);
  CAPTURE(test.expression);
  CHECK(world.locate(test.expression) == test.path);
}

TEST_CASE("a visible null is the place of what lies below it", "[cel][place]") {
  World world(kPod, /*hides_nulls=*/false);
  CHECK(world.locate("object.metadata.annotations") == "metadata.annotations");
  CHECK(world.locate("object.metadata.annotations.x.y") == "metadata.annotations");
}

TEST_CASE("a variable of a loop keeps its place across nested loops", "[cel][place]") {
  World world(kPod);
  CHECK(world.blame("object.spec.containers.map(c, size(c.name)).all(n, "
                    "object.spec.containers.all(d, size(d.name) == n + 1))") ==
        "spec.containers[0].name");
}

TEST_CASE("an error points to the node that caused it", "[cel][place]") {
  World world(kPod);
  const Value missing = world.evaluate("object.spec.missing.x");
  CHECK(missing.as_error()->cause == ErrorCause::kNoSuchKey);
  CHECK(Tree::path_of(missing.origin()) == "spec");
  const Value mistyped = world.evaluate("object.spec.priority.x");
  CHECK(mistyped.as_error()->cause == ErrorCause::kType);
  CHECK(Tree::path_of(mistyped.origin()) == "spec.priority");
  const Value overload = world.evaluate("object.metadata.name + 1 == 2");
  CHECK(overload.as_error()->cause == ErrorCause::kType);
  CHECK(Tree::path_of(overload.origin()) == "metadata.name");
  const Value refused = world.evaluate("quantity(object.metadata.name).isInteger()");
  CHECK(refused.as_error()->cause == ErrorCause::kValue);
  CHECK(Tree::path_of(refused.origin()) == "metadata.name");
  CHECK(world.blame("object.spec.missing.x == 1") == "spec");
}

}  // namespace tidewaiter::cel::testing
