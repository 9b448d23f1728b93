#ifndef TIDEWAITER_ENGINE_COMPLETION_H_
#define TIDEWAITER_ENGINE_COMPLETION_H_

#include <functional>
#include <span>

#include "base/source.h"
#include "engine/loaded_file.h"
#include "engine/raw_finding.h"
#include "engine/run.h"
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

/// The file of a source of the same part.
using FileOfSource = std::function<const LoadedFile&(const Source& source)>;

/// Works out everything that a report needs, so that sources and documents can go: places,
/// excerpts, line hashes, paths, fingerprints. Hands on one finding after the other, in the
/// order of `judged`, which are those in one file: it is looked through once.
void complete(std::span<const JudgedFinding> judged, std::span<const SelectedRule> rules,
              const FileOfSource& file_of, const FindingSink& sink);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_COMPLETION_H_
