#include "cli/list_rules.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <ostream>
#include <string_view>
#include <vector>

#include "base/suggest.h"
#include "cli/markdown.h"
#include "cli/own_rules.h"
#include "cli/print_error.h"
#include "cli/rule_set.h"
#include "cli/text_layout.h"
#include "report/json_writer.h"
#include "tidewaiter/version.h"

namespace tidewaiter::cli {
namespace {

using rules::Rule;

// The kinds that `pods: true` and `workloads: true` mean (RULES, Common readings), as
// group/Kind.
constexpr std::string_view kPodKinds[] = {"Pod",
                                          "ReplicationController",
                                          "apps/Deployment",
                                          "apps/StatefulSet",
                                          "apps/DaemonSet",
                                          "apps/ReplicaSet",
                                          "batch/Job",
                                          "batch/CronJob"};
constexpr std::string_view kWorkloads[] = {"Pod",
                                           "ReplicationController",
                                           "apps/Deployment",
                                           "apps/StatefulSet",
                                           "apps/DaemonSet",
                                           "apps/ReplicaSet",
                                           "batch/Job",
                                           "batch/CronJob"};

std::string_view kind_part(std::string_view type) {
  return type.substr(type.rfind('/') + 1);
}

/// `wanted` is a Kind (of any group) or group/Kind; `type` may have the group `*`.
bool same_kind(std::string_view wanted, std::string_view type) {
  if (kind_part(wanted) != kind_part(type)) return false;
  return wanted.find('/') == wanted.npos || type.starts_with("*/") || wanted == type;
}

bool judges(const Rule& rule, std::string_view kind) {
  const auto among = [&](std::span<const std::string_view> types) {
    return std::ranges::any_of(types, [&](std::string_view t) { return same_kind(kind, t); });
  };
  if (rule.builtin || rule.match.all) return true;
  return (rule.match.pods && among(kPodKinds)) || (rule.match.workloads && among(kWorkloads)) ||
         among(rule.match.kinds);
}

bool shown(const Rule& rule, const RulesOptions& options) {
  const auto any = [](const std::vector<std::string>& wanted, const auto& test) {
    return wanted.empty() || std::ranges::any_of(wanted, test);
  };
  return any(options.profiles,
             [&](const std::string& p) {
               return p == "strict" ||
                      std::ranges::find(rule.profiles, p) != rule.profiles.end();
             }) &&
         any(options.tags,
             [&](const std::string& t) {
               return std::ranges::find(rule.tags, t) != rule.tags.end();
             }) &&
         any(options.kinds, [&](const std::string& k) { return judges(rule, k); });
}

/// Why a filter names nothing that exists, or nothing.
std::optional<Error> check_filters(const RulesOptions& options,
                                   std::span<const Rule* const> rules) {
  for (const std::string& profile : options.profiles) {
    if (std::ranges::find(rules::kProfiles, profile) == std::end(rules::kProfiles)) {
      return Error{.message = fmt::format("There is no profile '{}'.{}", profile,
                                          did_you_mean(profile, rules::kProfiles))};
    }
  }
  std::vector<std::string_view> tags;
  for (const Rule* rule : rules) tags.insert(tags.end(), rule->tags.begin(), rule->tags.end());
  for (const std::string& tag : options.tags) {
    if (std::ranges::find(tags, tag) == tags.end()) {
      return Error{
          .message = fmt::format("No rule has the tag '{}'.{}", tag, did_you_mean(tag, tags))};
    }
  }
  return std::nullopt;
}

void write_text(const std::vector<const Rule*>& rules, std::ostream& out) {
  std::size_t width = 0;
  for (const Rule* rule : rules) width = std::max(width, rule->name.size());
  for (const Rule* rule : rules) {
    out << fmt::format("{:<6} {:<{}} {:<8} {}\n", rule->id, rule->name, width,
                       name_of(rule->severity), rule->summary);
  }
}

void write_markdown(const std::vector<const Rule*>& rules, std::ostream& out) {
  out << "| id | name | severity | profiles | finds |\n|---|---|---|---|---|\n";
  for (const Rule* rule : rules) {
    out << fmt::format("| {} | {} | {} | {} | {} |\n", rule->id, rule->name,
                       name_of(rule->severity), fmt::join(rule->profiles, ", "),
                       table_cell(rule->summary));
  }
}

void write_list(report::JsonWriter& json, std::string_view key,
                std::span<const std::string_view> words) {
  json.begin_array(key);
  for (const std::string_view word : words) json.string(word);
  json.end_array();
}

void write_json(const std::vector<const Rule*>& rules, std::ostream& out) {
  report::JsonWriter json(out, 2);
  json.begin_object();
  json.member("version", kVersion);
  json.begin_array("rules");
  for (const Rule* rule : rules) {
    json.begin_object();
    json.member("id", rule->id);
    json.member("name", rule->name);
    json.member("severity", name_of(rule->severity));
    json.member("summary", rule->summary);
    json.member("status", rules::name_of(rule->status));
    json.member("since", rule->since);
    json.member("precision", rule->precision);
    write_list(json, "profiles", rule->profiles);
    write_list(json, "tags", rule->tags);
    write_list(json, "standards", rule->standards);
    write_list(json, "aliases", rule->aliases);
    write_list(json, "equivalents", rule->equivalents);
    write_list(json, "references", rule->references);
    json.member("rationale", rule->rationale);
    json.member("remediation", rule->remediation);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

ExitCode run_rules(const RulesOptions& options, const World& world) {
  RuleSet set;
  if (!add_own_rules(options.rule_dirs, world, set)) return ExitCode::kUsage;
  if (const auto error = check_filters(options, set.rules())) {
    print_error(world.err, *error);
    return ExitCode::kUsage;
  }
  std::vector<const Rule*> rules;
  std::ranges::copy_if(set.rules(), std::back_inserter(rules),
                       [&](const Rule* rule) { return shown(*rule, options); });
  switch (options.format) {
    case ListFormat::kText: write_text(rules, world.out); break;
    case ListFormat::kJson: write_json(rules, world.out); break;
    case ListFormat::kMarkdown: write_markdown(rules, world.out); break;
  }
  return ExitCode::kSuccess;
}

}  // namespace tidewaiter::cli
