#include "policy/label_selector.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "k8s/names.h"
#include "policy/fields.h"

namespace tidewaiter::policy {

namespace {

using yaml::Node;

struct Operator {
  std::string_view name;
  bool takes_values;
  bool wants;
};

constexpr Operator kOperators[] = {
    {"In", true, true},
    {"NotIn", true, false},
    {"Exists", false, true},
    {"DoesNotExist", false, false},
};

/// What a label's value, or a value in a selector, says; a null is "", as in the API.
std::optional<std::string_view> text_of(const Node& node) {
  if (node.is_string()) return node.as_string();
  if (node.is_null()) return std::string_view();
  return std::nullopt;
}

std::string fault_of_key(std::string_view key) {
  if (k8s::is_label_key(key)) return {};
  return fmt::format("The key '{}' of a label selector is no key of a label.", key);
}

std::string fault_of_value(std::string_view key, const Node& value) {
  const auto text = text_of(value);
  if (!text) {
    return fmt::format(
        "A value for '{}' in a label selector is no string: put quotes around it.", key);
  }
  if (k8s::is_label_value(*text)) return {};
  return fmt::format("The value '{}' for '{}' in a label selector is no value of a label.",
                     *text, key);
}

}  // namespace

std::optional<std::string_view> LabelSet::find(std::string_view key) const {
  if (!implicit_key.empty() && key == implicit_key) return implicit_value;
  const Node* const value = labels == nullptr ? nullptr : labels->find(key);
  return value == nullptr ? std::nullopt : text_of(*value);
}

LabelSet labels_of(const Node* object) {
  return {.labels = mapping_at(mapping_at(object, "metadata"), "labels")};
}

LabelSelector::LabelSelector(const Node& selector) {
  const Node* const labels = mapping_at(&selector, "matchLabels");
  for (std::uint32_t i = 0; labels != nullptr && i < labels->size(); ++i) {
    add_label(labels->entry(i));
  }
  const Node* const expressions = sequence_at(&selector, "matchExpressions");
  for (std::uint32_t i = 0; expressions != nullptr && i < expressions->size(); ++i) {
    add_expression(expressions->item(i));
  }
}

void LabelSelector::add_label(const yaml::Entry& entry) {
  const std::string_view key = entry.key->as_string();
  if (fault_.empty()) fault_ = fault_of_key(key);
  if (fault_.empty()) fault_ = fault_of_value(key, *entry.value);
  if (!fault_.empty()) return;
  requirements_.push_back({.key = key, .values = {*text_of(*entry.value)}});
}

void LabelSelector::add_expression(const Node& expression) {
  if (!fault_.empty()) return;
  const std::string_view name = text_at(&expression, "operator");
  const auto* const op = std::ranges::find(kOperators, name, &Operator::name);
  if (op == std::end(kOperators)) {
    fault_ = fmt::format(
        "The operator '{}' of a label selector is none of In, NotIn, Exists and DoesNotExist.",
        name);
    return;
  }
  const std::string_view key = text_at(&expression, "key");
  const Node* const values = sequence_at(&expression, "values");
  const bool has_values = values != nullptr && values->size() > 0;
  fault_ = fault_of_key(key);
  if (fault_.empty() && op->takes_values != has_values) {
    fault_ = fmt::format("The operator {} on '{}' in a label selector {}.", name, key,
                         op->takes_values ? "needs values" : "takes no values");
  }
  if (fault_.empty()) add({.key = key, .wants = op->wants}, values);
}

void LabelSelector::add(Requirement requirement, const Node* values) {
  for (std::uint32_t i = 0; values != nullptr && i < values->size(); ++i) {
    fault_ = fault_of_value(requirement.key, values->item(i));
    if (!fault_.empty()) return;
    requirement.values.push_back(*text_of(values->item(i)));
  }
  std::ranges::sort(requirement.values);
  requirements_.push_back(std::move(requirement));
}

bool LabelSelector::Requirement::holds(const LabelSet& labels) const {
  const auto label = labels.find(key);
  const bool is_there = label && (values.empty() || std::ranges::binary_search(values, *label));
  return is_there == wants;
}

bool LabelSelector::asks_beyond(std::string_view key) const {
  return std::ranges::any_of(
      requirements_, [&](const Requirement& requirement) { return requirement.key != key; });
}

bool LabelSelector::selects(const LabelSet& labels) const {
  return fault_.empty() &&
         std::ranges::all_of(requirements_, [&](const Requirement& requirement) {
           return requirement.holds(labels);
         });
}

}  // namespace tidewaiter::policy
