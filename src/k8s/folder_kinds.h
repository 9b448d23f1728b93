#ifndef TIDEWAITER_K8S_FOLDER_KINDS_H_
#define TIDEWAITER_K8S_FOLDER_KINDS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "k8s/group_kind.h"
#include "k8s/resource.h"

namespace tidewaiter::k8s {

/// The folder and the name of a file, as shown.
struct FileLocation {
  std::string_view folder;  ///< "" where the path has none.
  std::string_view name;
};
FileLocation location_of(const Resource& resource);

/// Which kinds of resources the files and the folders of a scope hold. Resources are known by
/// their position in the span that it was built from. Immutable; borrows names from the
/// manifests. Building takes O(n log n), a question O(log n) and the kinds of a file that fit.
class FolderKinds {
 public:
  explicit FolderKinds(std::span<const Resource* const> resources);

  /// The first resource of the kind in a file of the folder itself (none below); `file` names
  /// one of them, "" is any.
  std::optional<std::uint32_t> first(std::string_view folder, std::string_view file,
                                     const KindPattern& kind) const;

 private:
  struct Entry {
    std::string_view folder;
    std::string_view file;
    std::string_view kind;
    std::string_view group;
    std::uint32_t number = 0;  ///< The first such resource.

    auto key() const { return std::tie(folder, file, kind, group); }
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> entries_;  // sorted, each once
};

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_FOLDER_KINDS_H_
