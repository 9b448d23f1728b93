#ifndef TIDEWAITER_RULES_FIND_RULE_H_
#define TIDEWAITER_RULES_FIND_RULE_H_

#include <span>
#include <string>
#include <string_view>

#include "rules/rule.h"

namespace tidewaiter::rules {

/// The rule with this name, id (upper or lower case) or alias; null when there is none.
const Rule* find_rule(std::span<const Rule* const> rules, std::string_view word);

/// "There is no rule 'x'. Did you mean 'y'?", names and ids compared.
std::string no_such_rule(std::span<const Rule* const> rules, std::string_view word);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_FIND_RULE_H_
