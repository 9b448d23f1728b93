#ifndef TIDEWAITER_POLICY_LABEL_SELECTOR_H_
#define TIDEWAITER_POLICY_LABEL_SELECTOR_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// The labels that an object's manifest states; none for null.
LabelSet labels_of(const yaml::Node* object);

/// A selector of labels as the API server reads it, to the letter
/// (metav1.LabelSelectorAsSelector in k8s.io/apimachinery); k8s/selector.h is the lenient
/// reading of rules. Borrows the document.
class LabelSelector {
 public:
  /// Selects everything, as an absent selector of a policy does.
  LabelSelector() = default;
  explicit LabelSelector(const yaml::Node& selector);

  /// It asks for nothing, so it selects everything.
  bool empty() const { return requirements_.empty() && fault_.empty(); }
  /// What keeps the API from taking the selector, as a sentence: an unknown operator, values
  /// that are missing or too many, a key or value of wrong syntax. Empty when all is well.
  const std::string& fault() const { return fault_; }
  /// Some requirement is about a label other than `key`.
  bool asks_beyond(std::string_view key) const;
  /// Whether it selects these labels; with a fault it selects nothing. O(log n) in labels and
  /// values for each requirement.
  bool selects(const LabelSet& labels) const;

 private:
  struct Requirement {
    std::string_view key;
    bool wants = true;  ///< False: In becomes NotIn, Exists DoesNotExist.
    /// In byte order; empty: any value will do.
    std::vector<std::string_view> values = {};

    bool holds(const LabelSet& labels) const;
  };

  void add_label(const yaml::Entry& entry);
  void add_expression(const yaml::Node& expression);
  void add(Requirement requirement, const yaml::Node* values);

  std::vector<Requirement> requirements_;
  std::string fault_;
};

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_LABEL_SELECTOR_H_
