#ifndef TIDEWAITER_RULES_PARAM_VALUE_H_
#define TIDEWAITER_RULES_PARAM_VALUE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/arena.h"
#include "cel/type.h"
#include "cel/value.h"
#include "rules/rule.h"
#include "yaml/node.h"

namespace tidewaiter::rules {

/// What is wrong with the value of a param.
struct ValueFault {
  std::string message;  ///< A sentence.
  /// Of the item at fault, or the entry's value: the indexes that lead to it, outermost first.
  std::vector<std::uint32_t> path = {};
};

/// Why `value` cannot be the value of `param`: wrong type, out of its bounds, none of its
/// choices, no regular expression or quantity. Nothing when it can.
std::optional<ValueFault> fault_of(const Param& param, const Constant& value);

/// Where the fault lies in `value`, the node that the value was read from: a scalar itself,
/// else its place (yaml::place_of).
ByteSpan place_of(const ValueFault& fault, const yaml::Node& value);

/// The value of a param under the active profiles (DESIGN 4): `user` if not null, else the
/// value of the first of strict, aks, jobs that is active and has one, else the default.
const Constant& effective_value(const Param& param, std::span<const std::string_view> profiles,
                                const Constant* user);

/// The type that a param has in expressions: quantity, duration, regex and enum are strings.
cel::Type cel_type_of(const Param& param);
/// The value that a param has in expressions; lists and maps are made in `arena`.
cel::Value cel_value_of(const Param& param, const Constant& value, cel::Arena& arena);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_PARAM_VALUE_H_
