#include "base/uri.h"

#include "support/catch.h"

using tidewaiter::path_of_uri;
using tidewaiter::uri_path;

TEST_CASE("a path becomes a URI path", "[uri]") {
  CHECK(uri_path("k8s/base/job-1_a.yaml") == "k8s/base/job-1_a.yaml");
  CHECK(uri_path("my app/100%/#1?.yaml") == "my%20app/100%25/%231%3F.yaml");
  CHECK(uri_path("c:\\a\n\x7F") == "c%3A%5Ca%0A%7F");
  CHECK(uri_path("caf\xC3\xA9\xFF[x]") == "caf%C3%A9%FF%5Bx%5D");
  CHECK(uri_path(std::string_view("a\0b", 3)) == "a%00b");
}

TEST_CASE("a URI path becomes the path that it was made of", "[uri]") {
  std::string path;
  for (int byte = 0; byte < 256; ++byte) path += static_cast<char>(byte);
  CHECK(path_of_uri(uri_path(path)) == path);
  CHECK(path_of_uri("").empty());
  CHECK(path_of_uri("a%") == "a%");
  CHECK(path_of_uri("a%4") == "a%4");
  CHECK(path_of_uri("%4x%zz%41") == "%4x%zzA");
}
