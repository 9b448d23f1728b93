#include "tidewaiter/linter.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/file_system.h"
#include "engine/discover.h"
#include "engine/parallel.h"
#include "engine/rule_info.h"
#include "engine/run.h"
#include "engine/selection.h"
#include "rules/domain_functions.h"
#include "rules/rule.h"

namespace tidewaiter {
namespace {

int exit_code(const RunSummary& summary, Severity fail_on) {
  const bool fails = summary.errors > 0 ||
                     (summary.warnings > 0 && fail_on <= Severity::kWarning) ||
                     (summary.notes > 0 && fail_on == Severity::kNote);
  return fails ? 1 : 0;
}

}  // namespace

struct Linter::State {
  LintOptions options;
  engine::Choice choice;  // the rules borrow from it
  std::vector<const rules::Rule*> all_rules;
  std::vector<engine::SelectedRule> rules;
  DiskFileSystem files;
  engine::DiscoverOptions places;
  std::vector<std::string> paths;
  std::vector<engine::Input> texts;
};

Linter::Linter(std::unique_ptr<State> state) : state_(std::move(state)) {}
Linter::Linter(Linter&&) noexcept = default;
Linter& Linter::operator=(Linter&&) noexcept = default;
Linter::~Linter() = default;

Result<Linter> Linter::create(LintOptions options) {
  auto state = std::make_unique<State>();
  state->options = std::move(options);
  state->choice = {.profiles = state->options.profiles,
                   .select = state->options.select,
                   .ignore = state->options.ignore};
  for (const rules::Rule& rule : rules::builtin_rules()) state->all_rules.push_back(&rule);
  auto rules = engine::select_rules(state->all_rules, state->choice);
  if (!rules) return rules.error();
  state->rules = *std::move(rules);

  const auto working_folder = state->files.resolve(".");
  if (!working_folder) return working_folder.error();
  state->places.working_folder = *working_folder;
  const std::string& root = state->options.root;
  const auto resolved =
      root.empty() ? Result<std::string>(engine::default_root(state->files, *working_folder))
                   : state->files.resolve(root);
  if (!resolved) return resolved.error();
  state->places.root = *resolved;
  return Linter(std::move(state));
}

Result<void> Linter::load(const std::string& path) {
  const auto type = state_->files.type_of(path);
  if (!type) return type.error();
  state_->paths.push_back(path);
  return {};
}

void Linter::load_text(std::string path, std::string text) {
  auto name = engine::name_of_input(path, state_->places);
  state_->texts.push_back(
      {.name = std::move(name), .path = std::move(path), .text = std::move(text)});
}

Result<Outcome> Linter::check() const {
  const State& state = *state_;
  auto found = engine::discover(state.files, state.paths, state.places);
  if (!found.errors.empty()) return found.errors.front();
  std::vector<engine::Input> inputs;
  for (engine::InputFile& file : found.files) {
    inputs.push_back(engine::input_of(std::move(file)));
  }
  if (!state.texts.empty()) {
    inputs.insert(inputs.end(), state.texts.begin(), state.texts.end());
    std::ranges::stable_sort(inputs, {}, [](const engine::Input& i) { return i.name->uri; });
  }

  const unsigned threads = state.options.threads;
  const engine::Settings settings = {
      .all_rules = state.all_rules,
      .rules = state.rules,
      .profiles = state.options.profiles,
      .functions = &rules::domain_functions(),
      .kubernetes_minor = state.options.kubernetes_minor,
      .pod_template_paths = {},
      .limits = {},
      .threads = threads == 0 ? engine::default_threads() : threads,
      .with_hashes = true,
      .require_reason = state.options.require_reason};
  auto result = engine::run(inputs, settings, state.files);
  if (!result) return result.error();

  Outcome outcome{.info = {.rules = engine::rule_info(state.rules), .root = state.places.root},
                  .findings = std::move(result->findings),
                  .summary = std::move(result->summary)};
  std::ranges::move(found.notifications, std::back_inserter(outcome.summary.notifications));
  outcome.summary.exit_code = exit_code(outcome.summary, state.options.fail_on);
  return outcome;
}

}  // namespace tidewaiter
