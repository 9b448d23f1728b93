#ifndef TIDEWAITER_K8S_SELECTOR_H_
#define TIDEWAITER_K8S_SELECTOR_H_

#include <cstdint>
#include <string_view>

#include "yaml/node.h"

namespace tidewaiter::k8s {

/// The two ways Kubernetes writes a selector of labels.
enum class SelectorForm : std::uint8_t {
  kLabelSelector,  ///< matchLabels and matchExpressions (Deployment, PodDisruptionBudget, ...).
  kLabelMap,       ///< Keys and values themselves (Service, ReplicationController).
};

/// A label that a controller adds to pods, so that no manifest shows its value (RULES, Common
/// readings): a selector's requirement on it holds.
bool is_controller_label(std::string_view key);

/// The first part of `selector`, in the order of the text, that `labels` fail: the value of a
/// matchLabels (or map) entry, or an item of matchExpressions. Null when all hold. `labels` may
/// be null (no labels). What the API would refuse and what cannot be known (a value that is no
/// text or holds a reference such as `${APP}`, an unknown operator, In without values) holds:
/// other rules speak about that. A null value is "", as in the API. O(size of selector times
/// log labels).
const yaml::Node* first_mismatch(const yaml::Node& selector, SelectorForm form,
                                 const yaml::Node* labels);

/// Whether `labels` meet `selector` whatever other tools fill in: what cannot be known fails
/// here. Labels that controllers add hold. Cost as above.
bool surely_matches(const yaml::Node& selector, SelectorForm form, const yaml::Node* labels);

/// Whether `selector` asks for a label that controllers add. O(size of selector).
bool has_controller_label(const yaml::Node& selector, SelectorForm form);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_SELECTOR_H_
