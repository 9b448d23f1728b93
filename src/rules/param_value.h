#ifndef TIDEWAITER_RULES_PARAM_VALUE_H_
#define TIDEWAITER_RULES_PARAM_VALUE_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cel/arena.h"
#include "cel/type.h"
#include "cel/value.h"
#include "rules/rule.h"

namespace tidewaiter::rules {

/// Why `value` cannot be the value of `param`, as a sentence: wrong type, out of its bounds,
/// none of its choices. Nothing when it can.
std::optional<std::string> fault_of(const Param& param, const Constant& value);

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
