#include "config/find_config.h"

#include "support/catch.h"

namespace tidewaiter::config {
namespace {

TEST_CASE("the nearest config at or above the working folder is found", "[config]") {
  const MemoryFileSystem files({{"/home/a/.tidewaiter.yaml", ""},
                                {"/home/a/repo/.git/HEAD", ""},
                                {"/home/a/repo/.tidewaiter.yaml", ""},
                                {"/home/a/repo/k8s/apps/x.yaml", ""},
                                {"/home/a/bare/.git", "gitdir: elsewhere"},
                                {"/home/a/bare/k8s/x.yaml", ""},
                                {"/home/a/plain/k8s/x.yaml", ""}});
  CHECK(find_config(files, "/home/a/repo/k8s/apps") == "/home/a/repo/.tidewaiter.yaml");
  CHECK(find_config(files, "/home/a/repo") == "/home/a/repo/.tidewaiter.yaml");
  CHECK_FALSE(find_config(files, "/home/a/bare/k8s"));
  CHECK(find_config(files, "/home/a/plain/k8s") == "/home/a/.tidewaiter.yaml");
  CHECK_FALSE(find_config(files, "/"));
  CHECK(repository_root(files, "/home/a/bare/k8s") == "/home/a/bare");
  CHECK_FALSE(repository_root(files, "/home/a/plain"));
}

TEST_CASE("a folder with the config's name is no config", "[config]") {
  const MemoryFileSystem files({{"/w/.tidewaiter.yaml/x", ""}, {"/.tidewaiter.yaml", ""}});
  CHECK(find_config(files, "/w") == "/.tidewaiter.yaml");
}

}  // namespace
}  // namespace tidewaiter::config
