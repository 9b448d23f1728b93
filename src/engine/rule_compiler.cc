#include "engine/rule_compiler.h"

#include <string_view>
#include <utility>

#include "engine/parallel.h"

namespace tidewaiter::engine {
Result<rules::CompiledRule> RuleCompiler::compile(const SelectedRule& selected) const {
  const std::vector<std::string_view> profiles(settings_.profiles.begin(),
                                               settings_.profiles.end());
  return rules::compile_rule(
      *selected.rule,
      {.functions = settings_.functions,
       .kubernetes_minor = selected.rule->of_user ? settings_.kubernetes_minor : 0,
       .profiles = profiles,
       .thorough = selected.rule->of_user,
       .user_params = selected.params});
}

Result<void> RuleCompiler::compile(std::span<const std::uint32_t> needed) {
  std::vector<std::optional<Result<rules::CompiledRule>>> made(needed.size());
  parallel_for(needed.size(), settings_.threads, [&](std::size_t i) {
    if (compiled_[needed[i]] == nullptr) made[i] = compile(settings_.rules[needed[i]]);
  });
  for (std::size_t i = 0; i < needed.size(); ++i) {
    if (!made[i]) continue;
    if (!*made[i]) return made[i]->error();
    owned_.push_back(std::make_unique<rules::CompiledRule>(**std::move(made[i])));
    compiled_[needed[i]] = owned_.back().get();
  }
  return {};
}

}  // namespace tidewaiter::engine
