#include "policy/label_selector.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "k8s/names.h"
#include "policy/fields.h"

namespace tidewaiter::policy {

namespace {

using yaml::Entry;
using yaml::Node;

/// What a label's value, or a value in a selector, says; a null is "", as in the API.
std::optional<std::string_view> text_of(const Node& node) {
  if (node.is_string()) return node.as_string();
  if (node.is_null()) return std::string_view();
  return std::nullopt;
}

std::string key_fault(std::string_view key) {
  return fmt::format("The key '{}' of a label selector is no key of a label.", key);
}

std::optional<std::string> value_fault(std::string_view key, const Node& value) {
  const auto text = text_of(value);
  if (!text) {
    return fmt::format(
        "A value for '{}' in a label selector is no string: put quotes around it.", key);
  }
  if (k8s::is_label_value(*text)) return std::nullopt;
  return fmt::format("The value '{}' for '{}' in a label selector is no value of a label.",
                     *text, key);
}

/// The operators of a match expression.
struct Operator {
  std::string_view name;
  bool takes_values;
  bool (*holds)(const std::optional<std::string_view>& label, const Node* values);
};

bool is_among(const std::optional<std::string_view>& label, const Node* values) {
  if (!label || values == nullptr) return false;
  for (std::uint32_t i = 0; i < values->size(); ++i) {
    if (text_of(values->item(i)) == label) return true;
  }
  return false;
}

constexpr std::array<Operator, 4> kOperators = {{
    {"In", true, &is_among},
    {"NotIn", true,
     [](const std::optional<std::string_view>& label, const Node* values) {
       return !is_among(label, values);
     }},
    {"Exists", false,
     [](const std::optional<std::string_view>& label, const Node*) {
       return label.has_value();
     }},
    {"DoesNotExist", false,
     [](const std::optional<std::string_view>& label, const Node*) {
       return !label.has_value();
     }},
}};

const Operator* operator_of(const Node& expression) {
  const auto* const found =
      std::ranges::find(kOperators, text_at(&expression, "operator"), &Operator::name);
  return found == kOperators.end() ? nullptr : found;
}

std::optional<std::string> expression_fault(const Node& expression) {
  const std::string_view key = text_at(&expression, "key");
  const Operator* const op = operator_of(expression);
  if (op == nullptr) {
    return fmt::format(
        "The operator '{}' of a label selector is none of In, NotIn, Exists and DoesNotExist.",
        text_at(&expression, "operator"));
  }
  if (!k8s::is_label_key(key)) return key_fault(key);
  const Node* const values = sequence_at(&expression, "values");
  const std::uint32_t count = values == nullptr ? 0 : values->size();
  if (op->takes_values != (count > 0)) {
    return fmt::format("The operator {} on '{}' in a label selector {}.", op->name, key,
                       op->takes_values ? "needs values" : "takes no values");
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    if (auto fault = value_fault(key, values->item(i))) return fault;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> LabelSet::find(std::string_view key) const {
  if (!implicit_key.empty() && key == implicit_key) return implicit_value;
  const Node* const value = labels == nullptr ? nullptr : labels->find(key);
  return value == nullptr ? std::nullopt : text_of(*value);
}

bool is_empty_selector(const Node* selector) {
  const Node* const entries = mapping_at(selector, "matchLabels");
  const Node* const expressions = sequence_at(selector, "matchExpressions");
  return (entries == nullptr || entries->size() == 0) &&
         (expressions == nullptr || expressions->size() == 0);
}

std::optional<std::string> selector_fault(const Node* selector) {
  const Node* const entries = mapping_at(selector, "matchLabels");
  for (std::uint32_t i = 0; entries != nullptr && i < entries->size(); ++i) {
    const Entry entry = entries->entry(i);
    const std::string_view key = entry.key->as_string();
    if (!k8s::is_label_key(key)) return key_fault(key);
    if (auto fault = value_fault(key, *entry.value)) return fault;
  }
  const Node* const expressions = sequence_at(selector, "matchExpressions");
  for (std::uint32_t i = 0; expressions != nullptr && i < expressions->size(); ++i) {
    if (auto fault = expression_fault(expressions->item(i))) return fault;
  }
  return std::nullopt;
}

bool selects(const Node* selector, const LabelSet& labels) {
  const Node* const entries = mapping_at(selector, "matchLabels");
  for (std::uint32_t i = 0; entries != nullptr && i < entries->size(); ++i) {
    const Entry entry = entries->entry(i);
    const auto label = labels.find(entry.key->as_string());
    if (!label || label != text_of(*entry.value)) return false;
  }
  const Node* const expressions = sequence_at(selector, "matchExpressions");
  for (std::uint32_t i = 0; expressions != nullptr && i < expressions->size(); ++i) {
    const Node& expression = expressions->item(i);
    const Operator* const op = operator_of(expression);
    const auto label = labels.find(text_at(&expression, "key"));
    if (op == nullptr || !op->holds(label, sequence_at(&expression, "values"))) return false;
  }
  return true;
}

}  // namespace tidewaiter::policy
