#include "report/sarif_driver.h"

#include <fmt/core.h>

#include <algorithm>

#include "report/rule_prose.h"
#include "tidewaiter/version.h"

namespace tidewaiter::report {
namespace {

constexpr unsigned kRuleLines = 6;    // log, runs, run, tool, driver, rules
constexpr unsigned kTaxonLines = 6;   // log, runs, run, taxonomies, taxonomy, taxa
constexpr unsigned kResultLines = 4;  // log, runs, run, results
constexpr std::size_t kMaxTags = 10;  // GitHub and Azure DevOps keep ten

constexpr struct {
  std::string_view id;
  std::string_view summary;
} kNotifications[] = {
    {"outside-root", "A file lies outside the root, so its path is relative to its argument"},
    {"unreadable-file", "A file could not be read"},
    {"evaluation-limit", "A resource is too large for a rule"},
    {"rule-error", "A rule of the user could not judge a resource"},
    {"policy-unbound", "A policy has no binding, so it was run as if it denied"},
    {"policy-missing", "A binding names a policy that was not read"},
    {"policy-duplicate", "Two policies or bindings have one name"},
    {"policy-not-run", "A policy could not be run"},
    {"policy-name", "A policy has the name of a rule"},
    {"policy-namespace", "A policy selects by labels of a namespace that was not read"},
    {"policy-conversion", "A policy asks for another version than the one written"},
    {"policy-authorizer", "A policy asks what only a cluster can answer"},
    {"not-understood", "A document was not linted"},
};

/// What GitHub calls the severity of a rule that is not about security.
std::string_view problem_severity(Severity severity) {
  return severity == Severity::kNote ? "recommendation" : name_of(severity);
}

std::vector<std::string> tags_of(const RuleInfo& rule) {
  std::vector<std::string> tags = {"kubernetes"};
  const auto add = [&tags](std::string tag) {
    if (tags.size() < kMaxTags && std::ranges::find(tags, tag) == tags.end()) {
      tags.push_back(std::move(tag));
    }
  };
  if (!rule.security_severity.empty()) add("security");
  for (const std::string& standard : rule.standards) {
    if (standard.starts_with("CWE-")) add("external/cwe/cwe-" + standard.substr(4));
    if (!find_taxon(standard)) add(standard);  // a user's own
  }
  for (const std::string& tag : rule.tags) add(tag);
  return tags;
}

void write_properties(JsonWriter& json, const RuleInfo& rule) {
  json.begin_object("properties");
  json.member("id", rule.id);
  json.member("kind", "problem");
  if (!rule.precision.empty()) json.member("precision", rule.precision);
  json.member("problem.severity", problem_severity(rule.severity));
  if (!rule.security_severity.empty()) json.member("security-severity", rule.security_severity);
  json.begin_array("tags");
  for (const std::string& tag : tags_of(rule)) json.string(tag);
  json.end_array();
  json.end_object();
}

void write_rule(JsonWriter& json, const RuleInfo& rule, const SarifTaxonomies& taxonomies) {
  const std::string summary = clipped(
      with_full_stop(rule.summary.empty() ? rule.name : rule.summary), kMaxSarifDescription);
  json.begin_object();
  json.member("id", rule.id);
  json.member("name", pascal_case(rule.name));
  write_sarif_message(json, "shortDescription", summary);
  write_sarif_message(json, "fullDescription",
                      rule.rationale.empty()
                          ? summary
                          : clipped(with_full_stop(rule.rationale), kMaxSarifDescription));
  json.begin_object("help");
  json.member("text", help_text(rule));
  json.member("markdown", help_markdown(rule));
  json.end_object();
  json.member("helpUri", documentation_url(rule));
  json.begin_object("defaultConfiguration");
  json.member_boolean("enabled", true);
  json.member("level", name_of(rule.severity));
  json.end_object();
  json.begin_object("messageStrings");
  write_sarif_message(json, "default", fmt::format("'{{0}}': {}", summary));
  json.end_object();
  taxonomies.write_relationships(json, rule);
  write_properties(json, rule);
  json.end_object();
}

void write_descriptor(JsonWriter& json, const NotificationDescriptor& descriptor) {
  const std::string summary = clipped(with_full_stop(descriptor.summary), kMaxSarifDescription);
  json.begin_object();
  json.member("id", descriptor.id);
  json.member("name", pascal_case(descriptor.name));
  write_sarif_message(json, "shortDescription", summary);
  write_sarif_message(json, "fullDescription", summary);
  write_sarif_message(json, "help", summary);
  json.end_object();
}

}  // namespace

std::vector<NotificationDescriptor> notification_descriptors(
    const std::vector<RuleInfo>& rules) {
  std::vector<NotificationDescriptor> descriptors;
  for (const RuleInfo& rule : rules) {
    if (rule.id.starts_with("TW0")) {
      descriptors.push_back({.id = rule.id, .name = rule.name, .summary = rule.summary});
    }
  }
  for (const auto& [id, summary] : kNotifications) {
    descriptors.push_back(
        {.id = std::string(id), .name = std::string(id), .summary = std::string(summary)});
  }
  return descriptors;
}

void write_sarif_tool(JsonWriter& json, const std::vector<RuleInfo>& rules,
                      const std::vector<NotificationDescriptor>& notifications,
                      const SarifTaxonomies& taxonomies) {
  json.set_line_levels(kRuleLines);
  json.begin_object("tool");
  json.begin_object("driver");
  json.member("name", "tidewaiter");
  json.member("fullName", fmt::format("tidewaiter {}", kVersion));
  json.member("organization", "tidewaiter");
  json.member("version", kVersion);
  json.member("semanticVersion", kVersion);
  json.member("informationUri", kHome);
  json.member("language", "en-US");
  json.begin_array("rules");
  for (const RuleInfo& rule : rules) write_rule(json, rule, taxonomies);
  json.end_array();
  json.begin_array("notifications");
  for (const NotificationDescriptor& n : notifications) write_descriptor(json, n);
  json.end_array();
  taxonomies.write_supported(json);
  json.end_object();
  json.end_object();
  json.set_line_levels(kTaxonLines);
  taxonomies.write_taxonomies(json);
  json.set_line_levels(kResultLines);
}

void write_sarif_message(JsonWriter& json, std::string_view name, std::string_view text) {
  json.begin_object(name);
  json.member("text", text);
  json.end_object();
}

}  // namespace tidewaiter::report
