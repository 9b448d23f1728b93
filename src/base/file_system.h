#ifndef TIDEWAITER_BASE_FILE_SYSTEM_H_
#define TIDEWAITER_BASE_FILE_SYSTEM_H_

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tidewaiter/result.h"

namespace tidewaiter {

/// What stands at a path.
enum class FileType : std::uint8_t {
  kFile,  ///< A regular file.
  kFolder,
  kSymlink,  ///< Only in a listing; everything else follows symbolic links.
  kOther,    ///< A device, socket or pipe.
};

/// One name in a folder. `type` is that of the name itself: symbolic links are not followed.
struct FolderEntry {
  std::string name;
  FileType type = FileType::kOther;
};

/// The files a run may read. Everything below `main` takes one by reference, so tests need no
/// temporary folder and an editor can overlay what it has not saved. Paths are bytes with `/`
/// between the parts; a relative path starts at the working folder. Every failure is a kIo
/// Error (kLimitExceeded for a file above `max_size`) whose message is a sentence that names
/// the path. Implementations are safe to call from several threads at once.
class FileSystem {
 public:
  static constexpr std::uint64_t kAnySize = ~std::uint64_t{0};

  virtual ~FileSystem() = default;

  /// The whole file as bytes. Pipes and devices named by the user can be read too. Fails
  /// without reading on when there are more than `max_size` bytes, whatever the stated size.
  virtual Result<std::string> read(const std::string& path,
                                   std::uint64_t max_size = kAnySize) const = 0;
  /// The names in a folder without `.` and `..`, in byte order.
  virtual Result<std::vector<FolderEntry>> list(const std::string& path) const = 0;
  /// What stands at `path`; symbolic links are followed, so never kSymlink.
  virtual Result<FileType> type_of(const std::string& path) const = 0;
  /// How many bytes a regular file has; no value for anything else, such as a pipe, which can
  /// be read only once.
  virtual std::optional<std::uint64_t> size_of(const std::string& path) const = 0;
  /// The absolute path without symbolic links, `.` and `..`: two paths lead to the same place
  /// exactly when these are equal. Fails when nothing stands there.
  virtual Result<std::string> resolve(const std::string& path) const = 0;
};

/// The files of this machine.
class DiskFileSystem final : public FileSystem {
 public:
  Result<std::string> read(const std::string& path, std::uint64_t max_size) const override;
  Result<std::vector<FolderEntry>> list(const std::string& path) const override;
  Result<FileType> type_of(const std::string& path) const override;
  std::optional<std::uint64_t> size_of(const std::string& path) const override;
  Result<std::string> resolve(const std::string& path) const override;
};

/// Files that exist in memory only, for tests and the examples of rules: folders are there
/// because files in them are. Relative paths start at `/repo`.
class MemoryFileSystem final : public FileSystem {
 public:
  static constexpr std::string_view kWorkingFolder = "/repo";

  /// Holds the working folder only.
  MemoryFileSystem() { add_folder(kWorkingFolder); }
  /// Files: path, text.
  MemoryFileSystem(std::initializer_list<std::pair<std::string_view, std::string_view>> files);

  void add_file(std::string_view path, std::string text);
  void add_folder(std::string_view path);
  void add_symlink(std::string_view path, std::string target);
  /// Something that is neither file nor folder, as a device.
  void add_other(std::string_view path);
  /// Makes reading the file or listing the folder fail from now on.
  void deny(std::string_view path);

  Result<std::string> read(const std::string& path, std::uint64_t max_size) const override;
  Result<std::vector<FolderEntry>> list(const std::string& path) const override;
  Result<FileType> type_of(const std::string& path) const override;
  std::optional<std::uint64_t> size_of(const std::string& path) const override;
  Result<std::string> resolve(const std::string& path) const override;

 private:
  struct Item {
    FileType type = FileType::kFolder;
    std::string content;  // the text of a file, the target of a link
    bool denied = false;
    std::map<std::string, FileType> children;
  };

  Item& add(std::string_view path, FileType type);
  std::map<std::string, Item> items_;  // by absolute path
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_FILE_SYSTEM_H_
