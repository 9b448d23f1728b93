// Compares the reader with what Kubernetes' own libraries said of the shared material.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>

#include "support/catch.h"
#include "yaml/encoding.h"
#include "yaml/node_json.h"
#include "yaml/yaml_reader.h"

namespace tidewaiter::yaml {
namespace {

using nlohmann::json;

/// The folder of the shared material; absent (and said so) where there is none.
std::optional<std::filesystem::path> shared_folder() {
  const char* const named = std::getenv("TIDEWAITER_SHARED");
  const std::filesystem::path folder =
      named != nullptr ? std::filesystem::path(named)
                       : std::filesystem::path(TIDEWAITER_SOURCE_DIR) / ".." / "shared";
  if (std::filesystem::exists(folder / "yaml" / "scalars.json")) return folder;
  std::cout << "skipped: no shared material (set TIDEWAITER_SHARED)\n";
  return std::nullopt;
}

/// What the reader makes of `text` taken as one document; absent when it rejects it.
std::optional<json> read_one(const std::string& text) {
  const auto bad = find_bad_bytes(text, byte_order_mark_size(text));
  if (bad && bad->rejected) return std::nullopt;
  Arena arena;
  TreeBuilder builder(arena, text);
  const ByteSpan piece{.begin = 0, .end = static_cast<std::uint32_t>(text.size())};
  const PieceResult result = read_yaml(text, piece, false, {}, builder);
  if (result.fault) return std::nullopt;
  return result.root == nullptr ? json() : testing::to_json(*result.root);
}

/// Rows that differ; docs/yaml.md gives the reason.
const std::set<std::string> kKnownDifferences = {"1: a\n\"1\": b\n"};

TEST_CASE("scalars, keys and documents read as sigs.k8s.io/yaml reads them", "[yaml][oracle]") {
  const auto shared = shared_folder();
  if (!shared) return;
  std::ifstream in(*shared / "yaml" / "scalars.json");
  const json rows = json::parse(in);
  REQUIRE(rows.size() > 500);
  for (const json& row : rows) {
    const auto text = row.at("yaml").get<std::string>();
    if (text.find("\xEF\xBF\xBD") != std::string::npos)
      continue;  // not the bytes that were read
    const std::optional<json> got = read_one(text);
    const bool equal =
        row.contains("error")
            ? !got.has_value()
            : got.has_value() &&
                  (row.at("kind") == "key" ? got->is_object() && !got->empty() &&
                                                 got->begin().key() == row.at("json")
                   : row.at("kind") == "value" ? got->at("v") == row.at("json")
                                               : *got == row.at("json"));
    INFO("yaml: " << text.substr(0, 200) << "\nwant: " << row.dump().substr(0, 400)
                  << "\ngot: " << (got ? got->dump().substr(0, 200) : "rejected"));
    CHECK(equal != kKnownDifferences.contains(text));
  }
}

}  // namespace
}  // namespace tidewaiter::yaml
