#include "engine/folder_names.h"

namespace tidewaiter::engine {

void FolderNames::add(const Source& source, const std::string& path) {
  const std::size_t slash = path.rfind('/');
  folders_.emplace(&source, slash == path.npos ? "."
                            : slash == 0       ? "/"
                                               : path.substr(0, slash));
}

const std::vector<std::string>& FolderNames::siblings(const Source& source) const {
  static const std::vector<std::string> kNone;
  const auto folder = folders_.find(&source);
  if (folder == folders_.end()) return kNone;
  const std::scoped_lock lock(mutex_);
  const auto [it, is_new] = names_.try_emplace(folder->second);
  if (is_new) {
    if (const auto entries = files_.list(folder->second)) {
      for (const FolderEntry& entry : *entries) it->second.push_back(entry.name);
    }
  }
  return it->second;
}

}  // namespace tidewaiter::engine
