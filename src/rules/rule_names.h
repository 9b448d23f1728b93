#ifndef TIDEWAITER_RULES_RULE_NAMES_H_
#define TIDEWAITER_RULES_RULE_NAMES_H_

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "rules/rule.h"

namespace tidewaiter::rules {

/// Finds rules by name, id or alias. Borrows the rules, which stay where they are.
class RuleNames {
 public:
  RuleNames() = default;
  explicit RuleNames(std::span<const Rule* const> rules);

  /// Adds the words of a rule; a word that another rule has stays with that one.
  void add(const Rule& rule);
  /// Takes the words away that are this rule's.
  void remove(const Rule& rule);
  /// The rule with this name, id (upper or lower case) or alias; null when there is none.
  const Rule* find(std::string_view word) const;
  /// "There is no rule 'x'." and, if one is near, what was perhaps meant.
  std::string unknown(std::string_view word) const;

 private:
  std::unordered_map<std::string_view, const Rule*> by_word_;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_RULE_NAMES_H_
