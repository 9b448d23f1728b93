#include "fix/value.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tidewaiter::fix {
namespace {

using yaml::Kind;

/// The text of a scalar that is no string, as Value holds it.
std::string text_of(const yaml::Node& scalar) {
  switch (scalar.kind()) {
    case Kind::kBool: return scalar.as_bool() ? "true" : "false";
    case Kind::kInt: return fmt::format("{}", scalar.as_int());
    case Kind::kUint: return fmt::format("{}", scalar.as_uint());
    case Kind::kDouble: return fmt::format("{}", scalar.as_double());
    default: return "null";
  }
}

}  // namespace

Value Value::boolean(bool value) {
  return {.kind = Kind::kBool, .text = value ? "true" : "false"};
}

Value Value::integer(std::int64_t value) {
  return {.kind = Kind::kInt, .text = fmt::format("{}", value)};
}

std::optional<Value> Value::number(double value) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  if (!std::isfinite(value)) return std::nullopt;
  if (std::trunc(value) == value && std::abs(value) <= kExact) {
    return integer(static_cast<std::int64_t>(value));
  }
  return Value{.kind = Kind::kDouble, .text = fmt::format("{}", value)};
}

Value Value::string(std::string text) {
  return {.kind = Kind::kString, .text = std::move(text)};
}

Value Value::sequence(std::vector<Value> items) {
  return {.kind = Kind::kSequence, .items = std::move(items)};
}

Value* Value::find(std::string_view key) {
  const auto it = std::ranges::find(keys, key);
  return it == keys.end() ? nullptr : &items[static_cast<std::size_t>(it - keys.begin())];
}

void Value::add(std::string key, Value value) {
  keys.push_back(std::move(key));
  items.push_back(std::move(value));
}

bool merge(Value& into, const Value& from) {
  for (std::size_t i = 0; i < from.keys.size(); ++i) {
    Value* const present = into.find(from.keys[i]);
    if (present == nullptr) {
      into.add(from.keys[i], from.items[i]);
    } else if (present->is_mapping() && from.items[i].is_mapping()) {
      if (!merge(*present, from.items[i])) return false;
    } else if (*present != from.items[i]) {
      return false;
    }
  }
  return true;
}

bool reads_as(const yaml::Node& node, const Value& value) {
  if (node.kind() != value.kind) return false;
  if (value.is_scalar()) {
    return value.kind == Kind::kString ? node.as_string() == value.text
                                       : text_of(node) == value.text;
  }
  if (node.size() != value.items.size()) return false;
  for (std::uint32_t i = 0; i < node.size(); ++i) {
    if (value.is_mapping() && node.entry(i).key->as_string() != value.keys[i]) return false;
    const yaml::Node& item = value.is_mapping() ? *node.entry(i).value : node.item(i);
    if (!reads_as(item, value.items[i])) return false;
  }
  return true;
}

}  // namespace tidewaiter::fix
