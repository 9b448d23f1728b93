#ifndef TIDEWAITER_ENGINE_RULE_COMPILER_H_
#define TIDEWAITER_ENGINE_RULE_COMPILER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/run.h"
#include "rules/compiled_rule.h"
#include "tidewaiter/result.h"

namespace tidewaiter::engine {

/// The selected rules of a run, each compiled once, when something that it judges first occurs.
class RuleCompiler {
 public:
  /// Borrows the settings.
  explicit RuleCompiler(const Settings& settings)
      : settings_(settings), compiled_(settings.rules.size(), nullptr) {}

  /// Compiles those of the rules (indexes, ascending) that are not yet compiled, on several
  /// threads. Fails with kInvalidInput for the first whose expression does not compile.
  Result<void> compile(std::span<const std::uint32_t> needed);

  /// By index; null for those that were not needed.
  std::span<const rules::CompiledRule* const> rules() const { return compiled_; }

 private:
  Result<rules::CompiledRule> compile(const SelectedRule& selected) const;

  const Settings& settings_;
  std::vector<std::unique_ptr<rules::CompiledRule>> owned_;
  std::vector<const rules::CompiledRule*> compiled_;
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_RULE_COMPILER_H_
