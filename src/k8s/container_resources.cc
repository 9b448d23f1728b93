#include "k8s/container_resources.h"

#include <fmt/core.h>

#include <algorithm>

namespace tidewaiter::k8s {
namespace {

const yaml::Node* find_mapping(const yaml::Node* node, std::string_view key) {
  const yaml::Node* const found = node == nullptr ? nullptr : node->find(key);
  return found != nullptr && found->is_mapping() ? found : nullptr;
}

std::optional<Quantity> amount_of(const yaml::Node& node) {
  auto quantity = parse_quantity(quantity_text(node));
  if (!quantity || quantity->sign() < 0) return std::nullopt;
  return *std::move(quantity);
}

bool has_value(const yaml::Node* list, std::string_view resource) {
  const yaml::Node* const value = list == nullptr ? nullptr : list->find(resource);
  return value != nullptr && !value->is_null();
}

/// Adds the entries of `list` for resources that `except` has none of.
void add_entries(const yaml::Node* list, const yaml::Node* except, AmountSource source,
                 std::vector<Amount>& amounts) {
  if (list == nullptr) return;
  for (std::uint32_t i = 0; i < list->size(); ++i) {
    const yaml::Entry entry = list->entry(i);
    const std::string_view resource = entry.key->as_string();
    if (entry.value->is_null() || has_value(except, resource)) continue;
    amounts.push_back({.resource = resource,
                       .quantity = amount_of(*entry.value),
                       .node = entry.value,
                       .source = source});
  }
}

std::string_view without_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

/// Where the container would write a value of `field`.
const yaml::Node& nearest(const yaml::Node& container, std::string_view field) {
  const yaml::Node* const resources = container.find("resources");
  if (resources == nullptr) return container;
  const yaml::Node* const list = resources->find(field);
  return list == nullptr ? *resources : *list;
}

}  // namespace

std::string quantity_text(const yaml::Node& node) {
  switch (node.kind()) {
    case yaml::Kind::kString: return std::string(without_blanks(node.as_string()));
    case yaml::Kind::kBool: return node.as_bool() ? "true" : "false";
    case yaml::Kind::kInt: return fmt::format("{}", node.as_int());
    case yaml::Kind::kUint: return fmt::format("{}", node.as_uint());
    case yaml::Kind::kDouble: return fmt::format("{}", node.as_double());
    default: return {};
  }
}

std::vector<Amount> requests_of(const yaml::Node& container, const LimitDefaults* defaults) {
  const yaml::Node* const resources = find_mapping(&container, "resources");
  const yaml::Node* const requests = find_mapping(resources, "requests");
  const yaml::Node* const limits = find_mapping(resources, "limits");
  std::vector<Amount> amounts;
  add_entries(requests, nullptr, AmountSource::kWritten, amounts);
  add_entries(limits, requests, AmountSource::kImplied, amounts);
  if (defaults == nullptr) return amounts;
  for (const std::string_view resource : LimitDefaults::kResources) {
    const yaml::Node* const value = defaults->request(resource);
    if (value == nullptr || has_value(requests, resource) || has_value(limits, resource)) {
      continue;
    }
    amounts.push_back({.resource = resource,
                       .quantity = amount_of(*value),
                       .node = &nearest(container, "requests"),
                       .source = AmountSource::kLimitRange});
  }
  return amounts;
}

std::vector<Amount> limits_of(const yaml::Node& container, const LimitDefaults* defaults) {
  const yaml::Node* const limits =
      find_mapping(find_mapping(&container, "resources"), "limits");
  std::vector<Amount> amounts;
  add_entries(limits, nullptr, AmountSource::kWritten, amounts);
  if (defaults == nullptr) return amounts;
  for (const std::string_view resource : LimitDefaults::kResources) {
    const yaml::Node* const value = defaults->limit(resource);
    if (value == nullptr || has_value(limits, resource)) continue;
    amounts.push_back({.resource = resource,
                       .quantity = amount_of(*value),
                       .node = &nearest(container, "limits"),
                       .source = AmountSource::kLimitRange});
  }
  return amounts;
}

const Amount* find_amount(const std::vector<Amount>& amounts, std::string_view resource) {
  const auto it = std::ranges::find(amounts, resource, &Amount::resource);
  return it == amounts.end() ? nullptr : &*it;
}

}  // namespace tidewaiter::k8s
