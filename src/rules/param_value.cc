#include "rules/param_value.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/quantity.h"
#include "base/suggest.h"
#include "cel/regex_cache.h"
#include "cel/value_build.h"
#include "yaml/place.h"

namespace tidewaiter::rules {
namespace {

using Kind = Constant::Kind;

/// A type inside a param: its own at level 0, that of its items at 1, one deeper at 2.
Param::Type type_at(const Param& param, int level) {
  return level == 0 ? param.type : level == 1 ? param.item : param.inner;
}

/// What a value of a type looks like, for messages.
std::string_view described(Param::Type type) {
  switch (type) {
    case Param::Type::kBool: return "true or false";
    case Param::Type::kInt: return "a whole number";
    case Param::Type::kNumber: return "a number";
    case Param::Type::kString: return "a string";
    case Param::Type::kQuantity: return "a quantity such as 100m or 1Gi";
    case Param::Type::kDuration: return "a duration such as 90s";
    case Param::Type::kRegex: return "a regular expression";
    case Param::Type::kEnum: return "one of its choices";
    case Param::Type::kList: return "a list";
    case Param::Type::kMap: return "a mapping";
  }
  return {};
}

/// Why a text without quotes is none; empty where a text is not what is asked for.
std::string_view misread_hint(Param::Type type, const Constant& value) {
  if (type == Param::Type::kList || type == Param::Type::kMap || type == Param::Type::kBool ||
      type == Param::Type::kInt || type == Param::Type::kNumber) {
    return {};
  }
  switch (value.kind) {
    case Kind::kBool:
      return value.boolean ? " YAML reads what stands here as true; put it in quotes."
                           : " YAML reads what stands here as false; put it in quotes.";
    case Kind::kInt:
    case Kind::kDouble: return " YAML reads what stands here as a number; put it in quotes.";
    default: return {};
  }
}

bool fits(Param::Type type, Kind kind) {
  switch (type) {
    case Param::Type::kBool: return kind == Kind::kBool;
    case Param::Type::kInt: return kind == Kind::kInt;
    case Param::Type::kNumber: return kind == Kind::kInt || kind == Kind::kDouble;
    case Param::Type::kQuantity:  // `cpu: 4` means the quantity 4
      return kind == Kind::kString || kind == Kind::kInt || kind == Kind::kDouble;
    case Param::Type::kString:
    case Param::Type::kDuration:
    case Param::Type::kRegex:
    case Param::Type::kEnum: return kind == Kind::kString;
    case Param::Type::kList: return kind == Kind::kList;
    case Param::Type::kMap: return kind == Kind::kMap;
  }
  return false;
}

/// A string that is not written as its type asks.
std::optional<std::string> fault_of_text(const Param& param, Param::Type type,
                                         const Constant& value) {
  if (value.kind != Kind::kString) return std::nullopt;
  if (type == Param::Type::kRegex) {
    const cel::Regex regex = cel::compile_regex(value.text);
    if (regex.compiled == nullptr) {
      return fmt::format("Param '{}': {}", param.name, regex.error);
    }
  }
  if (type == Param::Type::kQuantity && !parse_quantity(value.text)) {
    return fmt::format("'{}' in param '{}' is no quantity; write for example 100m or 1Gi.",
                       value.text, param.name);
  }
  return std::nullopt;
}

/// What is wrong with one value at `level`, whatever it holds.
std::optional<std::string> fault_at(const Param& param, const Constant& value, int level) {
  const Param::Type type = type_at(param, level);
  if (!fits(type, value.kind)) {
    return fmt::format("{} of param '{}' must be {}.{}", level == 0 ? "The value" : "An item",
                       param.name, described(type), misread_hint(type, value));
  }
  if (auto fault = fault_of_text(param, type, value)) return fault;
  if (type == Param::Type::kEnum &&
      std::ranges::find(param.choices, value.text) == param.choices.end()) {
    return fmt::format("'{}' is no choice of param '{}'.{}", value.text, param.name,
                       did_you_mean(value.text, param.choices));
  }
  if (value.kind == Kind::kInt || value.kind == Kind::kDouble) {
    const double number =
        value.kind == Kind::kInt ? static_cast<double>(value.integer) : value.floating;
    if (param.min && number < *param.min) {
      return fmt::format("Param '{}' must be at least {}.", param.name, *param.min);
    }
    if (param.max && number > *param.max) {
      return fmt::format("Param '{}' must be at most {}.", param.name, *param.max);
    }
  }
  return std::nullopt;
}

std::optional<ValueFault> fault_within(const Param& param, const Constant& value, int level) {
  if (auto message = fault_at(param, value, level)) {
    return ValueFault{.message = std::move(*message)};
  }
  if (level == 2) return std::nullopt;  // a param nests no deeper
  for (std::uint32_t i = 0; i < value.items.size(); ++i) {
    if (auto fault = fault_within(param, value.items[i], level + 1)) {
      fault->path.insert(fault->path.begin(), i);
      return fault;
    }
  }
  return std::nullopt;
}

cel::Type cel_type_at(const Param& param, int level) {
  switch (type_at(param, level)) {
    case Param::Type::kBool: return cel::Type(cel::TypeKind::kBool);
    case Param::Type::kInt: return cel::Type(cel::TypeKind::kInt);
    case Param::Type::kNumber: return cel::Type(cel::TypeKind::kDouble);
    case Param::Type::kList: return cel::Type::list(cel_type_at(param, level + 1));
    case Param::Type::kMap:
      return cel::Type::map(cel::Type(cel::TypeKind::kString), cel_type_at(param, level + 1));
    default: return cel::Type(cel::TypeKind::kString);
  }
}

cel::Value value_at(const Param& param, const Constant& value, int level, cel::Arena& arena) {
  switch (value.kind) {
    case Kind::kNull: return cel::Value::null();
    case Kind::kBool: return cel::Value::boolean(value.boolean);
    case Kind::kInt:
      if (type_at(param, level) == Param::Type::kNumber) {
        return cel::Value::floating(static_cast<double>(value.integer));
      }
      if (type_at(param, level) == Param::Type::kQuantity) {
        return cel::make_string(arena, fmt::format("{}", value.integer));
      }
      return cel::Value::integer(value.integer);
    case Kind::kDouble:
      if (type_at(param, level) == Param::Type::kQuantity) {
        return cel::make_string(arena, fmt::format("{}", value.floating));
      }
      return cel::Value::floating(value.floating);
    case Kind::kString: return cel::Value::string(value.text);
    case Kind::kList: {
      std::vector<cel::Value> items;
      for (const Constant& item : value.items) {
        items.push_back(value_at(param, item, level + 1, arena));
      }
      return cel::make_list(arena, items);
    }
    case Kind::kMap: {
      std::vector<cel::MapEntry> entries;
      for (std::size_t i = 0; i < value.keys.size(); ++i) {
        entries.push_back({.key = cel::Value::string(value.keys[i]),
                           .value = value_at(param, value.items[i], level + 1, arena)});
      }
      return cel::make_map(arena, entries);
    }
  }
  return cel::Value::null();
}

}  // namespace

std::optional<ValueFault> fault_of(const Param& param, const Constant& value) {
  return fault_within(param, value, 0);
}

ByteSpan place_of(const ValueFault& fault, const yaml::Node& value) {
  const yaml::Node* node = &value;
  for (const std::uint32_t index : fault.path) {
    node = node->is_sequence() ? &node->item(index) : node->entry(index).value;
  }
  return node->is_scalar() ? node->span() : yaml::place_of(*node);
}

const Constant& effective_value(const Param& param, std::span<const std::string_view> profiles,
                                const Constant* user) {
  if (user != nullptr) return *user;
  const auto is_active = [&](std::string_view profile) {
    if (profiles.size() == 1 && profiles.front() == "strict") return true;  // counts as all
    return std::ranges::find(profiles, profile) != profiles.end();
  };
  for (const std::string_view profile : kParamProfiles) {
    if (!is_active(profile)) continue;
    const auto it = std::ranges::find(param.profiles, profile, &Param::ProfileValue::profile);
    if (it != param.profiles.end()) return it->value;
  }
  return param.value;
}

cel::Type cel_type_of(const Param& param) {
  return cel_type_at(param, 0);
}

cel::Value cel_value_of(const Param& param, const Constant& value, cel::Arena& arena) {
  return value_at(param, value, 0, arena);
}

}  // namespace tidewaiter::rules
