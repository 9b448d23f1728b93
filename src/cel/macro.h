#ifndef TIDEWAITER_CEL_MACRO_H_
#define TIDEWAITER_CEL_MACRO_H_

#include "cel/ast.h"
#include "cel/environment.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cel {

/// If `call` (a kCall whose arguments are in `ast`) is the call of a macro, makes it the
/// expression that the macro stands for; its variables' nodes in `ast` are then no longer used.
/// Leaves every other call alone. Fails with kInvalidInput on a macro used wrongly.
Result<void> expand_macro(Ast& ast, Expr& call, const MacroOptions& options);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_MACRO_H_
