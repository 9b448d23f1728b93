#include "engine/folder_names.h"

namespace tidewaiter::engine {

void FolderNames::add(const Source& source, std::string_view path, std::string_view below) {
  const std::size_t slash = path.rfind('/');
  const std::string_view folder = slash == path.npos ? "."
                                  : slash == 0       ? "/"
                                                     : path.substr(0, slash);
  const std::size_t last = below.rfind('/');
  locations_.emplace(
      &source, Location{.folder = std::string(folder),
                        .below = std::string(below.substr(0, last == below.npos ? 0 : last))});
}

const std::vector<std::string>& FolderNames::siblings(const Source& source) const {
  static const std::vector<std::string> kNone;
  const auto location = locations_.find(&source);
  if (location == locations_.end()) return kNone;
  const std::scoped_lock lock(mutex_);
  const auto [it, is_new] = names_.try_emplace(location->second.folder);
  if (is_new) {
    if (const auto entries = files_.list(location->second.folder)) {
      for (const FolderEntry& entry : *entries) it->second.push_back(entry.name);
    }
  }
  return it->second;
}

std::vector<std::string_view> FolderNames::folders(const Source& source) const {
  std::vector<std::string_view> names;
  const auto location = locations_.find(&source);
  if (location == locations_.end()) return names;
  std::string_view rest = location->second.below;
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    names.push_back(rest.substr(0, slash));
    rest = slash == rest.npos ? std::string_view() : rest.substr(slash + 1);
  }
  return names;
}

}  // namespace tidewaiter::engine
