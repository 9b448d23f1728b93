#include "cel/macro.h"

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include <fmt/core.h>

namespace tidewaiter::cel {

namespace {

/// A macro called on a receiver: receiver.name(variables..., [filter,] body).
struct Macro {
  std::string_view name;
  std::size_t variables;
  bool filter;
  Comprehension meaning;
  std::uint32_t since;  ///< Kubernetes minor.

  std::size_t arguments() const { return variables + (filter ? 2 : 1); }
};

constexpr std::array kMacros = {
    Macro{"all", 1, false, Comprehension::kAll, 0},
    Macro{"all", 2, false, Comprehension::kAll, 32},
    Macro{"exists", 1, false, Comprehension::kExists, 0},
    Macro{"exists", 2, false, Comprehension::kExists, 32},
    Macro{"exists_one", 1, false, Comprehension::kExistsOne, 0},
    Macro{"exists_one", 2, false, Comprehension::kExistsOne, 32},
    Macro{"existsOne", 2, false, Comprehension::kExistsOne, 32},
    Macro{"map", 1, false, Comprehension::kMap, 0},
    Macro{"map", 1, true, Comprehension::kMap, 0},
    Macro{"filter", 1, false, Comprehension::kFilter, 0},
    Macro{"transformList", 2, false, Comprehension::kTransformList, 32},
    Macro{"transformList", 2, true, Comprehension::kTransformList, 32},
    Macro{"transformMap", 2, false, Comprehension::kTransformMap, 32},
    Macro{"transformMap", 2, true, Comprehension::kTransformMap, 32},
    Macro{"transformMapEntry", 2, false, Comprehension::kTransformMapEntry, 32},
    Macro{"transformMapEntry", 2, true, Comprehension::kTransformMapEntry, 32},
    Macro{"sortBy", 1, false, Comprehension::kSortBy, 34},
    Macro{"optMap", 1, false, Comprehension::kOptMap, 28},
    Macro{"optFlatMap", 1, false, Comprehension::kOptFlatMap, 28},
};

struct Usage {
  std::string_view name;
  std::string_view text;
};

constexpr std::array kUsages = {
    Usage{"has", "has(value.field)"},
    Usage{"all", "list.all(x, condition)"},
    Usage{"exists", "list.exists(x, condition)"},
    Usage{"exists_one", "list.exists_one(x, condition)"},
    Usage{"existsOne", "list.existsOne(i, x, condition)"},
    Usage{"map", "list.map(x, result)"},
    Usage{"filter", "list.filter(x, condition)"},
    Usage{"transformList", "map.transformList(key, value, result)"},
    Usage{"transformMap", "map.transformMap(key, value, result)"},
    Usage{"transformMapEntry", "map.transformMapEntry(key, value, {newKey: newValue})"},
    Usage{"sortBy", "list.sortBy(x, x.field)"},
    Usage{"optMap", "optional.optMap(x, result)"},
    Usage{"optFlatMap", "optional.optFlatMap(x, optionalResult)"},
    Usage{"bind", "cel.bind(name, value, result)"},
};

Error fail(std::string message, ByteSpan where) {
  return Error{.code = ErrorCode::kInvalidInput, .message = std::move(message), .where = where};
}

/// The name of the variable that argument `id` declares.
Result<std::string> variable_name(const Ast& ast, ExprId id, std::string_view macro) {
  const Expr& expr = ast[id];
  if (expr.kind != ExprKind::kIdent || expr.name.starts_with('.')) {
    return fail(fmt::format("{}() needs the name of a variable here, for example 'x'.", macro),
                expr.span);
  }
  if (expr.name == "__result__") {
    return fail("'__result__' cannot be the name of a variable: macros use it themselves.",
                expr.span);
  }
  return expr.name;
}

Result<void> expand_has(Ast& ast, Expr& call) {
  const Expr& select = ast[call.args[0]];
  if (select.kind != ExprKind::kSelect || select.optional || select.test_only) {
    return fail("has() needs a field, for example 'has(object.spec)'.", select.span);
  }
  const ByteSpan whole = call.span;
  Expr test = select;  // the select's own node is dropped later
  test.test_only = true;
  test.span = whole;
  call = std::move(test);
  return {};
}

Result<void> expand_bind(Ast& ast, Expr& call) {
  auto variable = variable_name(ast, call.args[1], "cel.bind");
  if (!variable) return variable.error();
  call.kind = ExprKind::kComprehension;
  call.comprehension = Comprehension::kBind;
  call.var1 = *std::move(variable);
  call.range = call.args[2];
  call.body = call.args[3];
  call.args.clear();
  call.member = false;
  return {};
}

Result<void> expand_comprehension(Ast& ast, Expr& call, const Macro& macro) {
  auto first = variable_name(ast, call.args[1], macro.name);
  if (!first) return first.error();
  call.var1 = *std::move(first);
  if (macro.variables == 2) {
    // The language writes the index or key first; the Ast keeps the element in var1.
    auto second = variable_name(ast, call.args[2], macro.name);
    if (!second) return second.error();
    if (*second == call.var1) {
      return fail(fmt::format("The variables of {}() need different names.", macro.name),
                  ast[call.args[2]].span);
    }
    call.var2 = std::exchange(call.var1, *std::move(second));
  }
  call.kind = ExprKind::kComprehension;
  call.comprehension = macro.meaning;
  call.range = call.args[0];
  if (macro.filter) call.filter = call.args[1 + macro.variables];
  call.body = call.args.back();
  call.args.clear();
  call.member = false;
  return {};
}

}  // namespace

Result<void> expand_macro(Ast& ast, Expr& call, const MacroOptions& options) {
  if (!options.enabled) return {};
  if (!call.member) {
    const bool has = call.name == "has" && call.args.size() == 1;
    return has ? expand_has(ast, call) : Result<void>{};
  }
  const Expr& receiver = ast[call.args[0]];
  if (options.bind && call.name == "bind" && call.args.size() == 4 &&
      receiver.kind == ExprKind::kIdent && receiver.name == "cel") {
    return expand_bind(ast, call);
  }
  for (const Macro& macro : kMacros) {
    const bool known = options.kubernetes_minor == 0 || macro.since <= options.kubernetes_minor;
    if (known && macro.name == call.name && macro.arguments() + 1 == call.args.size()) {
      return expand_comprehension(ast, call, macro);
    }
  }
  return {};
}

std::vector<std::string_view> macro_names() {
  std::vector<std::string_view> names;
  for (const Usage& usage : kUsages) names.push_back(usage.name);
  return names;
}

std::string_view macro_usage(std::string_view name) {
  for (const Usage& usage : kUsages) {
    if (usage.name == name) return usage.text;
  }
  return {};
}

}  // namespace tidewaiter::cel
