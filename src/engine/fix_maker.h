#ifndef TIDEWAITER_ENGINE_FIX_MAKER_H_
#define TIDEWAITER_ENGINE_FIX_MAKER_H_

#include <optional>
#include <span>

#include "cel/arena.h"
#include "cel/program.h"
#include "engine/raw_finding.h"
#include "engine/source_map.h"
#include "rules/check_report.h"

namespace tidewaiter::engine {

/// The repair that all the steps together make of what a check just found, with the variables
/// that it found it with. Nothing when a step has no value (an error, or optional.none()), when
/// all is as the steps want it, and when the edits cannot be made without harm
/// (fix::plan_edits).
std::optional<RawFix> make_fix(std::span<const rules::CompiledFixStep> steps,
                               cel::Activation& activation, cel::Arena& arena,
                               const SourceMap& sources);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_FIX_MAKER_H_
