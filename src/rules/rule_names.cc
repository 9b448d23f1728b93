#include "rules/rule_names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/suggest.h"
#include "rules/peer_id.h"

namespace tidewaiter::rules {
namespace {

/// No id is longer: eight letters and six digits.
constexpr std::size_t kMaxId = 14;

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c & ~0x20) : c;
}

}  // namespace

RuleNames::RuleNames(std::span<const Rule* const> rules) {
  for (const Rule* rule : rules) add(*rule);
}

void RuleNames::add(const Rule& rule) {
  by_word_.try_emplace(rule.id, &rule);
  by_word_.try_emplace(rule.name, &rule);
  for (const std::string_view alias : rule.aliases) by_word_.try_emplace(alias, &rule);
  rules_.push_back(&rule);
}

void RuleNames::remove(const Rule& rule) {
  std::erase_if(by_word_, [&](const auto& entry) { return entry.second == &rule; });
  std::erase(rules_, &rule);
}

const Rule* RuleNames::find(std::string_view word) const {
  if (const auto it = by_word_.find(word); it != by_word_.end()) return it->second;
  if (word.size() > kMaxId) return nullptr;
  std::string id(word);
  std::ranges::transform(id, id.begin(), upper);
  const auto it = by_word_.find(id);
  return it != by_word_.end() && it->second->id == id ? it->second : nullptr;
}

std::vector<const Rule*> RuleNames::find_all(std::string_view word) const {
  if (const Rule* const own = find(word)) return {own};
  std::vector<const Rule*> found;
  for (const Rule* rule : rules_) {
    const bool same = std::ranges::any_of(
        rule->equivalents, [&](std::string_view id) { return means_equivalent(word, id); });
    if (same) found.push_back(rule);
  }
  std::ranges::sort(found, {}, &Rule::id);
  return found;
}

std::string RuleNames::unknown(std::string_view word) const {
  std::vector<std::string_view> words = own_words();
  // A rule's own words come first: of equally near ones the first is meant.
  const auto own = static_cast<std::ptrdiff_t>(words.size());
  for (const Rule* rule : rules_) {
    for (const std::string_view id : rule->equivalents) {
      words.push_back(linter_of(word).empty() ? peer_id_of(id) : id);
    }
  }
  std::ranges::sort(words.begin() + own, words.end());
  return fmt::format("There is no rule '{}'.{}", word, did_you_mean(word, words));
}

std::string RuleNames::unknown_own(std::string_view word) const {
  std::vector<std::string_view> here;
  for (const Rule* rule : find_all(word)) here.push_back(rule->name);
  if (here.empty()) {
    return fmt::format("There is no rule '{}'.{}", word, did_you_mean(word, own_words()));
  }
  return fmt::format("There is no rule '{}'; here it is '{}'.", word,
                     fmt::join(here, "' or '"));
}

std::vector<std::string_view> RuleNames::own_words() const {
  std::vector<std::string_view> words;
  for (const auto& [known, rule] : by_word_) words.push_back(known);
  std::ranges::sort(words);
  return words;
}

}  // namespace tidewaiter::rules
