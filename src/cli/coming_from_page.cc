#include "cli/coming_from_page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/markdown.h"
#include "cli/peer_linters.h"
#include "rules/peer_id.h"

namespace tidewaiter::cli {
namespace {

using rules::Rule;

constexpr std::string_view kIntroduction =
    R"(# Coming from another linter

The ids of the linters below mean our rules wherever rules are chosen: `tidewaiter explain CKV_K8S_10`, `--select unset-cpu-requirements`, `--ignore KSV-0015`, and under `rules` in `.tidewaiter.yaml`. Upper and lower case are one; `checkov/CKV_K8S_10` says whose id it is. An id that stands for several rules means all of them. Suppressions in manifests name our rules only.

Two checks of one name seldom agree in every case. `tidewaiter explain` says what ours looks at; where it differs, it is silent about what it cannot know. A rule with a profile behind its name is not on by default: it runs when the profile or the rule is chosen.

Most people move in three steps:

1. `tidewaiter check --fail-on never k8s/` beside the old linter, to see what is new.
2. Turn off in `.tidewaiter.yaml` what the old configuration turned off. The old ids may stay.
3. Replace the suppressions in the manifests. `tidewaiter check` tells which of ours suppress nothing.
)";

constexpr std::size_t kDigits = 8;  // more than the number of any id has

/// Sorts CKV_K8S_8 before CKV_K8S_10.
std::string sort_key(std::string_view id) {
  std::string key;
  std::string digits;
  const auto flush = [&] {
    if (!digits.empty() && digits.size() < kDigits) key.append(kDigits - digits.size(), '0');
    key += std::exchange(digits, {});
  };
  for (const char c : id) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else {
      flush();
      key += c;
    }
  }
  flush();
  return key;
}

/// A link to the rule's page, with the profiles that have it unless it is on by default.
std::string link_to(const Rule& rule) {
  std::string link = fmt::format("[{}](rules/{}.md)", rule.name, rule.name);
  if (std::ranges::find(rule.profiles, "recommended") == rule.profiles.end()) {
    link += fmt::format(" ({})", fmt::join(rule.profiles, ", "));
  }
  return link;
}

struct Row {
  std::string_view id;
  std::vector<std::string> rules;  // links
};

/// What stands for the checks of `linter`, by id.
std::string covered(std::string_view linter, std::span<const Rule> rules) {
  std::map<std::string, Row> rows;
  for (const Rule& rule : rules) {
    for (const std::string_view equivalent : rule.equivalents) {
      if (rules::linter_of(equivalent) != linter) continue;
      const std::string_view id = rules::peer_id_of(equivalent);
      Row& row = rows[sort_key(id)];
      row.id = id;
      row.rules.push_back(link_to(rule));
    }
  }
  std::string table = "| there | here |\n|---|---|\n";
  for (const auto& [key, row] : rows) {
    table += fmt::format("| {} | {} |\n", code_span(row.id), fmt::join(row.rules, ", "));
  }
  return table;
}

std::string uncovered(const PeerLinter& linter) {
  if (linter.uncovered.empty()) return {};
  std::string text = "\nWithout a counterpart here:\n\n";
  for (const auto& [ids, what] : linter.uncovered) {
    text += fmt::format("- {}: {}\n", ids, what);
  }
  return text;
}

}  // namespace

std::string coming_from_page(std::span<const Rule> rules) {
  std::string page(kIntroduction);
  for (const PeerLinter& linter : peer_linters()) {
    page += fmt::format("\n## {}\n\nIts checks as of {}.\n\n", linter.title, linter.seen);
    page += covered(linter.key, rules);
    page += uncovered(linter);
    page += fmt::format("\nConfiguration: {}\n\nSuppressions: {}\n", linter.config,
                        linter.suppressions);
  }
  return page;
}

}  // namespace tidewaiter::cli
