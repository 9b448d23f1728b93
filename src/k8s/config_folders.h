#ifndef TIDEWAITER_K8S_CONFIG_FOLDERS_H_
#define TIDEWAITER_K8S_CONFIG_FOLDERS_H_

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "k8s/resource.h"

namespace tidewaiter::k8s {

/// In which folders the ConfigMaps, Secrets and claims without namespace lie. A folder that is
/// linted as a whole may hold many things that are deployed apart, and where no namespace is
/// written only the folders tell them apart. Borrows the names of the sources.
class ConfigFolders {
 public:
  /// Takes O(n log n).
  explicit ConfigFolders(std::span<const Resource* const> resources);

  /// Whether the kind (of the core group) is one of these three.
  static bool is_told(std::string_view group, std::string_view kind);
  /// Whether one of the kind lies in the folder of `resource`, or in one above or below it.
  /// O(d log n) for a folder d levels deep.
  bool has_near(std::string_view kind, const Resource& resource) const;

 private:
  static constexpr std::array<std::string_view, 3> kKinds = {"ConfigMap", "Secret",
                                                             "PersistentVolumeClaim"};

  std::array<std::vector<std::string_view>, kKinds.size()> folders_;  // each sorted, by kKinds
};

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_CONFIG_FOLDERS_H_
