#include "rules/manifest.h"
#include "support/catch.h"

namespace tidewaiter::rules {

TEST_CASE("image gives the parts of a reference, with the place of its text", "[rules]") {
  Manifest manifest(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
      "spec: {containers: [{name: a, image: 'redis:7'}]}\n");
  CHECK(manifest("image('nginx').registry") == "docker.io");
  CHECK(manifest("image('acr.io/a/b:v1').name") == "b");
  CHECK(manifest("has(image('nginx').tag)") == "false");
  CHECK(manifest("image('Nginx').valid") == "false");
  CHECK(manifest("image('Nginx').error") == "its repository 'Nginx' has upper-case letters");
  CHECK(manifest.text_of("image(object.spec.containers[0].image).tag") == "'redis:7'");
}

}  // namespace tidewaiter::rules
