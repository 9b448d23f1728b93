#include "base/uri.h"

#include "support/catch.h"

using tidewaiter::uri_path;

TEST_CASE("a path becomes a URI path", "[uri]") {
  CHECK(uri_path("k8s/base/job-1_a.yaml") == "k8s/base/job-1_a.yaml");
  CHECK(uri_path("my app/100%/#1?.yaml") == "my%20app/100%25/%231%3F.yaml");
  CHECK(uri_path("c:\\a\n\x7F") == "c%3A%5Ca%0A%7F");
  CHECK(uri_path("caf\xC3\xA9\xFF[x]") == "caf%C3%A9%FF%5Bx%5D");
  CHECK(uri_path(std::string_view("a\0b", 3)) == "a%00b");
}
