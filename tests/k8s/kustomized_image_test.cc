#include "k8s/kustomized_image.h"

#include <memory>
#include <string>
#include <string_view>

#include "base/source.h"
#include "support/catch.h"
#include "yaml/file.h"

namespace tidewaiter::k8s {
namespace {

/// "image @ the tag or digest given", or "" when nothing changes it.
std::string under(std::string_view images, std::string_view image) {
  const Source source(std::make_shared<const FileName>(), "images: " + std::string(images));
  const yaml::File file = yaml::read(source);
  const auto kustomization = read_kustomization(*file.documents.at(0).root);
  REQUIRE(kustomization);
  const auto made = image_under(*kustomization, image);
  if (!made) return "";
  if (made->tag_from == nullptr) return made->text;
  return made->text + " @ " + std::string(source.text(made->tag_from->span()));
}

TEST_CASE("an image is changed by its name, with or without tag and digest",
          "[kustomized_image]") {
  constexpr std::string_view kTag = "[{name: a/web, newTag: v2}]";
  CHECK(under(kTag, "a/web") == "a/web:v2 @ v2");
  CHECK(under(kTag, "a/web:v1") == "a/web:v2 @ v2");
  CHECK(under(kTag, "a/web@sha256:12ab") == "a/web:v2 @ v2");
  CHECK(under(kTag, "a/web:v1@sha256:12ab") == "a/web:v2 @ v2");
  CHECK(under(kTag, "a/web2").empty());
  CHECK(under(kTag, "a/web/b").empty());
  CHECK(under(kTag, "b/a/web").empty());
  CHECK(under(kTag, "a/web:v1/b").empty());
  CHECK(under(kTag, "a/web@md5:12").empty());
  CHECK(under("[{name: 'host:5000/web', newTag: v2}]", "host:5000/web:v1") ==
        "host:5000/web:v2 @ v2");
}

TEST_CASE("what is given replaces tag and digest together", "[kustomized_image]") {
  CHECK(under("[{name: a, digest: 'sha256:1'}]", "a:v1") == "a@sha256:1 @ 'sha256:1'");
  CHECK(under("[{name: a, newTag: v2, digest: 'sha256:1'}]", "a") == "a:v2@sha256:1 @ v2");
  CHECK(under("[{name: a, newName: b/c}]", "a:v1@sha256:1") == "b/c:v1@sha256:1");
  CHECK(under("[{name: a, tagSuffix: -x}]", "a:v1@sha256:1") == "a:v1-x @ -x");
  CHECK(under("[{name: a, newTag: v2, tagSuffix: -x}]", "a:v1") == "a:v2 @ v2");
}

TEST_CASE("entries change what those before them made", "[kustomized_image]") {
  CHECK(under("[{name: a, newName: b}, {name: a, newTag: v1}, {name: b, newTag: v2}]", "a") ==
        "b:v2 @ v2");
}

TEST_CASE("what grows longer than any image grows no further", "[kustomized_image]") {
  std::string images = "[";
  for (int i = 0; i < 900; ++i)
    images += "{name: a, tagSuffix: " + std::string(500, 'x') + "}, ";
  CHECK(under(images + "]", "a:v1").size() < 3'000);
}

TEST_CASE("entries that say nothing change nothing", "[kustomized_image]") {
  CHECK(under("[{name: a}, {newTag: v1}, {name: a, newTag: 1.5}, a, [], {name: [a]}]", "a")
            .empty());
  CHECK(under("{name: a, newTag: v1}", "a").empty());
}

}  // namespace
}  // namespace tidewaiter::k8s
