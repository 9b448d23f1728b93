#include "k8s/folder_kinds.h"

#include <algorithm>
#include <tuple>

namespace tidewaiter::k8s {

FileLocation location_of(const Resource& resource) {
  const std::string_view path = resource.source->name()->shown;
  const std::size_t slash = path.rfind('/');
  if (slash == path.npos) return {.folder = {}, .name = path};
  return {.folder = path.substr(0, slash), .name = path.substr(slash + 1)};
}

FolderKinds::FolderKinds(std::span<const Resource* const> resources) {
  entries_.reserve(2 * resources.size());
  for (std::uint32_t i = 0; i < resources.size(); ++i) {
    const Resource& resource = *resources[i];
    const auto [folder, name] = location_of(resource);
    for (const std::string_view file : {name, std::string_view()}) {
      entries_.push_back({folder, file, resource.kind, resource.group, i});
    }
  }
  std::ranges::sort(entries_);
  const auto repeated = std::ranges::unique(entries_, {}, &Entry::key);
  entries_.erase(repeated.begin(), repeated.end());
}

std::optional<std::uint32_t> FolderKinds::first(std::string_view folder, std::string_view file,
                                                const KindPattern& kind) const {
  std::span<const Entry> found = std::ranges::equal_range(
      entries_, std::tie(folder, file), {},
      [](const Entry& entry) { return std::tie(entry.folder, entry.file); });
  if (kind.kind != "*") found = std::ranges::equal_range(found, kind.kind, {}, &Entry::kind);
  std::optional<std::uint32_t> first;
  for (const Entry& entry : found) {
    if (!kind.matches(entry.group, entry.kind)) continue;
    first = std::min(first.value_or(entry.number), entry.number);
  }
  return first;
}

}  // namespace tidewaiter::k8s
