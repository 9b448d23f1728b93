#include "cli/export_policies.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/suggest.h"
#include "cli/check_plan.h"
#include "cli/print_error.h"
#include "policy/policy_export.h"
#include "tidewaiter/version.h"
#include "yaml/emit.h"

namespace tidewaiter::cli {
namespace {

using policy::Action;
using policy::ExportedPolicy;

constexpr std::array kActions = {Action::kDeny, Action::kWarn, Action::kAudit};

/// Nothing, with a message, when the flag has another word.
bool read_action(const PolicyExportOptions& options, const World& world,
                 std::optional<Action>& action) {
  if (!options.action) return true;
  std::vector<std::string_view> words;
  for (const Action known : kActions) {
    words.push_back(policy::name_of(known));
    if (words.back() != *options.action) continue;
    action = known;
    return true;
  }
  print_error(world.err,
              {.message = fmt::format("--action must be Deny, Warn or Audit, not '{}'.{}",
                                      *options.action, did_you_mean(*options.action, words))});
  return false;
}

class PolicyExport {
 public:
  PolicyExport(const CheckPlan& plan, std::optional<Action> action,
               std::optional<std::uint32_t> target, std::ostream& err)
      : plan_(plan), target_(target), err_(err) {
    profiles_.assign(plan.choice.profiles.begin(), plan.choice.profiles.end());
    options_ = {.action = action,
                .profiles = profiles_,
                .kubernetes_minor = plan.settings.kubernetes_minor};
    for (const std::string& word : plan.choice.select) {
      std::ranges::move(plan.rules.names().find_all(word), std::back_inserter(named_));
    }
  }

  /// False when a rule that was asked for by name has no policy.
  bool run() {
    bool complete = true;
    for (const engine::SelectedRule& selected : plan_.selected) {
      const bool named = std::ranges::find(named_, selected.rule) != named_.end();
      // Rules about unreadable text run with whatever is selected.
      if (selected.rule->builtin && !named_.empty() && !named) continue;
      if (!add(selected)) complete = !named && complete;
    }
    return complete;
  }

  std::string text() const {
    std::vector<yaml::Tree> documents;
    std::uint32_t oldest = 0;
    for (const ExportedPolicy& exported : policies_) {
      documents.push_back(exported.policy);
      documents.push_back(exported.binding);
      oldest = std::max(oldest, exported.oldest_minor);
    }
    if (documents.empty()) return {};
    return fmt::format("# Made by tidewaiter {}. Needs Kubernetes 1.{} or newer.\n{}", kVersion,
                       oldest, yaml::emit(documents));
  }

  void say_how_many() const {
    err_ << fmt::format("tidewaiter: note: {} exported as {}; {} left out.\n",
                        counted(rules_, "rule"), counted(policies_.size(), "policy"),
                        left_out_);
  }

 private:
  static std::string counted(std::size_t count, std::string_view what) {
    if (count == 1) return fmt::format("1 {}", what);
    return what.ends_with('y') ? fmt::format("{} {}ies", count, what.substr(0, what.size() - 1))
                               : fmt::format("{} {}s", count, what);
  }

  bool add(const engine::SelectedRule& selected) {
    auto exported = policy::export_rule(selected, options_);
    if (!exported) return leave_out(*selected.rule, exported.error().message);
    for (const ExportedPolicy& one : *exported) {
      if (!target_ || one.oldest_minor <= *target_) continue;
      return leave_out(*selected.rule,
                       fmt::format("it needs Kubernetes 1.{}, and the target is 1.{}",
                                   one.oldest_minor, *target_));
    }
    ++rules_;
    std::ranges::move(*exported, std::back_inserter(policies_));
    return true;
  }

  bool leave_out(const rules::Rule& rule, std::string_view reason) {
    ++left_out_;
    err_ << fmt::format("tidewaiter: note: Rule '{}' ({}) is left out: {}.\n", rule.name,
                        rule.id,
                        reason.ends_with('.') ? reason.substr(0, reason.size() - 1) : reason);
    return false;
  }

  const CheckPlan& plan_;
  std::optional<std::uint32_t> target_;
  std::ostream& err_;
  std::vector<std::string_view> profiles_;
  policy::ExportOptions options_;
  std::vector<const rules::Rule*> named_;
  std::vector<ExportedPolicy> policies_;
  std::size_t rules_ = 0;
  std::size_t left_out_ = 0;
};

}  // namespace

ExitCode run_policy_export(const PolicyExportOptions& options, const World& world) {
  const CheckOptions check{.profiles = options.profiles,
                           .select = options.rules,
                           .rules = options.rule_dirs,
                           .config = options.config,
                           .no_config = options.no_config,
                           .kubernetes_version = options.kubernetes_version};
  std::optional<Action> action;
  if (!read_action(options, world, action)) return ExitCode::kUsage;
  const std::unique_ptr<CheckPlan> plan = plan_check(check, world);
  if (plan == nullptr || !choose_rules(*plan, {}, check, world)) return ExitCode::kUsage;
  // Without a version that the user states, each policy only says what it needs.
  std::optional<std::uint32_t> target;
  if (options.kubernetes_version || plan->config.kubernetes_minor) {
    target = plan->settings.kubernetes_minor;
  }
  PolicyExport work(*plan, action, target, world.err);
  const bool complete = work.run();
  world.out << work.text();
  work.say_how_many();
  return complete ? ExitCode::kSuccess : ExitCode::kFindings;
}

}  // namespace tidewaiter::cli
