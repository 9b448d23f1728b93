#ifndef TIDEWAITER_CEL_AST_WALK_H_
#define TIDEWAITER_CEL_AST_WALK_H_

#include <string>
#include <vector>

#include "cel/ast.h"

namespace tidewaiter::cel {

/// Calls `visit(ExprId&)` for each child in the order of evaluation: arguments, then the range,
/// filter and body of a comprehension. `expr` may be const.
template <class E, class Visit>
void for_each_child(E& expr, Visit&& visit) {
  for (auto& arg : expr.args) visit(arg);
  if (expr.kind != ExprKind::kComprehension) return;
  visit(expr.range);
  if (expr.filter != kNoExpr) visit(expr.filter);
  visit(expr.body);
}

/// The text `a.b.c` of selections on a kIdent; `id` must be one or a kSelect that ends in one.
std::string qualified_name(const Ast& ast, ExprId id);

/// Drops every node that `root` does not reach and numbers the others anew, in their old order;
/// `root` becomes the last. Returns the new id of each old node, kNoExpr for a dropped one.
std::vector<ExprId> compact(Ast& ast, ExprId root);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_AST_WALK_H_
