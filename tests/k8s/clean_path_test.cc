#include "k8s/clean_path.h"

#include "support/catch.h"

namespace tidewaiter::k8s {

TEST_CASE("clean_path gives what Go's path.Clean gives", "[k8s]") {
  CHECK(clean_path("") == ".");
  CHECK(clean_path(".") == ".");
  CHECK(clean_path("/") == "/");
  CHECK(clean_path("//") == "/");
  CHECK(clean_path("/..") == "/");
  CHECK(clean_path("..") == "..");
  CHECK(clean_path("a/../..") == "..");
  CHECK(clean_path("../../a/") == "../../a");
  CHECK(clean_path("/etc/../var//run/./docker.sock") == "/var/run/docker.sock");
  CHECK(clean_path("/var/run/") == "/var/run");
  CHECK(clean_path("a/b/..") == "a");
  CHECK(clean_path("...") == "...");
}

}  // namespace tidewaiter::k8s
