#include "engine/lint.h"

#include <memory>

#include "base/file_system.h"
#include "rules/domain_functions.h"
#include "support/catch.h"

namespace tidewaiter::testing {

Result<engine::RunResult> Lint::try_run() const {
  std::vector<const rules::Rule*> all;
  for (const rules::Rule& rule : rules::builtin_rules()) all.push_back(&rule);
  rules::RulePack pack;
  for (const std::string& text : user_rules) {
    const auto name = std::make_shared<FileName>(FileName{.shown = "lint/own.yaml", .uri = {}});
    const auto errors =
        pack.add(std::make_shared<const Source>(name, text), "lint", /*of_user=*/true);
    if (!errors.empty()) return errors.front();
  }
  for (const rules::Rule& rule : pack.rules()) all.push_back(&rule);
  const auto selected = engine::select_rules(all, choice);
  if (!selected) return selected.error();

  engine::Settings settings;
  settings.all_rules = all;
  settings.rules = *selected;
  settings.profiles = choice.profiles;
  settings.functions = &rules::domain_functions();
  settings.threads = threads;
  settings.kubernetes_minor = kubernetes_minor;
  settings.with_fixes = with_fixes;
  settings.require_reason = require_reason;
  std::vector<engine::Input> inputs;
  for (const auto& [path, text] : files) {
    inputs.push_back({.name = std::make_shared<FileName>(FileName{.shown = path, .uri = path}),
                      .path = path,
                      .below = path});
  }
  MemoryFileSystem memory;
  for (const auto& [path, text] : files) memory.add_file(path, text);
  return engine::run(inputs, settings, memory);
}

engine::RunResult Lint::run() const {
  auto result = try_run();
  if (!result) FAIL(result.error().message);
  return *std::move(result);
}

std::string Lint::error() const {
  const auto result = try_run();
  REQUIRE_FALSE(result);
  return result.error().message;
}

std::vector<std::string> Lint::lines() const {
  const engine::RunResult result = run();
  std::vector<std::string> lines;
  for (const Finding& finding : result.findings) {
    lines.push_back(finding.place.file->shown + ":" + std::to_string(finding.place.start.line) +
                    " " + result.rule_ids[finding.rule] +
                    (finding.suppressions.empty() ? "" : " (suppressed)"));
  }
  return lines;
}

}  // namespace tidewaiter::testing
