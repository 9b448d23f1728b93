#include "cel/checker.h"

#include <optional>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "cel/check_errors.h"
#include "cel/checking.h"
#include "cel/comprehension_types.h"
#include "cel/format_calls.h"
#include "cel/messages.h"
#include "cel/mixed_literals.h"
#include "cel/names.h"
#include "cel/operator_types.h"
#include "cel/undeclared.h"

namespace tidewaiter::cel {

namespace {

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

/// Whether `function` may be called as `call` is written; says nothing about types.
bool may_apply(const Function& function, const Expr& call, const Environment& environment) {
  return function.member == call.member && function.params.size() == call.args.size() &&
         (environment.kubernetes_minor == 0 || function.since <= environment.kubernetes_minor);
}

/// Finds the type of every node, children first, in one loop.
class Checker {
 public:
  Checker(CheckedAst resolved, const Environment& environment)
      : environment_(environment), checking_{.checked = std::move(resolved)} {}

  Result<CheckedAst> run() {
    for (ExprId id = 0; id < ast().nodes.size() && !checking_.error; ++id) {
      check(id);
      if (!checking_.error) comprehensions_.note_range(id);
      // Over whatever else seemed wrong: an exhausted solver says no to everything.
      if (solver_.exhausted()) fail_too_complex(id);
    }
    if (!checking_.error) fill_in();
    const CheckedAst& checked = checking_.checked;
    std::optional<Error>& error = checking_.error;
    if (!error && environment_.homogeneous_literals) error = find_mixed_literal(checked);
    if (!error && environment_.kubernetes_rules) error = find_bad_format(checked);
    if (error) return *std::move(error);
    return std::move(checking_.checked);
  }

 private:
  const Ast& ast() const { return checking_.ast(); }
  const Type& type(ExprId id) const { return checking_.type(id); }
  void set(ExprId id, Type found) { checking_.set(id, std::move(found)); }
  void fail(std::string message, ByteSpan where) { checking_.fail(std::move(message), where); }

  void check(ExprId id) {
    const Expr& expr = ast()[id];
    switch (expr.kind) {
      case ExprKind::kLiteral: return set(id, type_of(expr.literal));
      case ExprKind::kIdent: return check_ident(id);
      case ExprKind::kSelect: return check_select(id);
      case ExprKind::kCall: return is_operator(expr.name) ? check_operator(id) : check_call(id);
      case ExprKind::kList: return check_list(id);
      case ExprKind::kMap: return check_map(id);
      case ExprKind::kStruct: return check_message(id);
      case ExprKind::kComprehension: return comprehensions_.check(id);
    }
  }

  void check_ident(ExprId id) {
    const Name& name = checking_.checked.names[id];
    if (name.kind == NameKind::kLocal) {
      set(id, comprehensions_.type_of(name));
    } else if (name.kind == NameKind::kUnknown) {
      checking_.error = undeclared(checking_.checked, id, environment_);
    }
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
      default: checking_.error = no_fields(expr, solver_.known(operand), environment_); return;
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
    checking_.error = undefined_field(select, object.name(), names);
    return nullptr;
  }

  void check_operator(ExprId id) {
    const Expr& expr = ast()[id];
    if (find_overloads(id, operator_types().overloads(expr.name))) return;
    checking_.error = no_operator(expr, known_arguments(expr));
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
    checking_.error = known ? no_overload(expr, known_arguments(expr), environment_)
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
      if (!is_operator(expr.name)) checking_.checked.candidates[id].push_back(i);
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

  void check_message(ExprId id) {
    const Expr& expr = ast()[id];
    const Message* const message = find_message(expr.name);
    if (message == nullptr) {
      return fail(fmt::format("'{}' is not a type whose objects can be made here; a map is "
                              "written {{'field': value}}.",
                              expr.name),
                  expr.name_span);
    }
    for (std::size_t i = 0; i < expr.args.size(); ++i) {
      const MessageField* const field = message->field(expr.fields[i]);
      if (field == nullptr) {
        return fail(fmt::format("'{}' is used with the undefined field '{}'.", expr.name,
                                expr.fields[i]),
                    ast()[expr.args[i]].span);
      }
      const auto value = item_type(expr, i, expr.args[i]);
      if (!value) return;
      if (solver_.assign(*value, field->type)) continue;
      return fail(fmt::format("The field '{}' is of type {}, but its value is {}.", field->name,
                              field->type.to_string(), solver_.known(*value).to_string()),
                  ast()[expr.args[i]].span);
    }
    set(id, message->result);
  }

  void fill_in() {
    for (Type& found : checking_.checked.types) found = solver_.known(found);
    if (solver_.exhausted()) fail_too_complex(ast().root());
  }

  void fail_too_complex(ExprId id) {
    checking_.error = Error{.code = ErrorCode::kLimitExceeded,
                            .message = "The types of the expression are too complex; split it.",
                            .where = ast()[id].span};
  }

  const Environment& environment_;
  Checking checking_;
  TypeSolver& solver_ = checking_.solver;
  ComprehensionTypes comprehensions_{checking_};
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
