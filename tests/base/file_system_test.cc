#include "base/file_system.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "base/path.h"
#include "support/catch.h"

using tidewaiter::ErrorCode;
using tidewaiter::FileSystem;
using tidewaiter::FileType;
using tidewaiter::MemoryFileSystem;

namespace {

/// A folder on disk that is gone after the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "tidewaiter-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The same behavior is asked of both kinds of file system.
void check_file_system(const FileSystem& files, const std::string& base) {
  CHECK(*files.read(base + "/a/x.yaml", FileSystem::kAnySize) == "a: 1\n");
  CHECK(*files.read(base + "/link", FileSystem::kAnySize) == "a: 1\n");
  CHECK(*files.read(base + "/a/x.yaml", 5) == "a: 1\n");
  CHECK(files.read(base + "/a/x.yaml", 4).error().code == ErrorCode::kLimitExceeded);
  CHECK(files.read(base + "/none", FileSystem::kAnySize).error().message ==
        "Cannot read '" + base + "/none': No such file or directory.");
  CHECK(files.read(base + "/a", FileSystem::kAnySize).error().message ==
        "Cannot read '" + base + "/a': Is a directory.");

  const auto entries = files.list(base);
  REQUIRE(entries);
  std::string listing;
  for (const auto& entry : *entries) {
    listing += entry.name + ":" + std::to_string(static_cast<int>(entry.type)) + " ";
  }
  CHECK(listing == "Z:0 a:1 link:2 loop:2 ");
  CHECK(files.list(base + "/none").error().code == ErrorCode::kIo);

  CHECK(*files.type_of(base + "/link") == FileType::kFile);
  CHECK(*files.type_of(base + "/a/") == FileType::kFolder);
  CHECK_FALSE(files.type_of(base + "/loop"));
  CHECK(tidewaiter::base_name(*files.resolve(base + "/a/../link")) == "x.yaml");
  CHECK(*files.resolve(base + "/a/./x.yaml") == *files.resolve(base + "/link"));
  CHECK_FALSE(files.resolve(base + "/none"));
  CHECK_FALSE(files.read(base + std::string("/a\0b", 4), FileSystem::kAnySize));
}

}  // namespace

TEST_CASE("files of the disk are read, listed and resolved", "[file_system]") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "a");
  std::ofstream(folder.path() / "a/x.yaml") << "a: 1\n";
  std::ofstream(folder.path() / "Z") << "";
  std::filesystem::create_symlink("a/x.yaml", folder.path() / "link");
  std::filesystem::create_symlink("loop", folder.path() / "loop");
  check_file_system(tidewaiter::DiskFileSystem(), folder.path().string());
}

TEST_CASE("files in memory behave as those of the disk", "[file_system]") {
  MemoryFileSystem files({{"/t/a/x.yaml", "a: 1\n"}, {"/t/Z", ""}});
  files.add_symlink("/t/link", "a/x.yaml");
  files.add_symlink("/t/loop", "loop");
  check_file_system(files, "/t");
}

TEST_CASE("a device without end is not read to its end", "[file_system]") {
  const tidewaiter::DiskFileSystem files;
  CHECK(files.read("/dev/zero", 100'000).error().code == ErrorCode::kLimitExceeded);
  CHECK(*files.read("/dev/null", 0) == "");
}

TEST_CASE("paths are joined and made absolute as text", "[path]") {
  using tidewaiter::absolute_path;
  using tidewaiter::path_below;
  CHECK(absolute_path("/repo", "../a//b/./c/") == "/a/b/c");
  CHECK(absolute_path("/repo", "../../..") == "/");
  CHECK(absolute_path("/repo", "/x") == "/x");
  CHECK(path_below("/a", "/a/b/c") == "b/c");
  CHECK(path_below("/a", "/a") == "");
  CHECK_FALSE(path_below("/a", "/ab"));
  CHECK(path_below("/", "/a") == "a");
  CHECK(tidewaiter::parent_of("/a") == "/");
  CHECK(tidewaiter::base_name("a/b/") == "b");
}
