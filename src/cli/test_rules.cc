#include "cli/test_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/path.h"
#include "cli/print_error.h"
#include "cli/rule_set.h"
#include "cli/test_report.h"
#include "rules/compiled_rule.h"
#include "rules/domain_functions.h"

namespace tidewaiter::cli {
namespace {

using rules::Rule;

/// A file that is only in tidewaiter's own folder of rules.
constexpr std::string_view kOwnRule = "reading/syntax-error.yaml";

/// Whether `path` lies in the source of tidewaiter, whose rules are tested in the place of
/// those built into the program.
RuleOwner owner_of(const std::string& path, const World& world) {
  const std::string absolute = absolute_path(world.working_folder, path);
  for (std::string_view folder = absolute; folder != "/"; folder = parent_of(folder)) {
    if (world.files.type_of(join_path(folder, kOwnRule))) return RuleOwner::kProgram;
  }
  return RuleOwner::kUser;
}

/// The rules that --rule names, else all of `rules`; nothing, with an error printed, when it
/// names none of them.
std::optional<std::vector<const Rule*>> chosen(std::vector<const Rule*> rules,
                                               const std::vector<std::string>& words,
                                               std::ostream& err) {
  if (words.empty()) return rules;
  const rules::RuleNames names(rules);
  std::vector<const Rule*> result;
  for (const std::string& word : words) {
    const auto meant = names.find_all(word);
    if (meant.empty()) {
      print_error(err, {.message = names.unknown(word)});
      return std::nullopt;
    }
    result.insert(result.end(), meant.begin(), meant.end());
  }
  std::ranges::sort(result, {}, &Rule::id);
  const auto repeated = std::ranges::unique(result);
  result.erase(repeated.begin(), repeated.end());
  return result;
}

/// Prints what does not compile.
bool compiles(const Rule& rule, std::ostream& err) {
  if (rule.builtin) return true;
  const std::vector<Error> faults =
      rules::find_faults(rule, {.functions = &rules::domain_functions()});
  print_errors(err, faults, rule.source);
  return faults.empty();
}

}  // namespace

ExitCode run_test(const TestOptions& options, const World& world) {
  RuleSet set;
  bool fine = true;
  for (const std::string& folder : options.folders) {
    fine = set.add(world.files, folder, world.err, owner_of(folder, world)) && fine;
  }
  const auto rules = chosen(set.added(), options.rules, world.err);
  if (!rules || rules->empty()) return ExitCode::kUsage;

  TestRun run;
  for (const Rule* rule : *rules) {
    if (compiles(*rule, world.err)) {
      run.tests.push_back(test_rule(*rule, set.rules()));
    } else {
      ++run.faulty;
    }
  }
  if (options.json) {
    write_test_json(run, world.out);
  } else {
    write_test_text(run, world.out);
  }
  if (!fine || run.faulty > 0) return ExitCode::kUsage;
  const auto failed = [](const RuleTest& test) { return !test.faults.empty(); };
  return std::ranges::any_of(run.tests, failed) ? ExitCode::kFindings : ExitCode::kSuccess;
}

}  // namespace tidewaiter::cli
