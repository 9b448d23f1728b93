#include "k8s/image.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "support/catch.h"
#include "support/shared.h"

using tidewaiter::k8s::parse_image;

namespace {

std::string reason(std::string_view text) {
  const auto image = parse_image(text);
  return image ? "valid" : image.error().message;
}

}  // namespace

TEST_CASE("an image without registry is docker.io's, without path one of library/", "[image]") {
  const auto image = parse_image("nginx:1.27");
  REQUIRE(image);
  CHECK(image->registry == "docker.io");
  CHECK(image->repository == "library/nginx");
  CHECK(image->name == "nginx");
  CHECK(image->tag == "1.27");
  CHECK(image->digest.empty());
}

TEST_CASE("the colon of a port begins no tag", "[image]") {
  const auto image = parse_image("localhost:5000/team/app");
  REQUIRE(image);
  CHECK(image->registry == "localhost:5000");
  CHECK(image->repository == "team/app");
  CHECK(image->name == "app");
  CHECK(image->tag.empty());
}

TEST_CASE("what is no image says what is at fault", "[image]") {
  CHECK(reason("") == "it is empty");
  CHECK(reason("nginx :1") == "it has blanks in it");
  CHECK(reason("https://docker.io/nginx") == "it begins with a scheme, which no reference has");
  CHECK(reason("Nginx") == "its repository 'Nginx' has upper-case letters");
  CHECK(reason("a//b") == "its repository 'a//b' has an empty part");
  CHECK(reason("nginx:") == "nothing follows the ':' of its tag");
  CHECK(reason("foo-.com/bar") ==
        "its registry 'foo-.com' is no host name with an optional port");
  CHECK(reason("nginx@sha256:abc") == "its sha256 digest has 3 digits instead of 64");
  CHECK(reason("nginx@md5:abc") ==
        "its digest is of the kind 'md5', where sha256, sha384 and sha512 are known");
}

TEST_CASE("a long image is refused in a short message", "[image]") {
  CHECK(reason(std::string(10'000'000, 'A')).size() < 200);
  CHECK(reason(std::string(10'000'000, '-')).size() < 300);
  CHECK(reason("a/" + std::string(10'000'000, 'a')).size() < 200);
}

TEST_CASE("images are what the kubelet's own parser made of them", "[image]") {
  const auto path = tidewaiter::testing::shared_file("data/image-cases.json");
  if (!path) return;
  std::ifstream file(*path);
  const auto table = nlohmann::json::parse(file);
  for (const auto& row : table["cases"]) {
    const auto text = row["in"].get<std::string>();
    INFO(text);
    const auto image = parse_image(text);
    CHECK(static_cast<bool>(image) == row["ok"].get<bool>());
    if (!image || !row["ok"].get<bool>()) continue;
    CHECK(image->registry == row.value("domain", ""));
    CHECK(image->repository == row.value("path", ""));
    CHECK(image->tag == row.value("tag", ""));
    CHECK(image->digest == row.value("digest", ""));
    CHECK(image->repository.ends_with(image->name));
  }
  CHECK(table["cases"].size() > 100);
}
