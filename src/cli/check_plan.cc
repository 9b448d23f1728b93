#include "cli/check_plan.h"

#include <fmt/core.h>

#include <optional>
#include <ostream>
#include <string_view>
#include <utility>

#include "base/path.h"
#include "base/suggest.h"
#include "cli/config_settings.h"
#include "cli/load_config.h"
#include "cli/own_rules.h"
#include "cli/policy_paths.h"
#include "cli/print_error.h"
#include "config/find_config.h"
#include "engine/parallel.h"
#include "rules/domain_functions.h"

namespace tidewaiter::cli {
namespace {

/// The parts of "a,b" of every item, without blanks around them; empty parts are left out.
std::vector<std::string> split_commas(const std::vector<std::string>& items) {
  std::vector<std::string> parts;
  for (std::string_view rest : items) {
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      std::string_view part = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      while (part.starts_with(' ')) part.remove_prefix(1);
      while (part.ends_with(' ')) part.remove_suffix(1);
      if (!part.empty()) parts.emplace_back(part);
    }
  }
  return parts;
}

/// Brings a plan together step by step; each step prints what is wrong and says whether the
/// next may follow.
class Planner {
 public:
  Planner(const CheckOptions& options, const World& world)
      : options_(options), world_(world), plan_(std::make_unique<CheckPlan>()) {}

  std::unique_ptr<CheckPlan> make() {
    if (!find_root() || !read_config() || !load_rules() || !find_policies()) return nullptr;
    plan_->sound = fail_all(apply_config(plan_->config, plan_->settings));
    if (!choose_versions()) return nullptr;  // after the config, which flags beat
    engine::Settings& settings = plan_->settings;
    settings.functions = &rules::domain_functions();
    settings.limits = options_.limits;
    settings.threads = options_.jobs != 0 ? options_.jobs : engine::default_threads();
    settings.require_reason = options_.require_reason;
    return std::move(plan_);
  }

 private:
  bool fail(const Error& error, std::string_view text = {}) {
    print_error(world_.err, error, text);
    return false;
  }
  bool fail(std::string message) { return fail(Error{.message = std::move(message)}); }
  bool fail_all(const std::vector<Error>& errors) {
    if (!errors.empty()) print_errors(world_.err, errors, plan_->config.source->text());
    return errors.empty();
  }

  bool find_root() {
    if (!options_.root) {
      plan_->root = config::repository_root(world_.files, world_.working_folder)
                        .value_or(world_.working_folder);
      return true;
    }
    auto root = world_.files.resolve(*options_.root);
    if (!root) return fail(root.error());
    const auto type = world_.files.type_of(*root);
    if (!type || *type != FileType::kFolder) {
      return fail(fmt::format("--root must name a folder; '{}' is none.", *options_.root));
    }
    plan_->root = *std::move(root);
    return true;
  }

  bool read_config() {
    if (options_.no_config) return true;
    auto loaded = load_config(options_.config, world_);
    if (!loaded) return false;
    plan_->config = std::move(loaded->config);
    plan_->config_folder = std::move(loaded->folder);
    return true;
  }

  bool load_rules() {
    return add_own_rules(options_.rules, plan_->config, plan_->config_folder, world_,
                         plan_->rules);
  }

  bool find_policies() {
    PolicyPaths found = policy_paths(options_, plan_->config, plan_->config_folder, world_);
    plan_->policy_paths = std::move(found.paths);
    return fail_all(found.errors);
  }

  bool choose_versions() {
    if (const auto& version = options_.kubernetes_version) {
      const auto minor = config::kubernetes_minor_of(*version);
      if (!minor) {
        return fail(fmt::format(
            "--kubernetes-version must be a version such as 1.34, not '{}'.", *version));
      }
      plan_->settings.kubernetes_minor = *minor;
    }
    plan_->fail_on = plan_->config.fail_on.value_or(config::FailOn::kError);
    if (options_.fail_on) {
      const auto fail_on = config::fail_on_named(*options_.fail_on);
      if (!fail_on) {
        constexpr std::string_view kWords[] = {"error", "warning", "note", "never"};
        return fail(fmt::format("--fail-on must be error, warning, note or never, not '{}'.{}",
                                *options_.fail_on, did_you_mean(*options_.fail_on, kWords)));
      }
      plan_->fail_on = *fail_on;
    }
    return true;
  }

  const CheckOptions& options_;
  const World& world_;
  std::unique_ptr<CheckPlan> plan_;
};

/// Brings the rule settings of the config into the plan; prints what is wrong with them.
bool match_settings(CheckPlan& plan, const World& world) {
  plan.overrides = config::match_rules(plan.config, plan.rules.rules());
  if (!plan.overrides.errors.empty()) {
    print_errors(world.err, plan.overrides.errors, plan.config.source->text());
  }
  for (const config::RuleOverride& override : plan.overrides.overrides) {
    plan.choice.settings.push_back({.rule = override.rule,
                                    .enabled = override.enabled,
                                    .severity = override.severity,
                                    .params = override.params});
  }
  return plan.overrides.errors.empty();
}

}  // namespace

std::unique_ptr<CheckPlan> plan_check(const CheckOptions& options, const World& world) {
  return Planner(options, world).make();
}

bool choose_rules(CheckPlan& plan, std::span<const rules::Rule* const> policies,
                  const CheckOptions& options, const World& world) {
  plan.notifications = plan.rules.add_policies(policies);
  if (!match_settings(plan, world) || !plan.sound) return false;
  engine::Choice& choice = plan.choice;
  if (const auto profiles = split_commas(options.profiles); !profiles.empty()) {
    choice.profiles = profiles;
  } else if (plan.config.profiles) {
    choice.profiles.clear();
    for (const config::Word& word : *plan.config.profiles) {
      choice.profiles.emplace_back(word.text);
    }
  }
  choice.select = split_commas(options.select);
  choice.ignore = split_commas(options.ignore);
  auto selected = engine::select_rules(plan.rules.rules(), choice);
  if (!selected) {
    print_error(world.err, selected.error());
    return false;
  }
  plan.selected = *std::move(selected);
  plan.settings.all_rules = plan.rules.rules();
  plan.settings.rules = plan.selected;
  plan.settings.profiles = choice.profiles;
  return true;
}

}  // namespace tidewaiter::cli
