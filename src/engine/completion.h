#ifndef TIDEWAITER_ENGINE_COMPLETION_H_
#define TIDEWAITER_ENGINE_COMPLETION_H_

#include <functional>
#include <span>
#include <vector>

#include "base/source.h"
#include "engine/loaded_file.h"
#include "engine/raw_finding.h"
#include "engine/selection.h"
#include "engine/suppressions.h"
#include "tidewaiter/finding.h"

namespace tidewaiter::engine {

/// A finding with what suppresses it (null: it stands). Borrows both.
struct JudgedFinding {
  const RawFinding* raw = nullptr;
  const LoadedFile* file = nullptr;  ///< Where its place is.
  const SuppressionEntry* suppressed_by = nullptr;
  const Source* suppressed_in = nullptr;  ///< Where that stands.
};

/// Works out everything that a report needs, so that sources and documents can go: places,
/// excerpts, line hashes, paths, fingerprints. Hands on one finding after the other, in the
/// order of `judged`, which should be that of the files: a source is looked through once, when
/// the first finding in it is completed.
void complete(std::span<const JudgedFinding> judged, std::span<const SelectedRule> rules,
              std::span<const LoadedFile> files,
              const std::function<void(const LoadedFile& file, Finding&&)>& sink);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_COMPLETION_H_
