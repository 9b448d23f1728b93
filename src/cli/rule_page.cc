#include "cli/rule_page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "cli/constant_text.h"
#include "cli/markdown.h"
#include "cli/rule_text.h"
#include "report/standards.h"
#include "rules/peer_id.h"

namespace tidewaiter::cli {
namespace {

using rules::Rule;

constexpr std::string_view kMark = "# reported here";

void add_section(std::string& page, std::string_view title, std::string_view text) {
  if (!text.empty()) page += fmt::format("\n## {}\n\n{}", title, text);
}

std::string joined(std::span<const std::string_view> words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

/// Every rule is in `strict`, whether its file says so or not.
std::string profiles_of(const Rule& rule) {
  std::vector<std::string_view> profiles(rule.profiles.begin(), rule.profiles.end());
  if (std::ranges::find(profiles, "strict") == profiles.end()) profiles.push_back("strict");
  return joined(profiles);
}

/// Links to the standards that are known, the rest as it stands.
std::string standards_of(const Rule& rule) {
  std::vector<std::string> links;
  for (const std::string_view standard : rule.standards) {
    const auto taxon = report::find_taxon(standard);
    links.push_back(taxon ? fmt::format("[{}]({})", report::title_of(*taxon), taxon->url)
                          : std::string(standard));
  }
  return fmt::format("{}", fmt::join(links, "; "));
}

std::string facts(const Rule& rule) {
  std::string table;
  const auto fact = [&table](std::string_view title, std::string_view text) {
    if (text.empty()) return;
    if (table.empty()) table = "\n| | |\n|---|---|\n";
    table += fmt::format("| {} | {} |\n", title, table_cell(text));
  };
  fact("Severity", name_of(rule.severity));
  fact("Profiles", profiles_of(rule));
  fact("Applies to", applies_to(rule));
  fact("Precision", rule.precision);
  fact("Security severity", rule.security_severity);
  fact("Tags", joined(rule.tags));
  fact("Standards", standards_of(rule));
  fact("Aliases", joined(rule.aliases));
  fact("Status", status_of(rule));
  return table;
}

std::string param_item(const rules::Param& param) {
  std::string item = fmt::format("- {} ({}{}{}{}), default {}", code_span(param.name),
                                 param.type_text, param.unit.empty() ? "" : ", ", param.unit,
                                 bounds_of(param), code_span(flow_yaml(param.value)));
  for (const auto& [profile, value] : param.profiles) {
    item += fmt::format(", with profile {} {}", profile, code_span(flow_yaml(value)));
  }
  if (!param.choices.empty()) item += fmt::format("; one of {}", joined(param.choices));
  return fmt::format("{}: {}.\n", item, param.description);
}

std::string params_of(const Rule& rule) {
  if (rule.params.empty()) return {};
  std::string text;
  for (const rules::Param& param : rule.params) text += param_item(param);
  const rules::Param& first = rule.params.front();
  return text + "\nSet them in `.tidewaiter.yaml`:\n\n" +
         fenced(fmt::format("rules:\n  {}:\n    params:\n      {}: {}\n", rule.name, first.name,
                            flow_yaml(first.value)),
                "yaml");
}

std::string language_of(std::string_view path) {
  return path.ends_with(".json") ? "json" : "yaml";
}

std::string example_text(const rules::Example& example) {
  std::string text;
  if (!example.profile.empty()) text += fmt::format("With profile {}:\n\n", example.profile);
  for (const auto* settings : {&example.params, &example.config}) {
    if (settings->kind != rules::Constant::Kind::kMap) continue;
    text += fmt::format("With {}:\n\n", code_span(flow_yaml(*settings)));
  }
  for (const rules::Example::File& file : example.files) {
    if (&file != &example.files.front()) text += '\n';
    if (example.files.size() > 1) text += fmt::format("{}:\n\n", code_span(file.path));
    text += fenced(with_marks(file.text, kMark), language_of(file.path));
  }
  if (!example.want.empty()) text += "\nReported at:\n\n";
  for (const std::string_view place : example.want) {
    text += fmt::format("- {}\n", code_span(place));
  }
  return text;
}

/// The first example of its kind; bytes that no page shows are passed over.
std::string first_example(const Rule& rule, bool bad) {
  const auto found = std::ranges::find_if(rule.examples, [bad](const rules::Example& example) {
    return example.bad == bad && !example.base64;
  });
  return found == rule.examples.end() ? std::string() : example_text(*found);
}

std::string suppression_of(const Rule& rule) {
  std::string text = "In one place, at the end of the line or alone above the entry:\n\n";
  text += fenced(ignore_comment(rule), "yaml");
  if (rule.builtin) {  // found in text, which may make no resource that has annotations
    text += "\nIn one file, alone on a line:\n\n";
    text += fenced(ignore_file_comment(rule), "yaml");
  } else {
    text += "\nFor one resource, in its metadata:\n\n";
    text += fenced(
        fmt::format("annotations:\n  ignore.tidewaiter/{}: {}\n", rule.name, kReason), "yaml");
  }
  text += "\nEverywhere, in `.tidewaiter.yaml`:\n\n";
  text += fenced(config_that_turns_off(rule), "yaml");
  return text + "\nMore in [configuration](../configuration.md).\n";
}

/// "kube-score/cronjob-has-deadline" as "kube-score: `cronjob-has-deadline`".
std::string equivalents_of(const Rule& rule) {
  std::string text;
  for (const std::string_view id : rule.equivalents) {
    const std::string_view linter = rules::linter_of(id);
    text += linter.empty()
                ? fmt::format("- {}\n", id)
                : fmt::format("- {}: {}\n", linter, code_span(rules::peer_id_of(id)));
  }
  return text;
}

std::string references_of(const Rule& rule) {
  std::string text;
  for (const std::string_view url : rule.references) text += fmt::format("- <{}>\n", url);
  return text + fmt::format("- [The rule's file](../../rules/{}), of which this page is made\n",
                            rule.file);
}

/// What the rules of a group are about; a group that is missing here has an empty cell.
constexpr struct {
  std::string_view group;
  std::string_view about;
} kGroups[] = {
    {"reading",
     "text that Kubernetes reads otherwise than people do, removed APIs, duplicates"},
    {"metadata", "names, labels, selectors, namespaces"},
    {"jobs", "Jobs and CronJobs: schedules, time zones, deadlines, retries, clean-up"},
    {"resources", "requests, limits, quantities, quality of service, node sizes"},
    {"availability", "probes, rollouts, disruption budgets, placement"},
    {"autoscaling", "HorizontalPodAutoscalers and KEDA ScaledObjects"},
    {"secrets", "secrets in manifests, Azure Key Vault, references to Secrets and ConfigMaps"},
    {"security", "Pod Security Standards, RBAC, Services, Ingresses, NetworkPolicies"},
    {"images", "image tags and registries, ports, mounts"},
};

std::vector<std::string_view> groups_of(std::span<const Rule> rules) {
  std::vector<std::string_view> groups;
  for (const Rule& rule : rules) {
    if (std::ranges::find(groups, rule.group) == groups.end()) groups.push_back(rule.group);
  }
  return groups;
}

std::string index_row(const Rule& rule) {
  return fmt::format("| {} | [{}]({}.md) | {} | {} | {} |\n", rule.id, rule.name, rule.name,
                     name_of(rule.severity), profiles_of(rule), table_cell(rule.summary));
}

}  // namespace

std::string rule_page(const Rule& rule) {
  std::string page = fmt::format("# {} ({})\n\n{}.\n", rule.name, rule.id, rule.summary);
  page += facts(rule);
  add_section(page, "Why", prose(rule.rationale));
  add_section(page, "What to write instead", prose(rule.remediation));
  add_section(page, "When to ignore it", prose(rule.when_to_ignore));
  add_section(page, "Parameters", params_of(rule));
  add_section(page, "Reported", first_example(rule, true));
  add_section(page, "Fine", first_example(rule, false));
  add_section(page, "How to suppress it", suppression_of(rule));
  add_section(page, "The same check elsewhere", equivalents_of(rule));
  add_section(page, "References", references_of(rule));
  return page;
}

std::string rules_index(std::span<const Rule> rules) {
  std::string page = fmt::format(
      "# Rules\n\n{} rules. `tidewaiter explain RULE` prints the same in a terminal; profiles, "
      "params and suppressions are explained in [configuration](../configuration.md).\n",
      rules.size());
  for (const std::string_view group : groups_of(rules)) {
    std::string table =
        "| id | rule | severity | profiles | summary |\n|---|---|---|---|---|\n";
    for (const Rule& rule : rules) {
      if (rule.group == group) table += index_row(rule);
    }
    add_section(page, group, table);
  }
  return page;
}

std::string readme_table(std::span<const Rule> rules) {
  std::string table = "| group | rules | on by default | about |\n|---|---|---|---|\n";
  for (const std::string_view group : groups_of(rules)) {
    const auto in_group = [&](const Rule& rule) { return rule.group == group; };
    const auto on = [&](const Rule& rule) {
      return in_group(rule) &&
             std::ranges::find(rule.profiles, "recommended") != rule.profiles.end();
    };
    const auto known = std::ranges::find(kGroups, group, [](const auto& g) { return g.group; });
    table +=
        fmt::format("| [{}](docs/rules/README.md#{}) | {} | {} | {} |\n", group, group,
                    std::ranges::count_if(rules, in_group), std::ranges::count_if(rules, on),
                    known == std::end(kGroups) ? "" : known->about);
  }
  return table;
}

}  // namespace tidewaiter::cli
