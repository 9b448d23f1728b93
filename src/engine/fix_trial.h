#ifndef TIDEWAITER_ENGINE_FIX_TRIAL_H_
#define TIDEWAITER_ENGINE_FIX_TRIAL_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/run.h"
#include "tidewaiter/result.h"

namespace tidewaiter::engine {

/// Texts by path, as FileName::shown says it.
using FileTexts = std::map<std::string, std::string>;

/// A fix that does not do what it should.
struct FixFault {
  const Finding* finding = nullptr;  ///< Null: about all fixes together.
  std::string message;               ///< A sentence.
};

/// What applying the fixes of a run gave.
struct FixTrial {
  std::vector<FixFault> faults;
  std::size_t fixes = 0;  ///< How many findings have one.
};

/// Applies the fixes that a run with Settings::with_fixes found in `files`, and lints again
/// with `lint`: each alone must take its finding away and bring no other; all of them, as often
/// as fixes that meet need it, must leave none that can be fixed.
FixTrial try_fixes(const FileTexts& files, const RunResult& found,
                   const std::function<Result<RunResult>(const FileTexts&)>& lint);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_FIX_TRIAL_H_
