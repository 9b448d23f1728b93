#ifndef TIDEWAITER_K8S_API_LIFECYCLE_H_
#define TIDEWAITER_K8S_API_LIFECYCLE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tidewaiter::k8s {

/// An API of Kubernetes whose end is known. The numbers are minors of Kubernetes: 22 is 1.22.
struct ApiLifecycle {
  std::string_view group;  ///< "" for the core group.
  std::string_view version;
  std::string_view kind;
  std::optional<std::uint32_t> deprecated;  ///< The API server warns from this one on.
  std::optional<std::uint32_t> removed;     ///< Served up to the one before.
  std::string_view replacement;             ///< An apiVersion, "apps/v1"; empty: none.
  std::string_view replacement_kind;        ///< Mostly the same kind.
};

/// Every API of Kubernetes, alpha versions too, that is deprecated or removed or is going to
/// be: by kind, group, version in byte order. Source: the lifecycle functions and types of
/// k8s.io/api, apiextensions-apiserver and kube-aggregator.
std::span<const ApiLifecycle> api_lifecycles();
/// The newest release of Kubernetes that the table knows.
std::uint32_t newest_known_minor();

/// Null for an API that is not in the table. O(log n).
const ApiLifecycle* find_api_lifecycle(std::string_view group, std::string_view version,
                                       std::string_view kind);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_API_LIFECYCLE_H_
