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

}  // namespace tidewaiter::k8s
