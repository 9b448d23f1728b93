#include <fmt/core.h>

#include <utility>

#include "base/file_system.h"
#include "base/path.h"

namespace tidewaiter {
namespace {

Error io_error(std::string_view doing, const std::string& path, std::string_view reason) {
  return {.code = ErrorCode::kIo,
          .message = fmt::format("Cannot {} '{}': {}.", doing, path, reason)};
}

}  // namespace

MemoryFileSystem::MemoryFileSystem(
    std::initializer_list<std::pair<std::string_view, std::string_view>> files) {
  add_folder(kWorkingFolder);
  for (const auto& [path, text] : files) add_file(path, std::string(text));
}

MemoryFileSystem::Item& MemoryFileSystem::add(std::string_view path, FileType type) {
  const std::string whole = absolute_path(kWorkingFolder, path);
  Item& item = items_[whole];
  item.type = type;
  FileType child_type = type;
  for (std::string_view child = whole; child != "/"; child = parent_of(child)) {
    Item& folder = items_[std::string(parent_of(child))];  // made a folder by its default
    folder.children[std::string(base_name(child))] = child_type;
    child_type = FileType::kFolder;
  }
  return item;
}

void MemoryFileSystem::add_file(std::string_view path, std::string text) {
  add(path, FileType::kFile).content = std::move(text);
}

void MemoryFileSystem::add_folder(std::string_view path) {
  add(path, FileType::kFolder);
}

void MemoryFileSystem::add_symlink(std::string_view path, std::string target) {
  add(path, FileType::kSymlink).content = std::move(target);
}

void MemoryFileSystem::add_other(std::string_view path) {
  add(path, FileType::kOther);
}

void MemoryFileSystem::deny(std::string_view path) {
  items_[absolute_path(kWorkingFolder, path)].denied = true;
}

Result<std::string> MemoryFileSystem::resolve(const std::string& path) const {
  static constexpr int kMaxLinks = 40;  // as Linux
  std::string done = "/";
  std::string rest = join_path(kWorkingFolder, path);
  int links = 0;
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    const std::string part = rest.substr(0, slash);
    rest = slash == std::string::npos ? "" : rest.substr(slash + 1);
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      done = std::string(parent_of(done));
      continue;
    }
    const std::string next = join_path(done, part);
    const auto found = items_.find(next);
    if (found == items_.end()) return io_error("find", path, "No such file or directory");
    if (found->second.type != FileType::kSymlink) {
      done = next;
      continue;
    }
    if (++links > kMaxLinks) {
      return io_error("find", path, "Too many levels of symbolic links");
    }
    if (found->second.content.starts_with('/')) done = "/";
    rest = found->second.content + "/" + rest;
  }
  return done;
}

Result<FileType> MemoryFileSystem::type_of(const std::string& path) const {
  const auto whole = resolve(path);
  if (!whole) return whole.error();
  return *whole == "/" ? FileType::kFolder : items_.at(*whole).type;
}

std::optional<std::uint64_t> MemoryFileSystem::size_of(const std::string& path) const {
  const auto whole = resolve(path);
  if (!whole) return std::nullopt;
  const auto found = items_.find(*whole);
  if (found == items_.end() || found->second.type != FileType::kFile) return std::nullopt;
  return found->second.content.size();
}

Result<std::string> MemoryFileSystem::read(const std::string& path,
                                           std::uint64_t max_size) const {
  const auto whole = resolve(path);
  if (!whole) return io_error("read", path, "No such file or directory");
  const auto found = items_.find(*whole);
  if (found == items_.end() || found->second.type == FileType::kFolder) {
    return io_error("read", path, "Is a directory");
  }
  if (found->second.denied) return io_error("read", path, "Permission denied");
  if (found->second.content.size() > max_size) {
    return Error{
        .code = ErrorCode::kLimitExceeded,
        .message = fmt::format("The file '{}' is larger than {} bytes.", path, max_size)};
  }
  return found->second.content;
}

Result<std::vector<FolderEntry>> MemoryFileSystem::list(const std::string& path) const {
  const auto whole = resolve(path);
  if (!whole) return io_error("list", path, "No such file or directory");
  const auto found = items_.find(*whole);
  std::vector<FolderEntry> entries;
  if (found == items_.end()) return entries;  // the root of an empty file system
  if (found->second.type != FileType::kFolder) {
    return io_error("list", path, "Not a directory");
  }
  if (found->second.denied) return io_error("list", path, "Permission denied");
  for (const auto& [name, type] : found->second.children) {
    entries.push_back({.name = name, .type = type});
  }
  return entries;
}

}  // namespace tidewaiter
