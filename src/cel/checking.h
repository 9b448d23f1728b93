#ifndef TIDEWAITER_CEL_CHECKING_H_
#define TIDEWAITER_CEL_CHECKING_H_

#include <optional>
#include <string>
#include <utility>

#include "cel/checker.h"
#include "cel/type_solver.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cel {

/// What the parts of the checker share while they find the types of one expression.
struct Checking {
  CheckedAst checked;
  TypeSolver solver = {};
  std::optional<Error> error = {};  ///< The first; nothing is looked at after it.

  const Ast& ast() const { return checked.ast; }
  const Type& type(ExprId id) const { return checked.types[id]; }
  void set(ExprId id, Type found) { checked.types[id] = std::move(found); }
  /// The type as a message shows it.
  std::string text_of(ExprId id) { return solver.known(type(id)).to_string(); }

  void fail(std::string message, ByteSpan where) {
    error =
        Error{.code = ErrorCode::kInvalidInput, .message = std::move(message), .where = where};
  }
};

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_CHECKING_H_
