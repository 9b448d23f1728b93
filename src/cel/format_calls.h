#ifndef TIDEWAITER_CEL_FORMAT_CALLS_H_
#define TIDEWAITER_CEL_FORMAT_CALLS_H_

#include <optional>

#include "cel/checker.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cel {

/// Kubernetes' rule for '...'.format([...]) of two literals (cel-go's string_format validator):
/// the clauses are known, there is one for each value, and each takes a value of its type. The
/// first call that breaks it, even one that would never be evaluated.
std::optional<Error> find_bad_format(const CheckedAst& checked);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_FORMAT_CALLS_H_
