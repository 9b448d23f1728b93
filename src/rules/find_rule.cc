#include "rules/find_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/suggest.h"

namespace tidewaiter::rules {
namespace {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c;
  };
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

const Rule* find_rule(std::span<const Rule* const> rules, std::string_view word) {
  for (const Rule* rule : rules) {
    if (rule->name == word || equal_ignoring_case(rule->id, word) ||
        std::ranges::find(rule->aliases, word) != rule->aliases.end()) {
      return rule;
    }
  }
  return nullptr;
}

std::string no_such_rule(std::span<const Rule* const> rules, std::string_view word) {
  std::vector<std::string_view> names;
  for (const Rule* rule : rules) names.insert(names.end(), {rule->name, rule->id});
  return fmt::format("There is no rule '{}'.{}", word, did_you_mean(word, names));
}

}  // namespace tidewaiter::rules
