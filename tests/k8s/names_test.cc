#include "k8s/names.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/catch.h"
#include "support/shared.h"

using namespace tidewaiter::k8s;  // NOLINT(google-build-using-namespace)

TEST_CASE("the ends and the length of a label are checked", "[names]") {
  CHECK(is_dns1123_label("a"));
  CHECK(is_dns1123_label("1-a"));
  CHECK(is_dns1123_label(std::string(63, 'a')));
  CHECK_FALSE(is_dns1123_label(std::string(64, 'a')));
  for (const char* const name : {"", "-a", "a-", "A", "a.b", "a_b", "a\n", "\xC3\xA9"}) {
    INFO(name);
    CHECK_FALSE(is_dns1123_label(name));
  }
  CHECK_FALSE(is_dns1035_label("1-a"));
}

TEST_CASE("a subdomain has labels of any length and 253 bytes at most", "[names]") {
  CHECK(is_dns1123_subdomain(std::string(253, 'a')));
  CHECK_FALSE(is_dns1123_subdomain(std::string(254, 'a')));
  CHECK_FALSE(is_dns1123_subdomain("a..b"));
  CHECK_FALSE(is_dns1123_subdomain(".a"));
  CHECK_FALSE(is_dns1123_subdomain("a."));
}

TEST_CASE("the prefix of an annotation may have capitals, that of a label not", "[names]") {
  CHECK(is_annotation_key("Example.com/key"));
  CHECK_FALSE(is_label_key("Example.com/key"));
  CHECK_FALSE(is_label_key("/key"));
  CHECK_FALSE(is_label_key("a/b/c"));
  CHECK_FALSE(is_label_key(""));
  CHECK(is_label_value(""));
  CHECK_FALSE(is_annotation_key(std::string(10'000'000, 'a')));
}

TEST_CASE("names are valid where Kubernetes' own functions say so", "[names]") {
  const auto path = tidewaiter::testing::shared_file("data/name-cases.json");
  if (!path) return;
  std::ifstream file(*path);
  const auto table = nlohmann::json::parse(file);
  const auto annotation_key = [](std::string key) {
    std::ranges::transform(key, key.begin(), [](unsigned char c) { return std::tolower(c); });
    return key;
  };
  for (const auto& row : table["cases"]) {
    const auto name = row["in"].get<std::string>();
    const auto valid = row["valid"].get<std::vector<std::string>>();
    const auto expected = [&](const char* what) {
      return std::ranges::find(valid, what) != valid.end();
    };
    INFO(row["in"].dump());
    CHECK(is_dns1123_subdomain(name) == expected("subdomain"));
    CHECK(is_dns1123_label(name) == expected("label1123"));
    CHECK(is_dns1035_label(name) == expected("label1035"));
    CHECK(is_label_key(name) == expected("qualified"));
    CHECK(is_label_value(name) == expected("label_value"));
    CHECK(is_path_segment(name) == expected("path_segment"));
    CHECK(is_annotation_key(name) == is_label_key(annotation_key(name)));
  }
  CHECK(table["cases"].size() > 100);
}
