#ifndef TIDEWAITER_K8S_POD_INDEX_H_
#define TIDEWAITER_K8S_POD_INDEX_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "k8s/resource.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// Finds the pods that selectors mean, and the reverse, by the labels in which both agree.
/// Borrows the resources. Building takes O(n log n) for n labels. A question looks at no more
/// than kMostCandidates resources, so that no input makes it slow: beyond, it finds less.
class PodIndex {
 public:
  static constexpr std::size_t kMostCandidates = 10'000;

  PodIndex() = default;
  explicit PodIndex(std::span<const Resource* const> resources);

  /// The Services of its namespace that select the pods of `workload`, in order.
  std::vector<const Resource*> services_of(const Resource& workload) const;

  /// Whether a pod mounts a SecretProviderClass with a credential of its own
  /// (nodePublishSecretRef).
  bool mounts_with_credential(std::string_view namespace_, std::string_view class_name) const;

  /// Whether a label selector matches the labels of a pod (template) in the namespace. An empty
  /// selector matches every pod.
  bool selects_any(const yaml::Node& selector, std::string_view namespace_) const;

 private:
  /// A resource under something it can be found by: a label in its namespace, or the namespace.
  struct Entry {
    std::uint64_t hash = 0;
    const Resource* resource = nullptr;
    std::uint32_t order = 0;
  };
  static std::span<const Entry> under(const std::vector<Entry>& entries, std::uint64_t hash);
  static void sort(std::vector<Entry>& entries);
  void add_services(std::span<const Resource* const> resources);
  bool any_matches(std::span<const Entry> candidates, const yaml::Node& selector,
                   std::string_view namespace_) const;

  std::vector<std::uint64_t> mounted_with_credential_;  // sorted hashes of the classes
  std::vector<Entry> pods_;      // under each of their labels, and under the namespace
  std::vector<Entry> services_;  // under the rarest label they ask for, else the namespace
};

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_POD_INDEX_H_
