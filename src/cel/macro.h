#ifndef TIDEWAITER_CEL_MACRO_H_
#define TIDEWAITER_CEL_MACRO_H_

#include <string_view>
#include <vector>

#include "cel/ast.h"
#include "cel/environment.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cel {

/// If `call` (a kCall whose arguments are in `ast`) is the call of a macro, makes it the
/// expression that the macro stands for; its variables' nodes in `ast` are then no longer used.
/// Leaves every other call alone. Fails with kInvalidInput on a macro used wrongly.
Result<void> expand_macro(Ast& ast, Expr& call, const MacroOptions& options);

/// How the macro `name` is called ("list.all(x, condition)"); empty if there is none.
std::string_view macro_usage(std::string_view name);
/// Every macro's name.
std::vector<std::string_view> macro_names();

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_MACRO_H_
