#include "rules/rule_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/suggest.h"

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
}

void RuleNames::remove(const Rule& rule) {
  std::erase_if(by_word_, [&](const auto& entry) { return entry.second == &rule; });
}

const Rule* RuleNames::find(std::string_view word) const {
  if (const auto it = by_word_.find(word); it != by_word_.end()) return it->second;
  if (word.size() > kMaxId) return nullptr;
  std::string id(word);
  std::ranges::transform(id, id.begin(), upper);
  const auto it = by_word_.find(id);
  return it != by_word_.end() && it->second->id == id ? it->second : nullptr;
}

std::string RuleNames::unknown(std::string_view word) const {
  std::vector<std::string_view> words;
  for (const auto& [known, rule] : by_word_) words.push_back(known);
  std::ranges::sort(words);
  return fmt::format("There is no rule '{}'.{}", word, did_you_mean(word, words));
}

}  // namespace tidewaiter::rules
