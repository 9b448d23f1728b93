#include "k8s/reference_text.h"

#include "support/catch.h"

namespace tidewaiter::k8s {

TEST_CASE("a text with a placeholder holds a reference", "[k8s]") {
  for (const char* text :
       {"$(NAME)", "a-${NAME}", "${NAME:-x}-b", "<your-name>", "{{ name }}", "}}{{x}}"}) {
    INFO(text);
    CHECK(holds_reference(text));
  }
}

TEST_CASE("lone and empty brackets are no reference", "[k8s]") {
  for (const char* text :
       {"", "$", "$NAME", "${}", "$()", "<>", "{{}}", ">a<", "a <b", "}}a{{", "a{b}"}) {
    INFO(text);
    CHECK_FALSE(holds_reference(text));
  }
}

TEST_CASE("shell variables, ko and words in capitals are placeholders", "[k8s]") {
  for (const char* text :
       {"$(NAME)", "$LOCATION-docker.pkg.dev/a", "a:$tag",
        "ko://knative.dev/serving/cmd/activator", "REGION-docker.pkg.dev/PROJECT_ID/web:v1",
        "FILESTORE_CAPACITY", "{IMAGE}"}) {
    INFO(text);
    CHECK(holds_placeholder(text));
  }
  for (const char* text : {"", "nginx", "NGINX:1.27", "contoso.azurecr.io/Shop/web_1",
                           "nginx:1.2-RC_1", "a$", "a$1", "https://a/b", "A_", "_A", "a_B"}) {
    INFO(text);
    CHECK_FALSE(holds_placeholder(text));
  }
}

}  // namespace tidewaiter::k8s
