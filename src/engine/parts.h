#ifndef TIDEWAITER_ENGINE_PARTS_H_
#define TIDEWAITER_ENGINE_PARTS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "base/file_system.h"
#include "engine/run.h"
#include "tidewaiter/result.h"

namespace tidewaiter::engine {

/// A run in parts that see nothing of each other, so that each can be read, judged and
/// forgotten before the next: memory follows the largest scope, not the whole tree.
struct Parts {
  /// Each part: positions of inputs, ascending; by their first. All inputs once, but for those
  /// that nothing is to be reported of, nor of any that sees them.
  std::vector<std::vector<std::uint32_t>> inputs;
  /// Some input may hold a ValidatingAdmissionPolicy or a binding, which are about all others;
  /// then there is one part.
  bool may_hold_policies = true;
};

/// Divides a run: inputs of one scope stay together, and scopes of which a kustomization names
/// files or folders of the other. Parts are filled up to Settings::part_bytes of text. A run
/// that is not larger and reports on all is one part and is not looked into, nor one with a
/// pipe among its inputs. Fails with kIo when an input that the user named cannot be read.
Result<Parts> divide(std::span<const Input> inputs, const Settings& settings,
                     const FileSystem& files);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_PARTS_H_
