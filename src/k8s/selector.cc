#include "k8s/selector.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "k8s/node_path.h"
#include "k8s/reference_text.h"

namespace tidewaiter::k8s {
namespace {

using yaml::Node;

/// The label's or selector's value as text; null is "". Nothing for what is no text, or one
/// that something else fills in.
std::optional<std::string_view> text_of(const Node& value) {
  if (value.is_null()) return std::string_view();
  if (!value.is_string() || holds_reference(value.as_string())) return std::nullopt;
  return value.as_string();
}

/// What a requirement comes to that cannot be known.
enum class Doubt : std::uint8_t { kHolds, kFails };

const Node* label_of(const Node* labels, std::string_view key) {
  return labels == nullptr ? nullptr : labels->find(key);
}

const Node* mismatch_in_map(const Node& map, const Node* labels, Doubt doubt) {
  if (!map.is_mapping()) return nullptr;
  for (std::uint32_t i = 0; i < map.size(); ++i) {
    const yaml::Entry entry = map.entry(i);
    const std::string_view key = entry.key->as_string();
    if (is_controller_label(key)) continue;
    const Node* const label = label_of(labels, key);
    if (label == nullptr) return entry.value;
    const auto wanted = text_of(*entry.value);
    const auto found = text_of(*label);
    const bool holds = wanted && found ? *wanted == *found : doubt == Doubt::kHolds;
    if (!holds) return entry.value;
  }
  return nullptr;
}

/// Whether the label's value is one of the values.
bool is_among(const Node& values, const Node& label, Doubt doubt) {
  const auto found = text_of(label);
  if (!found) return doubt == Doubt::kHolds;
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    const auto wanted = text_of(values.item(i));
    if (wanted ? *wanted == *found : doubt == Doubt::kHolds) return true;
  }
  return false;
}

bool fails(const Node& expression, const Node* labels, Doubt doubt) {
  const bool otherwise = doubt == Doubt::kFails;
  const Node* const key_node = expression.find("key");
  const Node* const operator_node = expression.find("operator");
  if (key_node == nullptr || operator_node == nullptr || !key_node->is_string()) {
    return otherwise;
  }
  if (is_controller_label(key_node->as_string())) return false;
  const Node* const label = label_of(labels, key_node->as_string());
  const std::string_view op = operator_node->as_string();
  if (op == "Exists") return label == nullptr;
  if (op == "DoesNotExist") return label != nullptr;
  const Node* const values = expression.find("values");
  if (values == nullptr || !values->is_sequence() || values->size() == 0) return otherwise;
  if (op == "In") return label == nullptr || !is_among(*values, *label, doubt);
  if (op != "NotIn") return otherwise;
  const Doubt opposite = doubt == Doubt::kHolds ? Doubt::kFails : Doubt::kHolds;
  return label != nullptr && is_among(*values, *label, opposite);
}

const Node* mismatch_in_expressions(const Node& list, const Node* labels, Doubt doubt) {
  if (!list.is_sequence()) return nullptr;
  for (std::uint32_t i = 0; i < list.size(); ++i) {
    if (fails(list.item(i), labels, doubt)) return &list.item(i);
  }
  return nullptr;
}

const Node* first_mismatch(const Node& selector, SelectorForm form, const Node* labels,
                           Doubt doubt) {
  if (form == SelectorForm::kLabelMap) return mismatch_in_map(selector, labels, doubt);
  const Node* const match_labels = selector.find("matchLabels");
  const Node* const expressions = selector.find("matchExpressions");
  const Node* const entry =
      match_labels == nullptr ? nullptr : mismatch_in_map(*match_labels, labels, doubt);
  const Node* const item =
      expressions == nullptr ? nullptr : mismatch_in_expressions(*expressions, labels, doubt);
  if (entry == nullptr || item == nullptr) return entry == nullptr ? item : entry;
  return item->span().begin < entry->span().begin ? item : entry;
}

}  // namespace

bool is_controller_label(std::string_view key) {
  static constexpr std::array<std::string_view, 6> kKeys = {
      "statefulset.kubernetes.io/pod-name",
      "apps.kubernetes.io/pod-index",
      "job-name",
      "controller-uid",
      "pod-template-hash",
      "controller-revision-hash",
  };
  return key.starts_with("batch.kubernetes.io/") ||
         std::ranges::find(kKeys, key) != kKeys.end();
}

const Node* first_mismatch(const Node& selector, SelectorForm form, const Node* labels) {
  return first_mismatch(selector, form, labels, Doubt::kHolds);
}

bool surely_matches(const Node& selector, SelectorForm form, const Node* labels) {
  return first_mismatch(selector, form, labels, Doubt::kFails) == nullptr;
}

bool has_controller_label(const Node& selector, SelectorForm form) {
  const bool by_map = form == SelectorForm::kLabelMap;
  const Node* const labels = by_map ? &selector : selector.find("matchLabels");
  for (std::uint32_t i = 0; labels != nullptr && i < labels->size(); ++i) {
    if (labels->is_mapping() && is_controller_label(labels->entry(i).key->as_string())) {
      return true;
    }
  }
  if (by_map) return false;
  return std::ranges::any_of(nodes_at(selector, "matchExpressions.*.key"), [](const Node* key) {
    return is_controller_label(key->as_string());
  });
}

}  // namespace tidewaiter::k8s
