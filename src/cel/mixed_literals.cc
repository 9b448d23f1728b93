#include "cel/mixed_literals.h"

#include <cstddef>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "cel/ast_walk.h"

namespace tidewaiter::cel {

namespace {

/// Every `step`-th argument of a literal, from `first` on.
struct Members {
  std::size_t first;
  std::size_t step;
  bool values;  ///< May be marked as optional; keys may not.
  std::string_view words;
};

constexpr Members kItems = {0, 1, true, "items of a list"};
constexpr Members kKeys = {0, 2, false, "keys of a map"};
constexpr Members kValues = {1, 2, true, "values of a map"};

std::optional<Error> find_other_type(const CheckedAst& checked, const Expr& literal,
                                     const Members& members) {
  const Type* wanted = nullptr;
  for (std::size_t i = members.first; i < literal.args.size(); i += members.step) {
    const Type* found = &checked.types[literal.args[i]];
    const bool optional = members.values && !literal.optional_items.empty() &&
                          literal.optional_items[i / members.step];
    if (optional && found->kind() == TypeKind::kOptional) found = &found->params()[0];
    if (wanted == nullptr) wanted = found;
    if (*wanted == *found) continue;
    return Error{.code = ErrorCode::kInvalidInput,
                 .message = fmt::format("The {} need one type, but here {} follows {}.",
                                        members.words, found->to_string(), wanted->to_string()),
                 .where = checked.ast[literal.args[i]].span};
  }
  return {};
}

}  // namespace

std::optional<Error> find_mixed_literal(const CheckedAst& checked) {
  const Ast& ast = checked.ast;
  std::vector<bool> exempt(ast.nodes.size());
  for (ExprId id = ast.root() + 1; id-- > 0;) {
    const Expr& expr = ast[id];
    if (expr.kind == ExprKind::kCall && expr.name == "format") exempt[id] = true;
    for_each_child(expr, [&](ExprId child) { exempt[child] = exempt[id]; });
  }
  for (ExprId id = 0; id < ast.nodes.size(); ++id) {
    const Expr& expr = ast[id];
    std::optional<Error> mixed;
    if (exempt[id]) continue;
    if (expr.kind == ExprKind::kList) mixed = find_other_type(checked, expr, kItems);
    if (expr.kind == ExprKind::kMap) mixed = find_other_type(checked, expr, kKeys);
    if (expr.kind == ExprKind::kMap && !mixed) mixed = find_other_type(checked, expr, kValues);
    if (mixed) return mixed;
  }
  return {};
}

}  // namespace tidewaiter::cel
