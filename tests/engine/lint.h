#ifndef TIDEWAITER_TESTS_ENGINE_LINT_H_
#define TIDEWAITER_TESTS_ENGINE_LINT_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/run.h"
#include "rules/rule_pack.h"

namespace tidewaiter::testing {

/// A run over texts in memory, with the built-in rules and perhaps the user's own.
struct Lint {
  std::map<std::string, std::string> files = {};
  engine::Choice choice = {};
  std::vector<std::string> user_rules = {};  ///< Texts of rule files.
  bool require_reason = false;
  unsigned threads = 1;
  std::uint32_t kubernetes_minor = 34;
  bool with_fixes = true;

  /// Fails the test case when rules or run fail.
  engine::RunResult run() const;
  /// The error of a run that must fail.
  std::string error() const;
  /// "path:line rule" for each finding in output order, "(suppressed)" behind suppressed ones.
  std::vector<std::string> lines() const;

 private:
  Result<engine::RunResult> try_run() const;
};

}  // namespace tidewaiter::testing

#endif  // TIDEWAITER_TESTS_ENGINE_LINT_H_
