#ifndef TIDEWAITER_ENGINE_PARTIAL_OBJECTS_H_
#define TIDEWAITER_ENGINE_PARTIAL_OBJECTS_H_

#include <span>

#include "engine/loaded_file.h"

namespace tidewaiter::engine {

/// Takes the resources out of the files that a kustomization among them names as patches or the
/// like (DESIGN 5): they are Content::kPartial, in no scope, and no rule judges them.
void set_partial_objects_aside(std::span<LoadedFile> files);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_PARTIAL_OBJECTS_H_
