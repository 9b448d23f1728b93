#ifndef TIDEWAITER_TESTS_SUPPORT_CORPUS_H_
#define TIDEWAITER_TESTS_SUPPORT_CORPUS_H_

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/shared.h"

namespace tidewaiter::testing {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The shared corpus of real manifests in a temporary folder, which goes with this.
class Corpus {
 public:
  /// Nothing, with a message, where the corpus, tar or zstd is absent.
  static std::optional<Corpus> unpacked() {
    const auto archive = shared_file("corpus/open.tar.zst");
    if (!archive) return std::nullopt;
    std::string name =
        (std::filesystem::temp_directory_path() / "tidewaiter-corpus-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) return std::nullopt;
    Corpus corpus{std::filesystem::path(name)};
    const std::string command = "tar --zstd -xf '" + *archive + "' -C '" + name + "'";
    if (std::system(command.c_str()) == 0) return corpus;
    std::cout << "skipped: the corpus cannot be unpacked\n";
    return std::nullopt;
  }

  Corpus(Corpus&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
  Corpus& operator=(Corpus&&) = delete;
  ~Corpus() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }

  /// Every YAML file, sorted.
  std::vector<std::filesystem::path> files() const {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
      const auto extension = entry.path().extension();
      if (entry.is_regular_file() && (extension == ".yaml" || extension == ".yml")) {
        paths.push_back(entry.path());
      }
    }
    std::ranges::sort(paths);
    return paths;
  }

 private:
  explicit Corpus(std::filesystem::path folder) : folder_(std::move(folder)) {}

  std::filesystem::path folder_;
};

}  // namespace tidewaiter::testing

#endif  // TIDEWAITER_TESTS_SUPPORT_CORPUS_H_
