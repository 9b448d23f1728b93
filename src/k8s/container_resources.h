#ifndef TIDEWAITER_K8S_CONTAINER_RESOURCES_H_
#define TIDEWAITER_K8S_CONTAINER_RESOURCES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "k8s/limit_defaults.h"
#include "k8s/quantity.h"
#include "yaml/node.h"

namespace tidewaiter::k8s {

/// Where a container has an amount of a resource from.
enum class AmountSource : std::uint8_t {
  kWritten,
  kImplied,     ///< A request that is not written equals the written limit.
  kLimitRange,  ///< A LimitRange of the namespace supplies it.
};

/// An amount of one resource that a container requests or is limited to.
struct Amount {
  std::string_view resource;
  /// Nothing where the text is no quantity, or a negative one: the API server refuses it.
  std::optional<Quantity> quantity;
  /// The quantity; what a LimitRange supplies has the place where the container would write it
  /// (its `requests`, else `resources`, else the container).
  const yaml::Node* node = nullptr;
  AmountSource source = AmountSource::kWritten;
};

/// What a container (or a pod, for its own `resources`) requests, once for each resource, in
/// the order of the text; null entries count as absent. `defaults` may be null.
std::vector<Amount> requests_of(const yaml::Node& container, const LimitDefaults* defaults);
/// As above, of limits.
std::vector<Amount> limits_of(const yaml::Node& container, const LimitDefaults* defaults);

/// The amount of one resource of the list; null when there is none.
const Amount* find_amount(const std::vector<Amount>& amounts, std::string_view resource);

/// The text that the API server parses where `node` stands for a quantity: a scalar as JSON
/// would have it, without blanks around it (UnmarshalJSON of resource.Quantity trims them);
/// empty for other nodes.
std::string quantity_text(const yaml::Node& node);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_CONTAINER_RESOURCES_H_
