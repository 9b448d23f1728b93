#ifndef TIDEWAITER_POLICY_LABEL_SELECTOR_H_
#define TIDEWAITER_POLICY_LABEL_SELECTOR_H_

#include <optional>
#include <string>
#include <string_view>

#include "yaml/node.h"

namespace tidewaiter::policy {

/// The labels of one object as the API server sees them.
struct LabelSet {
  const yaml::Node* labels = nullptr;  ///< metadata.labels; null for none.
  /// A label that the API server sets itself, whatever `labels` say; no key, no such label.
  std::string_view implicit_key = {};
  std::string_view implicit_value = {};

  /// The value; nothing when absent or no text. A null is "", as in the API.
  std::optional<std::string_view> find(std::string_view key) const;
};

// k8s.io/apimachinery's metav1.LabelSelectorAsSelector, to the letter; k8s/selector.h is the
// lenient reading of rules. A null selector is an absent one: it selects everything.

/// Whether the selector asks for nothing, so that it selects everything.
bool is_empty_selector(const yaml::Node* selector);

/// What keeps the API from taking the selector, as a sentence: an unknown operator, values that
/// are missing or too many, a key or value of wrong syntax. Linear in the selector.
std::optional<std::string> selector_fault(const yaml::Node* selector);

/// Whether a selector without fault selects these labels. O(size of selector times log labels).
bool selects(const yaml::Node* selector, const LabelSet& labels);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_LABEL_SELECTOR_H_
