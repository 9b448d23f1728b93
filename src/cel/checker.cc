#include "cel/checker.h"

#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "cel/ast_walk.h"
#include "cel/check_errors.h"
#include "cel/format_calls.h"
#include "cel/macro.h"
#include "cel/mixed_literals.h"
#include "cel/names.h"
#include "cel/operator_types.h"
#include "cel/type_solver.h"

namespace tidewaiter::cel {

namespace {

std::string_view macro_name(Comprehension kind) {
  static constexpr std::string_view kNames[] = {
      "all",    "exists",        "exists_one",   "map",
      "filter", "transformList", "transformMap", "transformMapEntry",
      "sortBy", "cel.bind",      "optMap",       "optFlatMap"};
  return kNames[static_cast<std::size_t>(kind)];
}

Type type_of(const Literal& literal) {
  static constexpr TypeKind kKinds[] = {TypeKind::kNull, TypeKind::kBool,   TypeKind::kInt,
                                        TypeKind::kUint, TypeKind::kDouble, TypeKind::kString,
                                        TypeKind::kBytes};
  return Type(kKinds[literal.index()]);
}

bool may_be_key(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool:
    case TypeKind::kInt:
    case TypeKind::kUint:
    case TypeKind::kDouble:  // Kubernetes takes them
    case TypeKind::kString:
    case TypeKind::kParam: return true;
    default: return false;
  }
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

/// Whether `function` may be called as `call` is written; says nothing about types.
bool may_apply(const Function& function, const Expr& call, const Environment& environment) {
  return function.member == call.member && function.params.size() == call.args.size() &&
         (environment.kubernetes_minor == 0 || function.since <= environment.kubernetes_minor);
}

/// Finds the type of every node, children first, in one loop.
class Checker {
 public:
  Checker(CheckedAst resolved, const Environment& environment)
      : checked_(std::move(resolved)), environment_(environment) {}

  Result<CheckedAst> run() {
    comprehension_of_range_.resize(ast().nodes.size(), kNoExpr);
    locals_.resize(ast().nodes.size());
    for (ExprId id = 0; id < ast().nodes.size(); ++id) {
      if (ast()[id].kind == ExprKind::kComprehension) {
        comprehension_of_range_[ast()[id].range] = id;
      }
    }
    for (ExprId id = 0; id < ast().nodes.size() && !error_; ++id) {
      check(id);
      const ExprId comprehension = comprehension_of_range_[id];
      if (!error_ && comprehension != kNoExpr) declare_locals(comprehension);
      // Over whatever else seemed wrong: an exhausted solver says no to everything.
      if (solver_.exhausted()) fail_too_complex(id);
    }
    if (!error_) fill_in();
    if (!error_ && environment_.homogeneous_literals) error_ = find_mixed_literal(checked_);
    if (!error_ && environment_.kubernetes_rules) error_ = find_bad_format(checked_);
    if (error_) return *std::move(error_);
    return std::move(checked_);
  }

 private:
  struct Locals {
    Type var1;
    Type var2;
  };

  const Ast& ast() const { return checked_.ast; }
  const Type& type(ExprId id) const { return checked_.types[id]; }

  void check(ExprId id) {
    const Expr& expr = ast()[id];
    switch (expr.kind) {
      case ExprKind::kLiteral: return set(id, type_of(expr.literal));
      case ExprKind::kIdent: return check_ident(id);
      case ExprKind::kSelect: return check_select(id);
      case ExprKind::kCall: return is_operator(expr.name) ? check_operator(id) : check_call(id);
      case ExprKind::kList: return check_list(id);
      case ExprKind::kMap: return check_map(id);
      case ExprKind::kStruct:
        return fail(fmt::format("'{}' is not a type whose objects can be made here; a map is "
                                "written {{'field': value}}.",
                                expr.name),
                    expr.name_span);
      case ExprKind::kComprehension: return check_comprehension(id);
    }
  }

  void check_ident(ExprId id) {
    const Name& name = checked_.names[id];
    if (name.kind == NameKind::kLocal) {
      const Locals& locals = locals_[name.slot];
      set(id, name.second ? locals.var2 : locals.var1);
    } else if (name.kind == NameKind::kUnknown) {
      fail_undeclared(id);
    }
  }

