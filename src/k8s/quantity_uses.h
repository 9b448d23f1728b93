#ifndef TIDEWAITER_K8S_QUANTITY_USES_H_
#define TIDEWAITER_K8S_QUANTITY_USES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "k8s/resource.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// What is wrong with a scalar that stands for a quantity.
enum class QuantityFault : std::uint8_t {
  kNone,
  kInvalid,   ///< Kubernetes cannot parse it.
  kNegative,  ///< It must not be below 0.
  kFraction,  ///< Of a resource that comes in whole pieces.
};

/// `` (none), `invalid`, `negative` or `fraction`.
std::string_view name_of(QuantityFault fault);

/// What a quantity says.
enum class QuantityRole : std::uint8_t {
  kRequest,
  kLimit,
  kOverhead,
  kStorage,
  kCapacity,
  kSizeLimit,
  kDivisor,
  kQuota,
  kLimitRange,
  kRatio,  ///< maxLimitRequestRatio of a LimitRange.
  kMetric,
};

/// `request`, `limit`, `overhead`, `storage`, `capacity`, `sizeLimit`, `divisor`, `quota`,
/// `limit range`, `ratio` or `metric`.
std::string_view name_of(QuantityRole role);

/// A scalar of a manifest that stands for a quantity. Small, as a manifest may hold very many.
struct QuantityUse {
  const yaml::Node* node = nullptr;
  const yaml::Node* container = nullptr;  ///< The container it lies in, if any.
  QuantityRole role = QuantityRole::kRequest;
  QuantityFault fault = QuantityFault::kNone;
  bool of_pod : 1 = false;          ///< In the pod's own `resources`.
  bool in_list : 1 = false;         ///< An entry of a list of resources.
  bool is_whole : 1 = false;        ///< Of one that parses: a multiple of 1.
  bool is_whole_milli : 1 = false;  ///< Of one that parses: a multiple of 0.001.

  /// cpu, memory ... where one is named, else empty.
  std::string_view resource() const;
};
static_assert(sizeof(QuantityUse) <= 24);

/// Every quantity of a resource, faulty ones too, once each: requests and limits of containers
/// and of the pod itself, overhead, sizeLimit of emptyDir, divisor of resourceFieldRef, storage
/// of claims and claim templates, capacity of volumes, quotas, limit ranges, value and
/// averageValue of autoscalers (TW306). Linear.
std::vector<QuantityUse> quantity_uses(const Resource& resource);

/// How a text that is no quantity was probably meant: "'512M' or '512Mi'"; empty where nothing
/// suggests itself. `resource` tells 100mi of cpu (100m) from that of memory (100Mi).
std::string quantity_suggestion(std::string_view text, std::string_view resource);

/// The request and limit of one resource as a container, or the pod itself, writes them.
struct ResourcePair {
  const yaml::Node* owner = nullptr;    ///< The container or the pod spec.
  const yaml::Node* request = nullptr;  ///< One of both may be null.
  const yaml::Node* limit = nullptr;
  bool of_pod = false;

  std::string_view resource() const;
};

/// Every resource that a container (main, init or native sidecar) or the pod itself writes a
/// request or limit of. Null entries count as absent. In the order of the text.
std::vector<ResourcePair> resource_pairs(const yaml::Node& pod);

/// A resource of which a node may not promise more than it has, so that a limit must equal the
/// request: hugepages and extended resources (v1helper.IsOvercommitAllowed).
bool is_overcommittable(std::string_view resource);
/// A resource that comes in whole pieces: counts, hugepages and extended resources.
bool is_counted(std::string_view resource);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_QUANTITY_USES_H_
