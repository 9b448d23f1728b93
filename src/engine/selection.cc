#include "engine/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/suggest.h"

namespace tidewaiter::engine {
namespace {

using rules::Rule;

/// What cannot be read must never go unseen, whatever was selected.
constexpr std::array<std::string_view, 4> kAlwaysRun = {"TW001", "TW011", "TW012", "TW013"};

Result<std::set<const Rule*>> find_all(const RuleNames& names,
                                       const std::vector<std::string>& wanted) {
  std::set<const Rule*> found;
  for (const std::string& name : wanted) {
    const auto meant = names.find_all(name);
    if (meant.empty()) return Error{.message = names.unknown(name)};
    found.insert(meant.begin(), meant.end());
  }
  return found;
}

bool in_profiles(const Rule& rule, const std::vector<std::string>& profiles) {
  // Whoever gives a rule of their own without naming profiles means it to run.
  if (rule.of_user && rule.profiles.empty()) return true;
  return std::ranges::any_of(profiles, [&](const std::string& profile) {
    return profile == "strict" ||
           std::ranges::find(rule.profiles, profile) != rule.profiles.end();
  });
}

std::optional<Error> check_profiles(const std::vector<std::string>& profiles) {
  for (const std::string& profile : profiles) {
    if (std::ranges::find(rules::kProfiles, profile) != std::end(rules::kProfiles)) continue;
    return Error{.message = fmt::format("There is no profile '{}'.{} The profiles are {}.",
                                        profile, did_you_mean(profile, rules::kProfiles),
                                        fmt::join(rules::kProfiles, ", "))};
  }
  return std::nullopt;
}

SelectedRule configured(const Rule& rule, const RuleSetting* setting) {
  SelectedRule selected{.rule = &rule};
  if (setting != nullptr) {
    selected.severity = setting->severity;
    selected.params = setting->params;
  }
  selected.params.resize(rule.params.size(), nullptr);
  return selected;
}

}  // namespace

Result<std::vector<SelectedRule>> select_rules(std::span<const Rule* const> rules,
                                               const Choice& choice) {
  if (auto error = check_profiles(choice.profiles)) return *error;
  const RuleNames names(rules);
  const auto selected = find_all(names, choice.select);
  if (!selected) return selected.error();
  const auto ignored = find_all(names, choice.ignore);
  if (!ignored) return ignored.error();

  std::vector<SelectedRule> result;
  for (const Rule* rule : rules) {
    if (ignored->contains(rule)) continue;
    const auto it = std::ranges::find(choice.settings, rule, &RuleSetting::rule);
    const RuleSetting* setting = it == choice.settings.end() ? nullptr : &*it;
    std::optional<bool> enabled;
    if (setting != nullptr) enabled = setting->enabled;
    const bool always =
        std::ranges::find(kAlwaysRun, rule->id) != kAlwaysRun.end() && enabled.value_or(true);
    const bool wanted = choice.select.empty()
                            ? enabled.value_or(in_profiles(*rule, choice.profiles))
                            : selected->contains(rule);
    if (wanted || always) result.push_back(configured(*rule, setting));
  }
  std::ranges::sort(result, {}, [](const SelectedRule& s) { return s.rule->id; });
  return result;
}

}  // namespace tidewaiter::engine