  /// Nothing is called as the identifier `id`: looks around for what was meant.
  void fail_undeclared(ExprId id) {
    std::vector<ExprId> parents(ast().nodes.size(), kNoExpr);
    for (ExprId parent = 0; parent < ast().nodes.size(); ++parent) {
      for_each_child(ast()[parent], [&](ExprId child) { parents[child] = parent; });
    }
    // The whole `a.b.c` that begins here, to compare it with qualified names.
    ExprId last = id;
    ExprId next = parents[id];
    for (; next != kNoExpr; next = parents[next]) {
      if (ast()[next].kind != ExprKind::kSelect || ast()[next].optional) break;
      last = next;
    }
    const ExprId parent = parents[id];
    if (environment_.is_prefix(ast()[id].name) && parent != kNoExpr &&
        ast()[parent].kind == ExprKind::kSelect) {
      const std::vector<std::string_view> fields = fields_of_prefix(ast()[id].name);
      error_ = undefined_field(ast()[parent], ast()[id].name, fields);
      return;
    }
    const std::string name = qualified_name(ast(), last);
    const ByteSpan where{ast()[id].name_span.begin, ast()[last].name_span.end};
    if (next != kNoExpr && ast()[next].member && ast()[next].args[0] == last) {
      const Expr& call = ast()[next];
      error_ = unknown_namespaced(name + "." + call.name, {where.begin, call.name_span.end},
                                  environment_);
    }
    for (; next != kNoExpr && !error_; next = parents[next]) {
      // The variable of a macro that was called with too few or too many arguments.
      const Expr& call = ast()[next];
      if (call.kind == ExprKind::kCall && !macro_usage(call.name).empty() &&
          environment_.functions().overloads(call.name).empty()) {
        error_ = unknown_function(call, environment_);
      }
    }
    if (!error_) error_ = undeclared_name(name, where, locals_in_scope(id), environment_);
  }

  std::vector<std::string_view> fields_of_prefix(std::string_view prefix) const {
    std::vector<std::string_view> fields;
    for (const Variable& variable : environment_.variables()) {
      const std::string_view name = variable.name;
      const bool inside = name.size() > prefix.size() && name.starts_with(prefix);
      if (inside && name[prefix.size()] == '.')
        fields.push_back(name.substr(prefix.size() + 1));
    }
    return fields;
  }

  std::vector<std::string_view> locals_in_scope(ExprId id) const {
    std::vector<std::string_view> locals;
    const std::vector<ExprId> enclosing = enclosing_comprehensions(ast());
    for (ExprId scope = enclosing[id]; scope != kNoExpr; scope = enclosing[scope]) {
      locals.push_back(ast()[scope].var1);
      if (!ast()[scope].var2.empty()) locals.push_back(ast()[scope].var2);
    }
    return locals;
  }

  void check_select(ExprId id) {
    const Expr& expr = ast()[id];
    Type operand = solver_.outer(type(expr.args[0]));
    const bool optional = operand.kind() == TypeKind::kOptional;
    if (optional) operand = solver_.outer(operand.params()[0]);
    Type field;
    switch (operand.kind()) {
      case TypeKind::kMap: field = operand.params()[1]; break;
      case TypeKind::kObject: {
        const Type* declared = field_type(operand, expr);
        if (declared == nullptr) return;
        field = *declared;
        break;
      }
      case TypeKind::kParam:
        // What has fields could be anything later on, so it must not become something else.
        solver_.assign(Type(), operand);
        break;
      case TypeKind::kDyn: break;
      default: error_ = no_fields(expr, solver_.known(operand), environment_); return;
    }
    if (expr.test_only) return set(id, Type(TypeKind::kBool));
    set(id, optional || expr.optional ? Type::optional(std::move(field)) : std::move(field));
  }

  /// The type of the field that `select` selects of an object; null after failing.
  const Type* field_type(const Type& object, const Expr& select) {
    const std::vector<Field>* fields = environment_.object_fields(object.name());
    std::vector<std::string_view> names;
    for (std::size_t i = 0; fields != nullptr && i < fields->size(); ++i) {
      if ((*fields)[i].name == select.name) return &(*fields)[i].type;
      names.push_back((*fields)[i].name);
    }
    error_ = undefined_field(select, object.name(), names);
    return nullptr;
  }

  void check_operator(ExprId id) {
    const Expr& expr = ast()[id];
    if (find_overloads(id, operator_types().overloads(expr.name))) return;
    error_ = no_operator(expr, known_arguments(expr));
  }

