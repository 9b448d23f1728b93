#include "rules/manifest.h"
#include "support/catch.h"

namespace tidewaiter::rules {

TEST_CASE("secretShape says what tells the secret", "[rules]") {
  Manifest manifest(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
      "spec: {containers: [{name: c, args: [--pin, h4rd]}]}\n");
  CHECK(manifest("secretShape('DB_PASSWORD', 'h4rd').value().what") == "password");
  CHECK(manifest("secretShape('X', 'a://b:c@d').value().byShape") == "true");
  CHECK(manifest("secretShape('PASSWORD', 'changeme').value().weak") == "true");
  CHECK(manifest("secretShape('PASSWORD', '/run/x').hasValue()") == "false");
  CHECK(manifest("secretShape('PIN', 'h4rd', ['pin'], []).value().what") == "pin");
  CHECK(manifest("secretShape('PIN', 'tbd', ['pin'], ['TBD']).hasValue()") == "false");
  CHECK(manifest("secretArgs(object.spec.containers[0], ['pin'], [])[0].name") == "pin");
  CHECK(manifest.text_of("secretArgs(object.spec.containers[0], ['pin'], [])[0].at") == "h4rd");
  CHECK(manifest("secretArgs(object.spec.containers[0], ['token'], []).size()") == "0");
}

}  // namespace tidewaiter::rules
