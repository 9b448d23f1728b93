#ifndef TIDEWAITER_CEL_TARGET_H_
#define TIDEWAITER_CEL_TARGET_H_

#include <string>
#include <vector>

#include "cel/value.h"

namespace tidewaiter::cel {

/// A place in a document that an expression names, whether it exists or not.
struct Target {
  /// The node itself, or the nearest one above it that exists; one that is null counts.
  Origin origin = nullptr;
  std::vector<std::string> missing = {};  ///< The keys from there to the place.
};

/// A place, and what is there: kAbsent when nothing (or null) is.
struct NamedPlace {
  Value value;
  Target target = {};
};

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_TARGET_H_