  void check_call(ExprId id) {
    const Expr& expr = ast()[id];
    const auto overloads = environment_.functions().overloads(expr.name);
    if (find_overloads(id, overloads)) return;
    bool known = false;
    for (const Function& function : overloads) {
      known |=
          function.member == expr.member && (environment_.kubernetes_minor == 0 ||
                                             function.since <= environment_.kubernetes_minor);
    }
    error_ = known ? no_overload(expr, known_arguments(expr), environment_)
                   : unknown_function(expr, environment_);
  }

  /// Sets the candidates and the type of call `id`; false if no overload takes the arguments.
  bool find_overloads(ExprId id, std::span<const Function> overloads) {
    const Expr& expr = ast()[id];
    std::vector<Type> arguments;
    for (const ExprId arg : expr.args) arguments.push_back(type(arg));
    std::optional<Type> result;
    for (std::uint32_t i = 0; i < overloads.size(); ++i) {
      if (!may_apply(overloads[i], expr, environment_)) continue;
      TypeSolver::Renaming renaming;
      std::vector<Type> params;
      for (const Type& param : overloads[i].params) {
        params.push_back(solver_.instantiate(param, renaming));
      }
      if (!solver_.assign(arguments, params)) continue;
      const Type returned = solver_.instantiate(overloads[i].result, renaming);
      // Several overloads that differ in their result: which it is shows at run time. Results
      // of which nothing is known differ.
      const bool same = !result || solver_.bound(*result) == solver_.bound(returned);
      result = same ? returned : Type();
      if (!is_operator(expr.name)) checked_.candidates[id].push_back(i);
    }
    if (result) set(id, *std::move(result));
    return result.has_value();
  }

  std::vector<Type> known_arguments(const Expr& expr) {
    std::vector<Type> arguments;
    for (const ExprId arg : expr.args) arguments.push_back(solver_.known(type(arg)));
    return arguments;
  }

  /// The type of item `index` of a literal: that of the value of an optional `?item`.
  std::optional<Type> item_type(const Expr& literal, std::size_t index, ExprId item) {
    if (literal.optional_items.empty() || !literal.optional_items[index]) return type(item);
    const Type value = solver_.unknown();
    if (solver_.assign(type(item), Type::optional(value))) return value;
    fail(fmt::format("What stands behind '?' needs to be optional, but it is {}.",
                     solver_.known(type(item)).to_string()),
         ast()[item].span);
    return {};
  }

  void check_list(ExprId id) {
    const Expr& expr = ast()[id];
    std::optional<Type> joined;
    for (std::size_t i = 0; i < expr.args.size(); ++i) {
      const auto item = item_type(expr, i, expr.args[i]);
      if (!item) return;
      joined = joined ? solver_.join(*joined, *item) : *item;
    }
    set(id, Type::list(joined ? *joined : solver_.unknown()));
  }

  void check_map(ExprId id) {
    const Expr& expr = ast()[id];
    std::optional<Type> keys;
    std::optional<Type> values;
    for (std::size_t i = 0; i < expr.args.size(); i += 2) {
      Type key = solver_.outer(type(expr.args[i]));
      // Other keys fail when they are evaluated; dyn also keeps types from doubling in size.
      if (!may_be_key(key.kind())) key = Type();
      const auto value = item_type(expr, i / 2, expr.args[i + 1]);
      if (!value) return;
      keys = keys ? solver_.join(*keys, key) : key;
      values = values ? solver_.join(*values, *value) : *value;
    }
    set(id, Type::map(keys ? *keys : solver_.unknown(), values ? *values : solver_.unknown()));
  }

  /// Gives the variables of comprehension `id` their types once its range has one.
  void declare_locals(ExprId id) {
    const Expr& expr = ast()[id];
    Type range = solver_.outer(type(expr.range));
    Locals& locals = locals_[id];
    const auto kind = expr.comprehension;
    if (kind == Comprehension::kBind) {
      locals.var1 = type(expr.range);
      return;
    }
    const bool on_optional =
        kind == Comprehension::kOptMap || kind == Comprehension::kOptFlatMap;
    const bool list_only = kind == Comprehension::kSortBy;
    const bool pair = !expr.var2.empty();
    if (range.kind() == TypeKind::kParam) {
      solver_.assign(Type(), range);
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
      fail(fmt::format("{}() needs {}, but it is called on a value of type {}.",
                       macro_name(kind), wanted, solver_.known(range).to_string()),
           expr.name_span);
    }
  }

