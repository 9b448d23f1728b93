#include "cel/ast_text.h"

#include <algorithm>
#include <vector>

#include "cel/ast_walk.h"

namespace tidewaiter::cel::testing {

namespace {

struct LiteralText {
  std::string operator()(NullLiteral) const { return "null"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(std::uint64_t value) const { return std::to_string(value) + "u"; }
  std::string operator()(double value) const { return std::to_string(value); }
  std::string operator()(const std::string& value) const { return "'" + value + "'"; }
  std::string operator()(const BytesLiteral& value) const { return "b'" + value.bytes + "'"; }
};

constexpr const char* kComprehensions[] = {
    "all",    "exists",        "exists_one",   "map",
    "filter", "transformList", "transformMap", "transformMapEntry",
    "sortBy", "bind",          "optMap",       "optFlatMap"};

std::string head(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::kCall: return (expr.member ? "." : "") + expr.name;
    case ExprKind::kList: return "list";
    case ExprKind::kMap: return "map";
    case ExprKind::kStruct: return "struct " + expr.name;
    default: break;
  }
  std::string text = kComprehensions[static_cast<std::size_t>(expr.comprehension)];
  text += "[" + expr.var1;
  if (!expr.var2.empty()) text += "," + expr.var2;
  return text + "]";
}

}  // namespace

std::string ast_text(const Ast& ast, ExprId id) {
  const Expr& expr = ast[id];
  if (expr.kind == ExprKind::kLiteral) return std::visit(LiteralText{}, expr.literal);
  if (expr.kind == ExprKind::kIdent) return expr.name;
  if (expr.kind == ExprKind::kSelect) {
    const std::string text =
        ast_text(ast, expr.args[0]) + (expr.optional ? ".?" : ".") + expr.name;
    return expr.test_only ? "has(" + text + ")" : text;
  }
  std::string text = "(" + head(expr);
  std::size_t i = 0;
  for_each_child(expr, [&](ExprId child) {
    const std::size_t item = expr.kind == ExprKind::kMap ? i / 2 : i;
    const bool marked = item < expr.optional_items.size() && expr.optional_items[item] &&
                        (expr.kind != ExprKind::kMap || i % 2 == 0);
    text += marked ? " ?" : " ";
    if (expr.kind == ExprKind::kStruct) text += expr.fields[i] + ":";
    text += ast_text(ast, child);
    ++i;
  });
  return text + ")";
}

bool is_well_formed(const Ast& ast, std::uint32_t text_size, std::uint32_t depth) {
  std::vector<int> parents(ast.nodes.size());
  std::vector<std::uint32_t> depths(ast.nodes.size(), 1);
  bool good = !ast.nodes.empty();
  for (ExprId id = 0; id < ast.nodes.size(); ++id) {
    const Expr& expr = ast[id];
    good &= expr.span.begin <= expr.span.end && expr.span.end <= text_size &&
            expr.name_span.begin <= expr.name_span.end && expr.name_span.end <= text_size;
    for_each_child(expr, [&](ExprId child) {
      good &= child < id;
      ++parents[child];
      depths[id] = std::max(depths[id], depths[child] + 1);
    });
    good &= depths[id] <= depth;
    if (expr.kind != ExprKind::kComprehension) continue;
    good &= expr.range < expr.body;
    if (expr.filter != kNoExpr) good &= expr.range < expr.filter && expr.filter < expr.body;
  }
  for (ExprId id = 0; id < ast.root(); ++id) good &= parents[id] == 1;
  return good;
}

}  // namespace tidewaiter::cel::testing
