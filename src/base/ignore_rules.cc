#include "base/ignore_rules.h"

#include <algorithm>

namespace tidewaiter {
namespace {

std::string_view without_trailing_blanks(std::string_view line) {
  std::size_t end = 0;  // after the last byte that stays
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      end = std::min(++i + 1, line.size());
    } else if (line[i] != ' ') {
      end = i + 1;
    }
  }
  return line.substr(0, end);
}

}  // namespace

IgnoreRules::IgnoreRules(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    line = line.substr(0, line.find('\0'));  // where a C string ends
    if (!line.starts_with('#')) add_line(without_trailing_blanks(line));
  }
}

void IgnoreRules::add_line(std::string_view line) {
  const bool negative = line.starts_with('!');
  if (negative) line.remove_prefix(1);
  const bool folders_only = line.ends_with('/');
  if (folders_only) line.remove_suffix(1);
  if (line.empty()) return;
  const bool base_name_only = line.find('/') == std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  negative_.push_back(negative);
  const auto order = static_cast<std::uint32_t>(negative_.size());

  const std::size_t literal = literal_prefix(line);
  if (literal == line.size()) {
    Literal& last = (base_name_only ? names_ : paths_)[std::string(line)];
    (folders_only ? last.folder : last.any) = order;
    return;
  }
  // git compares the literal part of a path pattern apart; of a name pattern it does not.
  wildcards_.push_back({.order = order,
                        .folders_only = folders_only,
                        .base_name_only = base_name_only,
                        .glob = Glob(line, base_name_only ? 0 : literal)});
}

std::uint32_t IgnoreRules::last_literal(const Literals& literals, std::string_view text,
                                        bool is_folder) {
  const auto found = literals.find(text);
  if (found == literals.end()) return 0;
  return is_folder ? std::max(found->second.any, found->second.folder) : found->second.any;
}

IgnoreRules::Verdict IgnoreRules::judge(std::string_view path, bool is_folder) const {
  const std::string_view name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  std::uint32_t last =
      std::max(last_literal(names_, name, is_folder), last_literal(paths_, path, is_folder));
  for (auto rule = wildcards_.rbegin(); rule != wildcards_.rend(); ++rule) {
    if (rule->order < last) break;
    if (rule->folders_only && !is_folder) continue;
    if (!rule->glob.matches(rule->base_name_only ? name : path)) continue;
    last = rule->order;
    break;
  }
  if (last == 0) return Verdict::kNone;
  return negative_[last - 1] ? Verdict::kIncluded : Verdict::kIgnored;
}

}  // namespace tidewaiter
