#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "rules/rule_reader.h"

// The part of RuleReader that looks at ids, names and other words.
namespace tidewaiter::rules {
namespace {

/// `text` as a closed list in a message: "'a', 'b' or 'c'".
template <class Range>
std::string choices(const Range& names) {
  std::string list;
  for (auto it = std::begin(names); it != std::end(names); ++it) {
    if (it != std::begin(names)) list += std::next(it) == std::end(names) ? " or " : ", ";
    list += fmt::format("'{}'", *it);
  }
  return list;
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// One to eight upper-case letters, then one to six digits.
bool is_rule_id(std::string_view id) {
  const auto digits = std::ranges::find_if_not(id, is_upper);
  const auto letters = digits - id.begin();
  const auto rest = id.end() - digits;
  return letters >= 1 && letters <= 8 && rest >= 1 && rest <= 6 &&
         std::all_of(digits, id.end(), is_digit);
}

/// Lower-case letters, digits and '-', beginning with a letter.
bool is_rule_name(std::string_view name) {
  return !name.empty() && is_lower(name.front()) && name.back() != '-' &&
         std::ranges::all_of(name,
                             [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

/// What can stand behind `params.` and `variables.`, or alone.
bool is_identifier(std::string_view name) {
  return !name.empty() && !is_digit(name.front()) && std::ranges::all_of(name, [](char c) {
    return is_lower(c) || is_upper(c) || is_digit(c) || c == '_';
  });
}

}  // namespace

void RuleReader::check_identifier(const yaml::Node& node, std::string_view name) {
  if (is_identifier(name)) return;
  fail(node, fmt::format("'{}' cannot be named in an expression; write letters, digits and "
                         "'_', not beginning with a digit.",
                         name));
}

void RuleReader::check_names(const yaml::Node& root, const Rule& rule) {
  // A value that is missing or no text is said elsewhere.
  const auto text_at = [&](std::string_view key) {
    const yaml::Node* const node = root.find(key);
    return node != nullptr && node->is_scalar() && !node->is_null() ? node : nullptr;
  };
  if (const yaml::Node* const id = text_at("id"); id != nullptr && !is_rule_id(rule.id)) {
    fail(*id, fmt::format("'{}' is no rule id; write upper-case letters and then digits, as in "
                          "'ACME001'.",
                          rule.id));
  }
  if (const yaml::Node* const name = text_at("name");
      name != nullptr && !is_rule_name(rule.name)) {
    fail(*name,
         fmt::format("'{}' is no rule name; write lower-case words joined by '-'.", rule.name));
  }
  static constexpr std::array<std::string_view, 4> kPrecisions = {"very-high", "high", "medium",
                                                                  "low"};
  if (!rule.precision.empty() &&
      std::ranges::find(kPrecisions, rule.precision) == kPrecisions.end()) {
    fail(*root.find("precision"),
         fmt::format("'{}' is no precision; write {}.", rule.precision, choices(kPrecisions)));
  }
  for (const std::string_view profile : rule.profiles) {
    if (std::ranges::find(kProfiles, profile) == std::end(kProfiles)) {
      fail(*root.find("profiles"),
           fmt::format("There is no profile '{}'; write {}.", profile, choices(kProfiles)));
    }
  }
}

}  // namespace tidewaiter::rules
