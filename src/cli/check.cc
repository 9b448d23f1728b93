#include "cli/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "cli/check_plan.h"
#include "cli/inputs.h"
#include "cli/policy_rules.h"
#include "cli/print_error.h"
#include "cli/report_outputs.h"
#include "engine/discover.h"
#include "engine/loaded_file.h"
#include "engine/parts.h"
#include "engine/rule_info.h"
#include "engine/run.h"
#include "policy/policy.h"
#include "policy/policy_judge.h"
#include "rules/compiled_rule.h"

namespace tidewaiter::cli {
namespace {

engine::DiscoverOptions discover_options(const CheckOptions& options, const CheckPlan& plan,
                                         const World& world) {
  engine::DiscoverOptions discover{.working_folder = world.working_folder,
                                   .root = plan.root,
                                   .honor_ignore_files = !options.no_ignore_files,
                                   .supporting = plan.policy_paths};
  discover.excludes.push_back({.folder = world.working_folder, .patterns = options.exclude});
  if (!plan.config.exclude.empty()) {
    engine::PathPatterns excludes{.folder = plan.config_folder, .patterns = {}};
    for (const config::Word& word : plan.config.exclude) {
      excludes.patterns.emplace_back(word.text);
    }
    discover.excludes.push_back(std::move(excludes));
  }
  for (const config::Word& word : plan.config.scopes) {
    if (discover.scopes.empty()) discover.scopes.push_back({plan.config_folder, {}});
    discover.scopes.front().patterns.emplace_back(word.text);
  }
  return discover;
}

std::optional<Inputs> find_inputs(const CheckOptions& options, const CheckPlan& plan,
                                  const World& world) {
  const engine::DiscoverOptions discover = discover_options(options, plan, world);
  if (options.changed_only) return find_changed_inputs(options.paths, discover, world);
  std::vector<std::string> paths = options.paths;
  if (paths.empty()) paths.emplace_back(".");
  return find_inputs(std::move(paths), options.stdin_filename, discover, world);
}

/// Rules of the user whose expressions do not compile are wrong whatever is linted, and
/// whichever rules run.
bool compile_user_rules(const CheckPlan& plan, const World& world) {
  bool fine = true;
  for (const rules::Rule* rule : plan.rules.rules()) {
    if (!rule->of_user || rule->is_policy) continue;
    const std::vector<Error> faults =
        rules::find_faults(*rule, {.functions = plan.settings.functions,
                                   .kubernetes_minor = plan.settings.kubernetes_minor});
    print_errors(world.err, faults, rule->source);
    fine = fine && faults.empty();
  }
  return fine;
}

bool fails(config::FailOn fail_on, const RunSummary& summary) {
  switch (fail_on) {
    case config::FailOn::kNote: return summary.notes + summary.warnings + summary.errors > 0;
    case config::FailOn::kWarning: return summary.warnings + summary.errors > 0;
    case config::FailOn::kError: return summary.errors > 0;
    case config::FailOn::kNever: return false;
  }
  return true;
}

ExitCode exit_code(const CheckOptions& options, const CheckPlan& plan,
                   const engine::RunResult& result, bool all_inputs_found) {
  if (!all_inputs_found) return ExitCode::kUsage;
  const auto is_bug = [](const engine::Silence& silence) { return !silence.excused; };
  if (std::ranges::any_of(result.silences, is_bug)) return ExitCode::kInternal;
  if (options.require_understood && result.not_understood > 0) return ExitCode::kFindings;
  return fails(plan.fail_on, result.summary) ? ExitCode::kFindings : ExitCode::kSuccess;
}

/// What a rule could not judge: with --verbose what the manifest is to blame for, always what
/// we are.
void print_silences(const std::vector<engine::Silence>& silences, bool verbose,
                    std::ostream& err) {
  for (const engine::Silence& silence : silences) {
    if (!silence.excused) {
      err << fmt::format("tidewaiter: internal failure: rule '{}' on {}\n", silence.rule,
                         silence.reason);
    } else if (verbose) {
      err << fmt::format("tidewaiter: note: Rule '{}' could not judge {} resources: {}\n",
                         silence.rule, silence.resources, silence.reason);
    }
  }
}

std::vector<const k8s::Resource*> resources_of(const std::vector<engine::LoadedFile>& files) {
  std::vector<const k8s::Resource*> resources;
  for (const engine::LoadedFile& file : files) {
    for (const k8s::Resource& resource : file.extraction.resources) {
      resources.push_back(&resource);
    }
  }
  return resources;
}

/// A path given for policies that holds none is a mistake that would go unseen. Said unless
/// inputs are missing, which was said before.
bool policies_found(const CheckPlan& plan, const std::vector<engine::LoadedFile>& files,
                    const Inputs& inputs, const World& world) {
  if (plan.policy_paths.empty()) return true;
  const auto resources = resources_of(files);
  if (std::ranges::any_of(resources, [](const auto* r) { return policy::is_policy(*r); })) {
    return true;
  }
  if (!inputs.complete) return false;
  print_error(world.err,
              {.message = fmt::format("There is no ValidatingAdmissionPolicy in '{}'.",
                                      fmt::join(plan.policy_paths, "', '"))});
  return false;
}

}  // namespace

ExitCode run_check(const CheckOptions& options, const World& world) {
  const auto outputs = report_outputs(options);
  if (!outputs) {
    print_error(world.err, outputs.error());
    return ExitCode::kUsage;
  }
  auto plan = plan_check(options, world);
  if (!plan) return ExitCode::kUsage;
  auto inputs = find_inputs(options, *plan, world);
  if (!inputs) return ExitCode::kUsage;
  const auto writes = [&](std::string_view format) {
    return std::ranges::any_of(
        *outputs, [&](const ReportOutput& output) { return output.format->name == format; });
  };
  plan->settings.with_hashes = writes("sarif");
  plan->settings.with_fixes = writes("sarif") || writes("json");

  Result<engine::Parts> parts = engine::Parts{};
  if (plan->policy_paths.empty()) {
    parts = engine::divide(inputs->files, plan->settings, world.files);
  }
  if (!parts) {
    print_error(world.err, parts.error());
    return ExitCode::kUsage;
  }
  std::vector<engine::LoadedFile> loaded;  // policies are about all that there is
  if (parts->may_hold_policies) {
    loaded = engine::load_files(inputs->files, plan->settings, world.files);
  }
  policy::PolicyJudge policies(resources_of(loaded));
  const PolicyRules policy_rules(policies.policies());
  if (!policies_found(*plan, loaded, *inputs, world) ||
      !choose_rules(*plan, policy_rules.rules(), options, world) ||
      !compile_user_rules(*plan, world)) {
    return ExitCode::kUsage;
  }
  policies.choose(policy_rules.reports(plan->selected), plan->settings.kubernetes_minor);
  if (!policy_rules.rules().empty()) plan->settings.policies = &policies;

  RunInfo info{.rules = engine::rule_info(plan->selected)};
  if (!options.reproducible) info.root = plan->root;
  const ReportOptions report{.color = use_color(options.color, world),
                             .quiet = options.quiet,
                             .verbose = options.verbose};
  Reports reports(*outputs, report, info, world);
  const engine::FindingSink sink = [&](Finding&& finding) { reports.add(finding); };
  auto result = parts->may_hold_policies
                    ? engine::run(std::move(loaded), plan->settings, world.files, sink)
                    : engine::run(inputs->files, *parts, plan->settings, world.files, sink);
  if (!result) {
    print_error(world.err, result.error(), plan->rules.text_of(result.error().path));
    return ExitCode::kUsage;
  }

  RunSummary& summary = result->summary;
  std::ranges::move(inputs->notifications, std::back_inserter(summary.notifications));
  std::ranges::move(plan->notifications, std::back_inserter(summary.notifications));
  std::ranges::move(policies.notifications(), std::back_inserter(summary.notifications));
  const ExitCode code = exit_code(options, *plan, *result, inputs->complete);
  summary.exit_code = static_cast<int>(code);
  if (const auto written = reports.end(summary); !written) {
    print_error(world.err, written.error());
    return ExitCode::kUsage;
  }
  print_silences(result->silences, options.verbose, world.err);
  return code;
}

}  // namespace tidewaiter::cli
