#include "cli/rule_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace tidewaiter::cli {
namespace {

constexpr std::string_view kWantMark = "# want: ";

}  // namespace

std::string applies_to(const rules::Rule& rule) {
  if (rule.builtin) return "every file";
  if (rule.match.all) return "every kind";
  if (rule.match.pods) return "every kind that carries a pod template";
  if (rule.match.workloads) return "workloads";
  return fmt::format("{}", fmt::join(rule.match.kinds, ", "));
}

std::string status_of(const rules::Rule& rule) {
  const std::string_view status = rules::name_of(rule.status);
  return rule.since.empty() ? std::string(status)
                            : fmt::format("{}, since {}", status, rule.since);
}

std::string with_marks(std::string_view manifest, std::string_view mark) {
  std::string result;
  while (!manifest.empty()) {
    const std::size_t end = std::min(manifest.find('\n'), manifest.size());
    const std::string_view line = manifest.substr(0, end);
    manifest.remove_prefix(std::min(end + 1, manifest.size()));
    const std::size_t want = line.find(kWantMark);
    result += line.substr(0, want);
    if (want != line.npos) result += mark;
    result += '\n';
  }
  return result;
}

std::string bounds_of(const rules::Param& param) {
  std::string text;
  if (param.min) text += fmt::format(", at least {}", *param.min);
  if (param.max) text += fmt::format(", at most {}", *param.max);
  return text;
}

std::string ignore_comment(const rules::Rule& rule) {
  return fmt::format("# tidewaiter: ignore {} -- {}\n", rule.name, kReason);
}

std::string ignore_file_comment(const rules::Rule& rule) {
  return fmt::format("# tidewaiter: ignore-file {} -- {}\n", rule.name, kReason);
}

std::string config_that_turns_off(const rules::Rule& rule) {
  return fmt::format("rules:\n  {}: off\n", rule.name);
}

}  // namespace tidewaiter::cli
