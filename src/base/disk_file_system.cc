#include <dirent.h>
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <system_error>

#include "base/file_system.h"

namespace tidewaiter {
namespace {

Error io_error(std::string_view doing, const std::string& path, int code) {
  return {.code = ErrorCode::kIo,
          .message = fmt::format("Cannot {} '{}': {}.", doing, path,
                                 std::generic_category().message(code))};
}

FileType type_of_mode(mode_t mode) {
  if (S_ISREG(mode)) return FileType::kFile;
  if (S_ISDIR(mode)) return FileType::kFolder;
  return S_ISLNK(mode) ? FileType::kSymlink : FileType::kOther;
}

/// A path with a NUL would name another file to the system than to us.
bool has_nul(const std::string& path) {
  return path.find('\0') != std::string::npos;
}

/// Closes a descriptor when it goes out of scope.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

}  // namespace

Result<std::string> DiskFileSystem::read(const std::string& path,
                                         std::uint64_t max_size) const {
  if (has_nul(path)) return io_error("read", path, EINVAL);
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (file.number() < 0) return io_error("read", path, errno);
  struct stat info = {};
  if (::fstat(file.number(), &info) != 0) return io_error("read", path, errno);
  if (S_ISDIR(info.st_mode)) return io_error("read", path, EISDIR);

  // One byte more than the stated size, so that a file of that size needs no second buffer; a
  // file that grows while it is read, or a pipe, states too little.
  std::string text;
  const auto stated = S_ISREG(info.st_mode) ? static_cast<std::uint64_t>(info.st_size) : 0;
  std::size_t room = static_cast<std::size_t>(std::min(stated, max_size)) + 1;
  std::size_t size = 0;
  while (true) {
    if (size == room) room += std::max<std::size_t>(room, 1U << 16U);
    text.resize(room);
    const ssize_t got = ::read(file.number(), text.data() + size, room - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_error("read", path, errno);
    size += static_cast<std::size_t>(got);
    if (size > max_size) {
      return Error{
          .code = ErrorCode::kLimitExceeded,
          .message = fmt::format("The file '{}' is larger than {} bytes.", path, max_size)};
    }
    if (got == 0) break;
  }
  text.resize(size);
  return text;
}

Result<std::vector<FolderEntry>> DiskFileSystem::list(const std::string& path) const {
  if (has_nul(path)) return io_error("list", path, EINVAL);
  const std::unique_ptr<DIR, CloseFolder> folder(::opendir(path.c_str()));
  if (folder == nullptr) return io_error("list", path, errno);
  std::vector<FolderEntry> entries;
  while (true) {
    errno = 0;
    const dirent* const entry = ::readdir(folder.get());
    if (entry == nullptr) {
      if (errno != 0) return io_error("list", path, errno);
      break;
    }
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    auto type = FileType::kOther;
    switch (entry->d_type) {
      case DT_REG: type = FileType::kFile; break;
      case DT_DIR: type = FileType::kFolder; break;
      case DT_LNK: type = FileType::kSymlink; break;
      case DT_UNKNOWN: {  // some file systems keep the type elsewhere
        struct stat info = {};
        if (::fstatat(::dirfd(folder.get()), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0) {
          type = type_of_mode(info.st_mode);
        }
        break;
      }
      default: break;
    }
    entries.push_back({.name = std::string(name), .type = type});
  }
  std::ranges::sort(entries, {}, &FolderEntry::name);
  return entries;
}

Result<FileType> DiskFileSystem::type_of(const std::string& path) const {
  if (has_nul(path)) return io_error("find", path, EINVAL);
  struct stat info = {};
  if (::stat(path.c_str(), &info) != 0) return io_error("find", path, errno);
  return type_of_mode(info.st_mode);
}

std::optional<std::uint64_t> DiskFileSystem::size_of(const std::string& path) const {
  struct stat info = {};
  if (has_nul(path) || ::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(info.st_size);
}

Result<std::string> DiskFileSystem::resolve(const std::string& path) const {
  if (has_nul(path)) return io_error("find", path, EINVAL);
  struct Free {
    void operator()(char* text) const { std::free(text); }
  };
  const std::unique_ptr<char, Free> resolved(::realpath(path.c_str(), nullptr));
  if (resolved == nullptr) return io_error("find", path, errno);
  return std::string(resolved.get());
}

}  // namespace tidewaiter
