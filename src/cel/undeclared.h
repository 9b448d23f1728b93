#ifndef TIDEWAITER_CEL_UNDECLARED_H_
#define TIDEWAITER_CEL_UNDECLARED_H_

#include "cel/checker.h"
#include "cel/environment.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cel {

/// What to say of the kUnknown identifier `id`: looks around it for what was meant, such as a
/// field of a prefix of variables, a function in a namespace, or the variable of a macro that
/// was called with too few or too many arguments.
Error undeclared(const CheckedAst& checked, ExprId id, const Environment& environment);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_UNDECLARED_H_
