#include "cel/ast_walk.h"

#include <string_view>
#include <utility>

namespace tidewaiter::cel {

std::string qualified_name(const Ast& ast, ExprId id) {
  std::vector<std::string_view> parts;
  for (; ast[id].kind == ExprKind::kSelect; id = ast[id].args[0]) parts.push_back(ast[id].name);
  std::string name = ast[id].name;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) name.append(".").append(*part);
  return name;
}

std::vector<ExprId> compact(Ast& ast, ExprId root) {
  std::vector<bool> reached(ast.nodes.size());
  reached[root] = true;
  for (ExprId id = root + 1; id-- > 0;) {
    if (!reached[id]) continue;
    for_each_child(std::as_const(ast.nodes[id]), [&](ExprId child) { reached[child] = true; });
  }
  std::vector<ExprId> renumbered(ast.nodes.size(), kNoExpr);
  ExprId next = 0;
  for (ExprId id = 0; id <= root; ++id) {
    if (!reached[id]) continue;
    Expr expr = std::move(ast.nodes[id]);
    for_each_child(expr, [&](ExprId& child) { child = renumbered[child]; });
    renumbered[id] = next;
    ast.nodes[next++] = std::move(expr);
  }
  ast.nodes.resize(next);
  return renumbered;
}

}  // namespace tidewaiter::cel
