#include "cel/comprehension_types.h"

#include <fmt/core.h>

namespace tidewaiter::cel {

namespace {

std::string_view macro_name(Comprehension kind) {
  static constexpr std::string_view kNames[] = {
      "all",    "exists",        "exists_one",   "map",
      "filter", "transformList", "transformMap", "transformMapEntry",
      "sortBy", "cel.bind",      "optMap",       "optFlatMap"};
  return kNames[static_cast<std::size_t>(kind)];
}

bool has_order(TypeKind kind) {
  switch (kind) {
    case TypeKind::kList:
    case TypeKind::kMap:
    case TypeKind::kNull:
    case TypeKind::kType:
    case TypeKind::kOptional:
    case TypeKind::kOpaque: return false;
    default: return true;
  }
}

}  // namespace

ComprehensionTypes::ComprehensionTypes(Checking& checking)
    : checking_(checking),
      macro_of_range_(checking.ast().nodes.size(), kNoExpr),
      locals_(checking.ast().nodes.size()) {
  for (ExprId id = 0; id < checking.ast().nodes.size(); ++id) {
    const Expr& expr = checking.ast()[id];
    if (expr.kind == ExprKind::kComprehension) macro_of_range_[expr.range] = id;
  }
}

void ComprehensionTypes::note_range(ExprId id) {
  if (macro_of_range_[id] != kNoExpr) declare(macro_of_range_[id]);
}

const Type& ComprehensionTypes::type_of(const Name& local) const {
  const Locals& locals = locals_[local.slot];
  return local.second ? locals.var2 : locals.var1;
}

void ComprehensionTypes::declare(ExprId id) {
  const Expr& expr = checking_.ast()[id];
  Type range = checking_.solver.outer(checking_.type(expr.range));
  Locals& locals = locals_[id];
  const auto kind = expr.comprehension;
  if (kind == Comprehension::kBind) {
    locals.var1 = checking_.type(expr.range);
    return;
  }
  const bool on_optional = kind == Comprehension::kOptMap || kind == Comprehension::kOptFlatMap;
  const bool list_only = kind == Comprehension::kSortBy;
  const bool pair = !expr.var2.empty();
  if (range.kind() == TypeKind::kParam) {
    checking_.solver.assign(Type(), range);
    range = Type();
  }
  if (range.kind() == TypeKind::kDyn) return;
  if (on_optional && range.kind() == TypeKind::kOptional) {
    locals.var1 = range.params()[0];
  } else if (!on_optional && range.kind() == TypeKind::kList) {
    locals = {range.params()[0], Type(TypeKind::kInt)};
  } else if (!on_optional && !list_only && range.kind() == TypeKind::kMap) {
    locals = {range.params()[pair ? 1 : 0], range.params()[0]};
  } else {
    const std::string_view wanted = on_optional ? "an optional value"
                                    : list_only ? "a list"
                                                : "a list or a map";
    checking_.fail(
        fmt::format("{}() needs {}, but it is called on a value of type {}.", macro_name(kind),
                    wanted, checking_.solver.known(range).to_string()),
        expr.name_span);
  }
}

void ComprehensionTypes::check(ExprId id) {
  const Expr& expr = checking_.ast()[id];
  if (expr.filter != kNoExpr && !is_condition(expr, expr.filter)) return;
  const Type body = checking_.type(expr.body);
  switch (expr.comprehension) {
    case Comprehension::kAll:
    case Comprehension::kExists:
    case Comprehension::kExistsOne:
      if (is_condition(expr, expr.body)) checking_.set(id, Type(TypeKind::kBool));
      return;
    case Comprehension::kFilter:
      if (is_condition(expr, expr.body)) checking_.set(id, Type::list(locals_[id].var1));
      return;
    case Comprehension::kMap:
    case Comprehension::kTransformList: return checking_.set(id, Type::list(body));
    case Comprehension::kTransformMap:
      return checking_.set(id, Type::map(locals_[id].var2, body));
    case Comprehension::kTransformMapEntry:
      return check_result(id, Type::map(checking_.solver.unknown(), checking_.solver.unknown()),
                          "a map");
    case Comprehension::kOptFlatMap:
      return check_result(id, Type::optional(checking_.solver.unknown()), "an optional value");
    case Comprehension::kOptMap: return checking_.set(id, Type::optional(body));
    case Comprehension::kBind: return checking_.set(id, body);
    case Comprehension::kSortBy: return check_sort_by(id);
  }
}

bool ComprehensionTypes::is_condition(const Expr& macro, ExprId condition) {
  if (checking_.solver.assign(checking_.type(condition), Type(TypeKind::kBool))) return true;
  checking_.fail(fmt::format("The condition of {}() needs to be a bool, but it is {}.",
                             macro_name(macro.comprehension), checking_.text_of(condition)),
                 checking_.ast()[condition].span);
  return false;
}

void ComprehensionTypes::check_result(ExprId id, const Type& wanted, std::string_view words) {
  const Expr& expr = checking_.ast()[id];
  if (checking_.solver.assign(checking_.type(expr.body), wanted))
    return checking_.set(id, wanted);
  checking_.fail(
      fmt::format("The result of {}() needs to be {}, but it is {}.",
                  macro_name(expr.comprehension), words, checking_.text_of(expr.body)),
      checking_.ast()[expr.body].span);
}

void ComprehensionTypes::check_sort_by(ExprId id) {
  const Expr& expr = checking_.ast()[id];
  // Of something unknown, cel-go knows nothing of the result either.
  if (checking_.solver.outer(checking_.type(expr.range)).kind() == TypeKind::kDyn) {
    return checking_.set(id, Type());
  }
  if (has_order(checking_.solver.outer(checking_.type(expr.body)).kind())) {
    return checking_.set(id, Type::list(locals_[id].var1));
  }
  checking_.fail(
      fmt::format("sortBy() cannot sort by a value of type {}.", checking_.text_of(expr.body)),
      checking_.ast()[expr.body].span);
}

}  // namespace tidewaiter::cel