  void check_comprehension(ExprId id) {
    const Expr& expr = ast()[id];
    if (expr.filter != kNoExpr && !is_condition(expr, expr.filter)) return;
    const Type body = type(expr.body);
    switch (expr.comprehension) {
      case Comprehension::kAll:
      case Comprehension::kExists:
      case Comprehension::kExistsOne:
        if (is_condition(expr, expr.body)) set(id, Type(TypeKind::kBool));
        return;
      case Comprehension::kFilter:
        if (is_condition(expr, expr.body)) set(id, Type::list(locals_[id].var1));
        return;
      case Comprehension::kMap:
      case Comprehension::kTransformList: return set(id, Type::list(body));
      case Comprehension::kTransformMap: return set(id, Type::map(locals_[id].var2, body));
      case Comprehension::kTransformMapEntry:
        return check_result(id, Type::map(solver_.unknown(), solver_.unknown()), "a map");
      case Comprehension::kOptFlatMap:
        return check_result(id, Type::optional(solver_.unknown()), "an optional value");
      case Comprehension::kOptMap: return set(id, Type::optional(body));
      case Comprehension::kBind: return set(id, body);
      case Comprehension::kSortBy: return check_sort_by(id);
    }
  }

  bool is_condition(const Expr& macro, ExprId condition) {
    if (solver_.assign(type(condition), Type(TypeKind::kBool))) return true;
    fail(fmt::format("The condition of {}() needs to be a bool, but it is {}.",
                     macro_name(macro.comprehension),
                     solver_.known(type(condition)).to_string()),
         ast()[condition].span);
    return false;
  }

  void check_result(ExprId id, const Type& wanted, std::string_view words) {
    const Expr& expr = ast()[id];
    if (solver_.assign(type(expr.body), wanted)) return set(id, wanted);
    fail(fmt::format("The result of {}() needs to be {}, but it is {}.",
                     macro_name(expr.comprehension), words,
                     solver_.known(type(expr.body)).to_string()),
         ast()[expr.body].span);
  }

  void check_sort_by(ExprId id) {
    const Expr& expr = ast()[id];
    if (has_order(solver_.outer(type(expr.body)).kind())) {
      return set(id, Type::list(locals_[id].var1));
    }
    fail(fmt::format("sortBy() cannot sort by a value of type {}.",
                     solver_.known(type(expr.body)).to_string()),
         ast()[expr.body].span);
  }

  void fill_in() {
    for (Type& found : checked_.types) found = solver_.known(found);
    if (solver_.exhausted()) fail_too_complex(ast().root());
  }

  void set(ExprId id, Type found) { checked_.types[id] = std::move(found); }

  void fail_too_complex(ExprId id) {
    error_ = Error{.code = ErrorCode::kLimitExceeded,
                   .message = "The types of the expression are too complex; split it.",
                   .where = ast()[id].span};
  }
  void fail(std::string message, ByteSpan where) {
    error_ =
        Error{.code = ErrorCode::kInvalidInput, .message = std::move(message), .where = where};
  }

  CheckedAst checked_;
  const Environment& environment_;
  TypeSolver solver_;
  std::vector<ExprId> comprehension_of_range_;
  std::vector<Locals> locals_;  ///< By the id of the comprehension.
  std::optional<Error> error_;
};

}  // namespace

Result<CheckedAst> check(Ast ast, const Environment& environment) {
  const NameTable table(environment);
  return Checker(resolve_names(std::move(ast), table), environment).run();
}

CheckedAst resolve_only(Ast ast, const Environment& environment) {
  const NameTable table(environment);
  CheckedAst resolved = resolve_names(std::move(ast), table);
  for (ExprId id = 0; id < resolved.ast.nodes.size(); ++id) {
    const Expr& expr = resolved.ast[id];
    if (resolved.names[id].kind != NameKind::kTypeName) resolved.types[id] = Type();
    if (expr.kind != ExprKind::kCall || is_operator(expr.name)) continue;
    const auto overloads = environment.functions().overloads(expr.name);
    for (std::uint32_t i = 0; i < overloads.size(); ++i) {
      if (may_apply(overloads[i], expr, environment)) resolved.candidates[id].push_back(i);
    }
  }
  return resolved;
}

}  // namespace tidewaiter::cel
