#include "cel/undeclared.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/ast_walk.h"
#include "cel/check_errors.h"
#include "cel/macro.h"
#include "cel/names.h"

namespace tidewaiter::cel {

namespace {

std::vector<ExprId> parents_in(const Ast& ast) {
  std::vector<ExprId> parents(ast.nodes.size(), kNoExpr);
  for (ExprId parent = 0; parent < ast.nodes.size(); ++parent) {
    for_each_child(ast[parent], [&](ExprId child) { parents[child] = parent; });
  }
  return parents;
}

std::vector<std::string_view> fields_of_prefix(std::string_view prefix,
                                               const Environment& environment) {
  std::vector<std::string_view> fields;
  for (const Variable& variable : environment.variables()) {
    const std::string_view name = variable.name;
    const bool inside = name.size() > prefix.size() && name.starts_with(prefix);
    if (inside && name[prefix.size()] == '.') fields.push_back(name.substr(prefix.size() + 1));
  }
  return fields;
}

std::vector<std::string_view> locals_in_scope(const Ast& ast, ExprId id) {
  std::vector<std::string_view> locals;
  const std::vector<ExprId> enclosing = enclosing_comprehensions(ast);
  for (ExprId scope = enclosing[id]; scope != kNoExpr; scope = enclosing[scope]) {
    locals.push_back(ast[scope].var1);
    if (!ast[scope].var2.empty()) locals.push_back(ast[scope].var2);
  }
  return locals;
}

/// The error of a macro's call with a wrong number of arguments, from `first` upward.
std::optional<Error> misused_macro(const Ast& ast, ExprId first,
                                   const std::vector<ExprId>& parents,
                                   const Environment& environment) {
  for (ExprId id = first; id != kNoExpr; id = parents[id]) {
    const Expr& call = ast[id];
    if (call.kind == ExprKind::kCall && !macro_usage(call.name).empty() &&
        environment.functions().overloads(call.name).empty()) {
      return unknown_function(call, environment);
    }
  }
  return {};
}

}  // namespace

Error undeclared(const CheckedAst& checked, ExprId id, const Environment& environment) {
  const Ast& ast = checked.ast;
  const std::vector<ExprId> parents = parents_in(ast);
  const ExprId parent = parents[id];
  if (environment.is_prefix(ast[id].name) && parent != kNoExpr &&
      ast[parent].kind == ExprKind::kSelect) {
    const auto fields = fields_of_prefix(ast[id].name, environment);
    return undefined_field(ast[parent], ast[id].name, fields);
  }
  // The whole `a.b.c` that begins here, to compare it with qualified names.
  ExprId last = id;
  ExprId next = parent;
  for (; next != kNoExpr; next = parents[next]) {
    if (ast[next].kind != ExprKind::kSelect || ast[next].optional) break;
    last = next;
  }
  const std::string name = qualified_name(ast, last);
  const ByteSpan where{ast[id].name_span.begin, ast[last].name_span.end};
  std::optional<Error> error;
  if (next != kNoExpr && ast[next].member && ast[next].args[0] == last) {
    const Expr& call = ast[next];
    error = unknown_namespaced(name + "." + call.name, {where.begin, call.name_span.end},
                               environment);
  }
  if (!error) error = misused_macro(ast, next, parents, environment);
  if (error) return *std::move(error);
  return undeclared_name(name, where, locals_in_scope(ast, id), environment);
}

}  // namespace tidewaiter::cel
