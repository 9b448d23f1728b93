#include "cli/explain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/constant_text.h"
#include "cli/own_rules.h"
#include "cli/print_error.h"
#include "cli/report_outputs.h"
#include "cli/rule_set.h"
#include "cli/rule_text.h"
#include "cli/text_layout.h"
#include "rules/rule_names.h"
#include "tidewaiter/version.h"

namespace tidewaiter::cli {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kFactIndent = 14;  // of what stands beside a title

class Page {
 public:
  explicit Page(bool color) : color_(color) {}

  void heading(std::string_view text) { text_ += fmt::format("\n{}\n", bold(text)); }
  void prose(std::string_view title, std::string_view text) {
    if (text.empty()) return;
    heading(title);
    text_ += wrap(text, kIndent);
  }
  void facts(std::string_view title, std::span<const std::string_view> words) {
    if (!words.empty()) fact(title, fmt::format("{}", fmt::join(words, ", ")));
  }
  void fact(std::string_view title, std::string_view text) {
    if (text.empty()) return;
    std::string lines = wrap(text, kFactIndent);
    lines.erase(0, std::min(lines.find_first_not_of(' '), lines.size()));
    text_ += fmt::format("  {:<12}{}", title, lines);
  }
  void add(std::string_view text) { text_ += text; }
  std::string bold(std::string_view text) const {
    return color_ ? fmt::format("\x1b[1m{}\x1b[0m", text) : std::string(text);
  }
  std::string take() { return std::move(text_); }

 private:
  bool color_;
  std::string text_;
};

void add_params(const rules::Rule& rule, Page& page) {
  if (rule.params.empty()) return;
  page.heading("Params");
  for (const rules::Param& param : rule.params) {
    std::string line =
        fmt::format("  {} ({}): {}", param.name, param.type_text, flow_yaml(param.value));
    if (!param.unit.empty()) line += fmt::format(" {}", param.unit);
    page.add(line + bounds_of(param) + "\n");
    for (const auto& [profile, value] : param.profiles) {
      page.add(fmt::format("    with profile {}: {}\n", profile, flow_yaml(value)));
    }
    page.add(wrap(param.description, 2 * kIndent));
  }
}

void add_examples(const rules::Rule& rule, Page& page) {
  for (const rules::Example& example : rule.examples) {
    if (example.base64) continue;  // bytes that no terminal shows
    page.heading(example.bad ? "Reported" : "Fine");
    if (!example.profile.empty()) page.add(fmt::format("  (profile {})\n", example.profile));
    for (const auto* settings : {&example.params, &example.config}) {
      if (settings->kind == rules::Constant::Kind::kMap) {
        page.add(fmt::format("  (with {})\n", flow_yaml(*settings)));
      }
    }
    for (const rules::Example::File& file : example.files) {
      if (example.files.size() > 1) page.add(fmt::format("  {}:\n", file.path));
      page.add(indented(with_marks(file.text, "# <-- reported"), 2 * kIndent));
    }
  }
}

void add_settings(const rules::Rule& rule, Page& page) {
  page.heading("To ignore it in one place");
  page.add(indented(ignore_comment(rule), 2 * kIndent));
  page.heading("In .tidewaiter.yaml");
  page.add(indented(config_that_turns_off(rule), 2 * kIndent));
}

/// What another linter's id is here, when it is several rules.
std::string list_of(std::string_view word, std::span<const rules::Rule* const> found) {
  std::vector<std::string> names;
  for (const rules::Rule* rule : found) {
    names.push_back(fmt::format("{} ({})", rule->name, rule->id));
  }
  return wrap(
      fmt::format("'{}' is {} rules here: {}.", word, found.size(), fmt::join(names, ", ")), 0);
}

}  // namespace

std::string explanation_of(const rules::Rule& rule, bool color) {
  Page page(color);
  page.add(fmt::format("{} ({})\n", page.bold(rule.name), rule.id));
  page.add(wrap(fmt::format("{}.", rule.summary), 0));
  page.add("\n");
  page.fact("Severity", name_of(rule.severity));
  page.facts("Profiles", rule.profiles);
  page.fact("Applies to", applies_to(rule));
  page.fact("Precision", rule.precision);
  page.fact("Security", rule.security_severity);
  page.facts("Tags", rule.tags);
  page.facts("Standards", rule.standards);
  page.facts("Aliases", rule.aliases);
  page.facts("Elsewhere", rule.equivalents);
  page.fact("Status", status_of(rule));
  page.prose("Why", rule.rationale);
  page.prose("What to do", rule.remediation);
  page.prose("When to ignore it", rule.when_to_ignore);
  add_params(rule, page);
  add_examples(rule, page);
  add_settings(rule, page);
  if (!rule.references.empty() || !rule.of_user) page.heading("Read more");
  for (const std::string_view url : rule.references) page.add(fmt::format("  {}\n", url));
  if (!rule.of_user) {
    page.add(fmt::format("  {}/blob/v{}/docs/rules/{}.md\n", kHome, kVersion, rule.name));
  }
  return page.take();
}

ExitCode run_explain(const ExplainOptions& options, const World& world) {
  RuleSet set;
  if (!add_own_rules(options.rule_dirs, world, set)) return ExitCode::kUsage;
  const bool color = use_color(options.color, world);
  bool first = true;
  for (const std::string& word : options.rules) {
    const auto found = set.names().find_all(word);
    if (found.empty()) {
      print_error(world.err, {.message = set.names().unknown(word)});
      return ExitCode::kUsage;
    }
    if (found.size() > 1) {
      world.out << (first ? "" : "\n") << list_of(word, found) << "\n";
    }
    for (const rules::Rule* rule : found) {
      if (!first) world.out << "\n" << std::string(kTextWidth, '-') << "\n\n";
      first = false;
      world.out << explanation_of(*rule, color);
    }
  }
  return ExitCode::kSuccess;
}

}  // namespace tidewaiter::cli
