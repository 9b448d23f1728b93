#include "k8s/config_folders.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "k8s/folder_kinds.h"

namespace tidewaiter::k8s {
namespace {

std::string_view folder_above(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view folder_of(const Resource& resource) {
  return location_of(resource).folder;
}

bool has_below(const std::vector<std::string_view>& folders, std::string_view folder) {
  if (folder.empty()) return !folders.empty();
  const std::string prefix = std::string(folder) + '/';
  const auto found = std::ranges::lower_bound(folders, std::string_view(prefix));
  return found != folders.end() && found->starts_with(prefix);
}

bool has_here_or_above(const std::vector<std::string_view>& folders, std::string_view folder) {
  while (!std::ranges::binary_search(folders, folder)) {
    if (folder.empty()) return false;
    folder = folder_above(folder);
  }
  return true;
}

}  // namespace

ConfigFolders::ConfigFolders(std::span<const Resource* const> resources) {
  for (const Resource* const resource : resources) {
    if (!resource->group.empty() || !resource->namespace_.empty()) continue;
    const auto kind = std::ranges::find(kKinds, resource->kind);
    if (kind == kKinds.end()) continue;
    std::vector<std::string_view>& folders =
        folders_[static_cast<std::size_t>(kind - kKinds.begin())];
    // Those of a file, and mostly of a folder, follow each other.
    const std::string_view folder = folder_of(*resource);
    if (folders.empty() || folders.back() != folder) folders.push_back(folder);
  }
  for (auto& folders : folders_) {
    std::ranges::sort(folders);
    const auto repeated = std::ranges::unique(folders);
    folders.erase(repeated.begin(), repeated.end());
  }
}

bool ConfigFolders::is_told(std::string_view group, std::string_view kind) {
  return group.empty() && std::ranges::find(kKinds, kind) != kKinds.end();
}

bool ConfigFolders::has_near(std::string_view kind, const Resource& resource) const {
  const auto known = std::ranges::find(kKinds, kind);
  if (known == kKinds.end()) return false;
  const auto& folders = folders_[static_cast<std::size_t>(known - kKinds.begin())];
  const std::string_view folder = folder_of(resource);
  return has_here_or_above(folders, folder) || has_below(folders, folder);
}

}  // namespace tidewaiter::k8s
