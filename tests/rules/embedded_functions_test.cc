#include <string>

#include "rules/manifest.h"
#include "support/catch.h"

namespace tidewaiter::rules {
namespace {

constexpr const char* kClass =
    "apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\n"
    "metadata: {name: a}\n"
    "spec:\n"
    "  parameters:\n"
    "    none: ''\n"
    "    broken: \"a: 1\\nb: [1\\n\"\n"
    "    twice: 'a: 1, a: 2'\n"
    "    objects: |\n"
    "      array:\n"
    "        - |\n"
    "          objectName: db # the first\n"
    "          objectType: secret\n"
    "        - \"{objectName: 'x', objectVersion: }\"\n";

}  // namespace

TEST_CASE("yaml reads a string of the manifest, and strings in it again", "[rules]") {
  Manifest manifest(kClass);
  CHECK(manifest("yaml(object.spec.parameters.objects).valid") == "true");
  CHECK(manifest("yaml(object.spec.parameters.objects).value.array.size()") == "2");
  CHECK(
      manifest("yaml(yaml(object.spec.parameters.objects).value.array[0]).value.objectName") ==
      "db");
  CHECK(manifest("has(yaml(yaml(object.spec.parameters.objects).value.array[1]).value"
                 ".objectVersion)") == "false");
  CHECK(manifest("has(yaml(object.spec.parameters.none).value)") == "false");
}

TEST_CASE("values of embedded documents have places in the file", "[rules]") {
  Manifest manifest(kClass);
  CHECK(manifest.shown_text_of("yaml(object.spec.parameters.objects).value.array") == "array");
  CHECK(manifest.shown_text_of("yaml(yaml(object.spec.parameters.objects).value.array[0]).value"
                               ".objectType") == "objectType: secret");
  CHECK(manifest.shown_text_of("yaml(yaml(object.spec.parameters.objects).value.array[1]).value"
                               ".objectName") == "objectName: 'x'");
}

TEST_CASE("a broken embedded document says why, at the fault", "[rules]") {
  Manifest manifest(kClass);
  CHECK(manifest("yaml(object.spec.parameters.broken).valid") == "false");
  CHECK(manifest("yaml(object.spec.parameters.broken).error") != "");
  CHECK_FALSE(manifest.shown_text_of("yaml(object.spec.parameters.broken).error").empty());
  CHECK(manifest("yaml('a: 1').valid") == "?");  // no string of the manifest
}

}  // namespace tidewaiter::rules
