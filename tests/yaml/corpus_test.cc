// Reads every document of the shared corpus and compares it with what sigs.k8s.io/yaml made of
// it. Needs zstd and tar beside the shared material; says so and passes where it has none.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.h"
#include "yaml/node_json.h"
#include "yaml/reading.h"
#include "yaml/string_places.h"

namespace tidewaiter::yaml {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

/// What the command writes; empty when it fails.
std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
  std::string output;
  char buffer[65536];
  while (const std::size_t size = std::fread(buffer, 1, sizeof(buffer), pipe.get())) {
    output.append(buffer, size);
  }
  return output;
}

/// A folder that is removed with all that is in it.
struct TemporaryFolder {
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "tidewaiter-corpus-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~TemporaryFolder() { fs::remove_all(path); }
  fs::path path;
};

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

/// The pieces of a file that are not null: their JSON, or null where they are rejected.
std::vector<json> theirs(const std::vector<json>& lines) {
  std::vector<json> documents;
  for (const json& line : lines) {
    if (line.contains("error")) {
      documents.emplace_back();
    } else if (!line.at("json").is_null()) {
      documents.push_back(line.at("json"));
    }
  }
  return documents;
}

std::vector<json> ours(const File& file) {
  std::vector<json> documents;
  for (const Document& document : file.documents) {
    if (document.state == DocumentState::kRejected) documents.emplace_back();
    if (document.root != nullptr) documents.push_back(testing::to_json(*document.root));
  }
  return documents;
}

TEST_CASE("the corpus reads as sigs.k8s.io/yaml reads it", "[yaml][corpus]") {
  const char* const named = std::getenv("TIDEWAITER_SHARED");
  const fs::path shared =
      named != nullptr ? fs::path(named) : fs::path(TIDEWAITER_SOURCE_DIR) / ".." / "shared";
  const TemporaryFolder folder;
  const std::string corpus = (shared / "corpus" / "open.tar.zst").string();
  if (!fs::exists(corpus) || std::system(("tar --zstd -xf '" + corpus + "' -C '" +
                                          folder.path.string() + "' 2>/dev/null")
                                             .c_str()) != 0) {
    std::cout << "skipped: no shared corpus (set TIDEWAITER_SHARED), or no tar with zstd\n";
    return;
  }
  fs::path root = folder.path;
  if (fs::exists(root / "open")) root /= "open";
  std::istringstream oracle(
      output_of("zstd -dcq '" + (shared / "yaml" / "oracle-open.jsonl.zst").string() + "'"));
  std::map<std::string, std::vector<json>> files;
  for (std::string line; std::getline(oracle, line);) {
    json row = json::parse(line, nullptr, false);
    if (row.is_object() && row.contains("index")) {
      files[row.at("file").get<std::string>()].push_back(std::move(row));
    }
  }
  REQUIRE(files.size() > 4000);
  std::size_t total = 0;
  std::size_t equal = 0;
  testing::Tally strings;
  for (const auto& [name, lines] : files) {
    const Source source(std::make_shared<FileName>(), read_file(root / name));
    const File file = read(source, {}, Templates::kRead);
    const std::vector<json> got = ours(file);
    const std::vector<json> want = theirs(lines);
    total += want.size();
    for (std::size_t i = 0; i < want.size() && got.size() == want.size(); ++i) {
      if (got[i] == want[i]) ++equal;
    }
    INFO(name);
    CHECK(got == want);
    testing::check_strings(source, file, strings);
  }
  CHECK(equal == total);
}

}  // namespace
}  // namespace tidewaiter::yaml
