#include "base/path.h"

#include <vector>

namespace tidewaiter {

std::string join_path(std::string_view folder, std::string_view name) {
  if (folder.empty() || name.starts_with('/')) return std::string(name);
  std::string joined(folder);
  if (name.empty()) return joined;
  if (!joined.ends_with('/')) joined += '/';
  joined += name;
  return joined;
}

std::string absolute_path(std::string_view folder, std::string_view path) {
  const std::string whole = join_path(folder, path);
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= whole.size();) {
    std::size_t end = whole.find('/', begin);
    if (end == std::string::npos) end = whole.size();
    const auto part = std::string_view(whole).substr(begin, end - begin);
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    begin = end + 1;
  }
  std::string normal;
  normal.reserve(whole.size());
  for (const std::string_view part : parts) {
    normal += '/';
    normal += part;
  }
  return normal.empty() ? "/" : normal;
}

std::optional<std::string_view> path_below(std::string_view folder, std::string_view path) {
  if (folder == path) return std::string_view();
  if (folder == "/") return path.substr(1);
  if (!path.starts_with(folder) || path.size() <= folder.size() || path[folder.size()] != '/') {
    return std::nullopt;
  }
  return path.substr(folder.size() + 1);
}

std::string_view parent_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string_view::npos ? "/" : path.substr(0, slash);
}

std::string_view base_name(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0: no slash, no offset
}

}  // namespace tidewaiter
