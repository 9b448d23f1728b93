#ifndef TIDEWAITER_ENGINE_RULE_INFO_H_
#define TIDEWAITER_ENGINE_RULE_INFO_H_

#include <span>
#include <vector>

#include "engine/selection.h"
#include "tidewaiter/reporter.h"

namespace tidewaiter::engine {

/// What reports say about the rules that run, in the same order: RunInfo::rules.
std::vector<RuleInfo> rule_info(std::span<const SelectedRule> rules);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_RULE_INFO_H_
