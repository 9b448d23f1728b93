#ifndef TIDEWAITER_K8S_LIMIT_DEFAULTS_H_
#define TIDEWAITER_K8S_LIMIT_DEFAULTS_H_

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "k8s/resource.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// What the LimitRanges of one namespace give a container that does not write it itself, for
/// cpu, memory and ephemeral-storage. Borrows from the manifests.
class LimitDefaults {
 public:
  /// The quantity as the LimitRange has it; null when there is none for the resource.
  const yaml::Node* request(std::string_view resource) const;
  const yaml::Node* limit(std::string_view resource) const;

  static constexpr std::array<std::string_view, 3> kResources = {"cpu", "memory",
                                                                 "ephemeral-storage"};

 private:
  friend class LimitDefaultsTable;
  void add(const yaml::Node& item);

  std::array<const yaml::Node*, kResources.size()> requests_ = {};  // parallel to kResources
  std::array<const yaml::Node*, kResources.size()> limits_ = {};
};

/// The defaults of each namespace.
class LimitDefaultsTable {
 public:
  LimitDefaultsTable() = default;
  /// Of items of the type Container only, as the API server reads them: what `default` lacks is
  /// in `max`, what `defaultRequest` lacks in `default`, else in `min`. Where several speak the
  /// first does.
  explicit LimitDefaultsTable(std::span<const Resource* const> limit_ranges);

  /// Of the namespace as written ("" is `<unset>`); null when no LimitRange lies in it.
  /// O(log n).
  const LimitDefaults* find(std::string_view namespace_) const;

 private:
  struct Row {
    std::string_view namespace_;
    LimitDefaults defaults;
  };
  std::vector<Row> rows_;  // by namespace
};

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_LIMIT_DEFAULTS_H_
