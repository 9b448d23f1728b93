#include "cli/rule_test.h"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "base/line_index.h"
#include "cli/config_settings.h"
#include "cli/constant_text.h"
#include "config/config.h"
#include "config/rule_settings.h"
#include "rules/domain_functions.h"

namespace tidewaiter::cli {
namespace {

/// What an example's config makes of a run. Its parts borrow from each other.
struct ExampleSetup {
  config::Config config;
  config::RuleOverrides overrides;
  engine::Settings settings;
  engine::SelectedRule rule;
  std::vector<Error> errors;
};

class RuleTester {
 public:
  RuleTester(const rules::Rule& rule, std::span<const rules::Rule* const> all)
      : rule_(rule), all_(all) {
    result_.rule = &rule;
  }

  RuleTest run() {
    for (const rules::Example& example : rule_.examples) run_example(example);
    // What rules of our own find without checks has its tests elsewhere.
    if (!rule_.builtin) judge_coverage();
    for (const rules::Param& param : rule_.params) {
      if (param.description.empty()) {
        fail(param.where, fmt::format("Param '{}' has no description.", param.name));
      }
    }
    return std::move(result_);
  }

 private:
  void fail(ByteSpan where, std::string message) {
    result_.faults.push_back({.fault = {.message = std::move(message)}, .where = where});
  }

  /// Reads the config of an example as `.tidewaiter.yaml` would be.
  std::unique_ptr<ExampleSetup> set_up(const rules::Rule& rule,
                                       const rules::Example& example) const {
    auto setup = std::make_unique<ExampleSetup>();
    setup->settings.all_rules = all_;
    setup->settings.functions = &rules::domain_functions();
    setup->rule = {.rule = &rule, .params = {}};
    if (example.config.kind != rules::Constant::Kind::kMap) return setup;
    auto name = std::make_shared<FileName>(FileName{.shown = "config", .uri = {}});
    auto read = config::read_config(
        std::make_shared<const Source>(std::move(name), flow_yaml(example.config)));
    setup->config = std::move(read.config);
    setup->errors = std::move(read.errors);
    if (!setup->errors.empty()) return setup;
    setup->errors = apply_config(setup->config, setup->settings);
    if (setup->config.profiles) {
      for (const config::Word& word : *setup->config.profiles) {
        setup->settings.profiles.emplace_back(word.text);
      }
    }
    setup->overrides = config::match_rules(setup->config, all_);
    std::ranges::copy(setup->overrides.errors, std::back_inserter(setup->errors));
    for (const config::RuleOverride& override : setup->overrides.overrides) {
      if (override.rule->id != rule.id) continue;
      setup->rule.severity = override.severity;
      setup->rule.params = override.params;
    }
    return setup;
  }

  void run_example(const rules::Example& example) {
    const std::size_t number = result_.passed + result_.failed + 1;
    const auto setup = set_up(rule_, example);
    engine::ExampleOutcome outcome;
    for (const Error& error : setup->errors) {
      outcome.faults.push_back({.message = "In the config of this example: " + error.message});
    }
    if (setup->errors.empty()) {
      outcome = engine::run_example(setup->rule, example, setup->settings);
    }
    ++(outcome.faults.empty() ? result_.passed : result_.failed);
    fixes_ += outcome.fixes;
    for (engine::ExampleFault& fault : outcome.faults) {
      result_.faults.push_back({.example = &example,
                                .number = number,
                                .fault = std::move(fault),
                                .where = example.where});
    }
  }

  void judge_coverage() {
    const auto has = [&](bool bad) {
      return std::ranges::any_of(rule_.examples,
                                 [&](const rules::Example& e) { return e.bad == bad; });
    };
    if (!has(true)) {
      fail(rule_.checks.front().expr.where,
           "No bad example shows what this rule finds; add one under 'examples'.");
    }
    if (!has(false)) {
      fail(rule_.checks.front().expr.where,
           "No good example shows what this rule leaves alone; add one under 'examples'.");
    }
    if (!rule_.fix.empty() && fixes_ == 0 && result_.failed == 0 && has(true)) {
      fail(rule_.fix.front().target.where,
           "No bad example has a finding that 'fix' repairs; add one under 'examples'.");
    }
    if (rule_.checks.size() < 2 || result_.failed > 0 || !has(true)) return;
    for (const rules::Check& check : rule_.checks) {
      if (!is_shown(check)) {
        fail(check.expr.where, "No bad example fails this check; add one under 'examples'.");
      }
    }
  }

  /// Whether a bad example has a finding of this check.
  bool is_shown(const rules::Check& check) const {
    rules::Rule alone = rule_;
    alone.checks = {&check, 1};
    alone.fix = {};  // its steps name checks by number
    return std::ranges::any_of(rule_.examples, [&](const rules::Example& example) {
      if (!example.bad) return false;
      const auto setup = set_up(alone, example);
      return engine::run_example(setup->rule, example, setup->settings).findings > 0;
    });
  }

  const rules::Rule& rule_;
  std::span<const rules::Rule* const> all_;
  RuleTest result_;
  std::size_t fixes_ = 0;  // that its examples show
};

}  // namespace

RuleTest test_rule(const rules::Rule& rule, std::span<const rules::Rule* const> all) {
  return RuleTester(rule, all).run();
}

std::optional<RuleFileLine> line_in_rule_file(std::string_view text,
                                              const rules::Example::File& file,
                                              std::uint32_t line) {
  if (file.where.end > text.size() || !text.substr(file.where.begin).starts_with('|'))
    return {};
  const LineIndex in_file(text);
  const LineIndex in_example(file.text);
  if (line == 0 || line > in_example.line_count()) return std::nullopt;
  const auto part = [](std::string_view whole, ByteSpan span) {
    return whole.substr(span.begin, span.size());
  };
  const std::uint32_t outer = in_file.at(file.where.begin).line + line;
  const std::string_view written = part(text, in_file.line(outer));
  const std::string_view inner = part(file.text, in_example.line(line));
  if (!written.ends_with(inner)) return std::nullopt;
  return RuleFileLine{.line = outer,
                      .indent = static_cast<std::uint32_t>(written.size() - inner.size())};
}

}  // namespace tidewaiter::cli
