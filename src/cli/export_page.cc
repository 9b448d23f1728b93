#include "cli/export_page.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "cli/markdown.h"
#include "engine/run.h"
#include "policy/policy_export.h"

namespace tidewaiter::cli {
namespace {

constexpr std::string_view kIntroduction =
    R"(# Rules as ValidatingAdmissionPolicies

What `tidewaiter policy export --profile strict` makes of each rule; how to use it is told in [policies.md](policies.md#the-rules-in-your-cluster). This page is made by the program.
)";

constexpr std::string_view kExportedHead =
    "\n## With a policy\n\n*Since* is the oldest Kubernetes whose API server takes the policy; "
    "*action* is what its bindings say without `--action`.\n\n"
    "| rule | since | action |\n|---|---|---|\n";

constexpr std::string_view kLeftOutHead =
    "\n## Without a policy\n\n| rule | why |\n|---|---|\n";

std::string link_to(const rules::Rule& rule) {
  return fmt::format("[{0}](rules/{0}.md) {1}", rule.name, rule.id);
}

std::string exported_row(const rules::Rule& rule,
                         const std::vector<policy::ExportedPolicy>& policies) {
  std::uint32_t oldest = 0;
  std::string actions;
  for (const policy::ExportedPolicy& exported : policies) {
    oldest = std::max(oldest, exported.oldest_minor);
    if (!actions.empty()) actions += ", ";
    actions += policy::name_of(exported.action);
  }
  return fmt::format("| {} | 1.{} | {} |\n", link_to(rule), oldest, actions);
}

}  // namespace

std::string export_page(std::span<const rules::Rule> rules) {
  constexpr std::string_view kProfile = "strict";
  std::string exported;
  std::string left_out;
  std::size_t count = 0;
  for (const rules::Rule& rule : rules) {
    const auto policies = policy::export_rule(
        {.rule = &rule, .params = {}},
        {.profiles = {&kProfile, 1}, .kubernetes_minor = engine::Settings().kubernetes_minor});
    if (policies) {
      ++count;
      exported += exported_row(rule, *policies);
    } else {
      left_out +=
          fmt::format("| {} | {} |\n", link_to(rule), table_cell(policies.error().message));
    }
  }
  return fmt::format("{}\n{} of the {} rules have a policy.\n{}{}{}{}", kIntroduction, count,
                     rules.size(), kExportedHead, exported, kLeftOutHead, left_out);
}

}  // namespace tidewaiter::cli
