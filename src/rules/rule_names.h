#ifndef TIDEWAITER_RULES_RULE_NAMES_H_
#define TIDEWAITER_RULES_RULE_NAMES_H_

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/rule.h"

namespace tidewaiter::rules {

/// Finds rules by name, id or alias, and by the ids that other linters give the same check.
/// Borrows the rules, which stay where they are.
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
  /// What the user chooses with `word`: the rule that find gives, else every rule that has it
  /// among its equivalents (means_equivalent), by id. Empty when there is none.
  std::vector<const Rule*> find_all(std::string_view word) const;
  /// "There is no rule 'x'." and, if one is near, what was perhaps meant: one of the words that
  /// find_all takes.
  std::string unknown(std::string_view word) const;
  /// The same where only find is asked, as in suppressions; says what another linter's id is
  /// here.
  std::string unknown_own(std::string_view word) const;

 private:
  std::vector<std::string_view> own_words() const;

  std::unordered_map<std::string_view, const Rule*> by_word_;
  std::vector<const Rule*> rules_;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_RULE_NAMES_H_
