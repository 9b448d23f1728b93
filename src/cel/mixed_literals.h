#ifndef TIDEWAITER_CEL_MIXED_LITERALS_H_
#define TIDEWAITER_CEL_MIXED_LITERALS_H_

#include <optional>

#include "cel/checker.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cel {

/// The first list or map literal whose items, keys or values differ in their types, which
/// Kubernetes refuses (cel-go's ValidateHomogeneousAggregateLiterals): dyn beside another type
/// counts, what is below a call of format() does not. Looks at the final types.
std::optional<Error> find_mixed_literal(const CheckedAst& checked);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_MIXED_LITERALS_H_
