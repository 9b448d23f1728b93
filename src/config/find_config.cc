#include "config/find_config.h"

#include "base/path.h"

namespace tidewaiter::config {

std::optional<std::string> repository_root(const FileSystem& files, std::string_view folder) {
  for (std::string_view at = folder;; at = parent_of(at)) {
    if (files.type_of(join_path(at, ".git"))) return std::string(at);
    if (at == "/") return std::nullopt;
  }
}

std::optional<std::string> find_config(const FileSystem& files, std::string_view folder) {
  for (std::string_view at = folder;; at = parent_of(at)) {
    const std::string path = join_path(at, kConfigName);
    if (const auto type = files.type_of(path); type && *type != FileType::kFolder) return path;
    if (at == "/" || files.type_of(join_path(at, ".git"))) return std::nullopt;
  }
}

}  // namespace tidewaiter::config
