#include "policy/manifest_values.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <string>

#include "base/quantity.h"
#include "cel/number_text.h"
#include "engine/document_values.h"

namespace tidewaiter::policy {
namespace {

constexpr std::string_view kNamespace = "namespace";

const yaml::Node& as_node(const void* node) {
  return *static_cast<const yaml::Node*>(node);
}

bool is_number(const yaml::Node& node) {
  return node.kind() == yaml::Kind::kInt || node.kind() == yaml::Kind::kUint ||
         node.kind() == yaml::Kind::kDouble;
}

/// A number as JSON has it, which is what the API server's decoder reads.
std::string number_text(const yaml::Node& node) {
  switch (node.kind()) {
    case yaml::Kind::kInt: return fmt::format("{}", node.as_int());
    case yaml::Kind::kUint: return fmt::format("{}", node.as_uint());
    default: return cel::format_double(node.as_double());
  }
}

}  // namespace

/// From a mapping of `parent` (kOther: any) the entry `key` leads to `to`; the first row that
/// fits counts. The fields of type resource.Quantity in k8s.io/api, and the ways to them.
struct ManifestValues::Step {
  Context parent;
  std::string_view key;
  Context to;
};

const std::array<ManifestValues::Step, 21> ManifestValues::kSteps = {{
    {Context::kOther, "resources", Context::kResources},
    {Context::kResources, "limits", Context::kAmounts},
    {Context::kResources, "requests", Context::kAmounts},
    {Context::kOther, "capacity", Context::kAmounts},
    {Context::kOther, "allocatable", Context::kAmounts},
    {Context::kOther, "hard", Context::kAmounts},
    {Context::kOther, "overhead", Context::kAmounts},
    {Context::kOther, "storage", Context::kAmounts},
    {Context::kOther, "sizeLimit", Context::kAmounts},
    {Context::kOther, "divisor", Context::kAmounts},
    {Context::kOther, "maximumVolumeSize", Context::kAmounts},
    {Context::kOther, "limits", Context::kLimitItems},
    {Context::kLimitItems, "default", Context::kAmounts},
    {Context::kLimitItems, "defaultRequest", Context::kAmounts},
    {Context::kLimitItems, "max", Context::kAmounts},
    {Context::kLimitItems, "min", Context::kAmounts},
    {Context::kLimitItems, "maxLimitRequestRatio", Context::kAmounts},
    {Context::kOther, "target", Context::kMetricTarget},
    {Context::kMetricTarget, "value", Context::kAmounts},
    {Context::kMetricTarget, "averageValue", Context::kAmounts},
    {Context::kOther, "targetAverageValue", Context::kAmounts},
}};

ManifestValues::ManifestValues(const ManifestOptions& options, cel::Arena& arena)
    : options_(options), arena_(arena) {
  for (std::size_t i = 0; i < views_.size(); ++i) {
    views_[i].owner_ = this;
    views_[i].context_ = static_cast<Context>(i);
  }
}

cel::Value ManifestValues::value_of(const yaml::Node& root) const {
  return value_in(root, Context::kRoot);
}

ManifestValues::Context ManifestValues::context_of(Context parent, std::string_view key) const {
  if (parent == Context::kRoot && key == "metadata") return Context::kMetadata;
  if (!options_.amounts_as_text || parent == Context::kMetadata) return Context::kOther;
  if (parent == Context::kAmounts) return Context::kAmounts;
  const auto leads = [&](const Step& step) {
    return step.key == key && (step.parent == parent || step.parent == Context::kOther);
  };
  const auto* found = std::find_if(kSteps.begin(), kSteps.end(), leads);
  return found == kSteps.end() ? Context::kOther : found->to;
}

cel::Value ManifestValues::value_in(const yaml::Node& node, Context context) const {
  if (context == Context::kAmounts && is_number(node)) return amount(node);
  const cel::Adapter& view = views_[static_cast<std::size_t>(context)];
  return engine::value_of(node, view).with_origin(place(node));
}

cel::Value ManifestValues::amount(const yaml::Node& node) const {
  const std::string text = number_text(node);
  const auto quantity = parse_quantity(text);
  const std::optional<std::string> canonical =
      quantity ? quantity->canonical() : std::optional<std::string>();
  return cel::Value::string(arena_.copy(canonical.value_or(text))).with_origin(place(node));
}

bool ManifestValues::lacks_namespace(const yaml::Node& map, Context context) const {
  if (context != Context::kMetadata || options_.default_namespace.empty()) return false;
  const yaml::Node* stated = map.find(kNamespace);
  return stated == nullptr || !stated->is_string() || stated->as_string().empty();
}

std::uint32_t ManifestValues::View::size(const void* node) const {
  const yaml::Node& collection = as_node(node);
  if (!collection.is_mapping()) return collection.size();
  std::uint32_t visible = 0;
  for (std::uint32_t i = 0; i < collection.size(); ++i) {
    if (!owner_->is_hidden(*collection.entry(i).value)) ++visible;
  }
  if (!owner_->lacks_namespace(collection, context_)) return visible;
  const yaml::Node* replaced = collection.find(kNamespace);
  return replaced == nullptr || owner_->is_hidden(*replaced) ? visible + 1 : visible;
}

cel::Value ManifestValues::View::at(const void* list, std::uint32_t index) const {
  return owner_->value_in(as_node(list).item(index), context_);
}

cel::Value ManifestValues::View::get(const void* map, std::string_view key) const {
  const yaml::Node& node = as_node(map);
  if (key == kNamespace && owner_->lacks_namespace(node, context_)) {
    return cel::Value::string(owner_->options_.default_namespace)
        .with_origin(owner_->place(node));
  }
  const yaml::Node* value = node.find(key);
  if (value == nullptr || owner_->is_hidden(*value)) {
    const ApiDefaults* defaults = owner_->options_.defaults;
    return defaults == nullptr ? cel::Value::absent()
                               : defaults->find(node, key).with_origin(owner_->place(node));
  }
  return owner_->value_in(*value, owner_->context_of(context_, key));
}

bool ManifestValues::View::next(const void* map, std::uint32_t& cursor, cel::Value& key,
                                cel::Value& value) const {
  const yaml::Node& node = as_node(map);
  const bool lacks = owner_->lacks_namespace(node, context_);
  while (cursor < node.size()) {
    const yaml::Entry entry = node.entry(cursor++);
    const std::string_view name = entry.key->as_string();
    if (owner_->is_hidden(*entry.value) || (lacks && name == kNamespace)) continue;
    key = cel::Value::string(name).with_origin(owner_->place(*entry.key));
    value = owner_->value_in(*entry.value, owner_->context_of(context_, name));
    return true;
  }
  if (!lacks || cursor > node.size()) return false;
  ++cursor;
  key = cel::Value::string(kNamespace).with_origin(owner_->place(node));
  value = get(map, kNamespace);
  return true;
}

cel::Origin ManifestValues::View::hidden(const void* map, std::string_view key) const {
  const yaml::Node* value = as_node(map).find(key);
  return value != nullptr && value->is_null() ? owner_->place(*value) : nullptr;
}

}  // namespace tidewaiter::policy
