#include "cel/names.h"

#include <array>
#include <utility>

#include "cel/ast_walk.h"
#include "cel/grammar.h"
#include "cel/messages.h"

namespace tidewaiter::cel {

namespace {

/// Calls `visit(candidate)` for each name that `qualified` may mean in `container`, the most
/// specific first, until it returns true.
template <class Visit>
void for_each_candidate(std::string_view qualified, std::string_view container, Visit&& visit) {
  if (qualified.starts_with('.')) {
    visit(qualified.substr(1));
    return;
  }
  while (!container.empty()) {
    const std::string candidate = std::string(container) + "." + std::string(qualified);
    if (visit(std::string_view(candidate))) return;
    const auto dot = container.rfind('.');
    container = dot == std::string_view::npos ? std::string_view{} : container.substr(0, dot);
  }
  visit(qualified);
}

struct TypeName {
  std::string_view name;
  std::uint32_t since = 0;  ///< Kubernetes minor; 0 = always.
};

// The types that Kubernetes declares by name; those of quantities, URLs and versions are none.
constexpr std::array<TypeName, 15> kTypeNames = {{{"bool"},
                                                  {"int"},
                                                  {"uint"},
                                                  {"double"},
                                                  {"string"},
                                                  {"bytes"},
                                                  {"list"},
                                                  {"map"},
                                                  {"type"},
                                                  {"null_type"},
                                                  {"optional_type", kOptionalsSince},
                                                  {"google.protobuf.Duration"},
                                                  {"google.protobuf.Timestamp"},
                                                  {"net.IP", 30},
                                                  {"net.CIDR", 30}}};

/// Resolves the names of one expression. All passes are loops over the nodes.
class Resolver {
 public:
  Resolver(Ast ast, const NameTable& table) : ast_(std::move(ast)), table_(table) {}

  CheckedAst run() {
    enclosing_ = enclosing_comprehensions(ast_);
    find_roots();
    names_.resize(ast_.nodes.size());
    types_.resize(ast_.nodes.size());
    done_.resize(ast_.nodes.size());
    // From the root down, so that the longest name is tried first.
    for (ExprId id = ast_.root() + 1; id-- > 0;) {
      if (done_[id]) continue;
      if (ast_[id].kind == ExprKind::kCall) resolve_call(id);
      if (ast_[id].kind == ExprKind::kStruct) {
        ast_.nodes[id].name = table_.find_message(ast_[id].name);
      }
      if (ast_[id].test_only || ast_[id].optional) resolve_test(id);
      if (roots_[id] != kNoExpr) resolve_name(id);
    }
    return finish();
  }

 private:
  /// roots_[id]: the kIdent that the qualified name `id` begins with; kNoExpr for other nodes.
  void find_roots() {
    roots_.resize(ast_.nodes.size(), kNoExpr);
    for (ExprId id = 0; id < ast_.nodes.size(); ++id) {
      const Expr& expr = ast_[id];
      if (expr.kind == ExprKind::kIdent) roots_[id] = id;
      const bool plain = expr.kind == ExprKind::kSelect && !expr.optional && !expr.test_only;
      if (plain) roots_[id] = roots_[expr.args[0]];
    }
  }

  /// What the identifier `id` means as a variable of a comprehension, if it is one.
  std::optional<Name> find_local(ExprId id) const {
    const std::string& name = ast_[id].name;
    ExprId scope = enclosing_[id];
    for (; scope != kNoExpr; scope = enclosing_[scope]) {
      const Expr& comprehension = ast_[scope];
      if (comprehension.var1 == name) return Name{NameKind::kLocal, false, scope};
      if (comprehension.var2 == name) return Name{NameKind::kLocal, true, scope};
    }
    return {};
  }

  /// A call on a receiver may be the call of a namespaced function: `strings.quote(x)`.
  void resolve_call(ExprId id) {
    Expr& call = ast_.nodes[id];
    if (!call.member) {
      const std::string name = table_.find_function(call.name);
      if (!name.empty()) call.name = name;
      return;
    }
    const ExprId receiver = call.args[0];
    const ExprId root = roots_[receiver];
    if (root == kNoExpr) return;
    // Also where a variable of a macro has the name of the namespace: cel-go asks in this
    // order.
    std::string name = table_.find_function(qualified_name(ast_, receiver) + "." + call.name);
    if (name.empty()) return;
    call.name = std::move(name);
    call.name_span.begin = ast_[root].span.begin;
    call.member = false;
    call.args.erase(call.args.begin());
    for (ExprId dead = receiver; dead != root; dead = ast_[dead].args[0]) done_[dead] = true;
    done_[root] = true;
  }

  /// `has(params.max)` or `params.?max` where `params.max` is a variable and nothing is called
  /// `params`: what looks like a field is asked for as the variable.
  void resolve_test(ExprId id) {
    const ExprId operand = ast_[id].args[0];
    const ExprId root = roots_[operand];
    if (root == kNoExpr || find_local(root)) return;
    const auto found = table_.find(qualified_name(ast_, operand) + "." + ast_[id].name);
    if (!found || found->meaning.kind != NameKind::kVariable) return;
    for (ExprId prefix = operand;; prefix = ast_[prefix].args[0]) {
      if (table_.find(qualified_name(ast_, prefix))) return;
      if (prefix == root) break;
    }
    const std::string_view function = ast_[id].test_only ? "@present" : "optional.of";
    make_name(operand, *found);
    Expr& test = ast_.nodes[id];
    test = Expr{.kind = ExprKind::kCall,
                .span = test.span,
                .name_span = test.name_span,
                .name = std::string(function),
                .args = {operand}};
  }

  void resolve_name(ExprId id) {
    const ExprId root = roots_[id];
    if (const auto local = find_local(root)) {
      names_[root] = *local;
      finish_chain(id);
      return;
    }
    const auto found = table_.find(qualified_name(ast_, id));
    if (!found) {
      // A shorter prefix may have a meaning: the operand is tried in its turn.
      if (id == root) names_[id].kind = NameKind::kUnknown;
      return;
    }
    make_name(id, *found);
  }

  /// Makes the chain of selections `id` the one name that it stands for.
  void make_name(ExprId id, const NameTable::Found& found) {
    const ExprId root = roots_[id];
    finish_chain(id);
    Expr& expr = ast_.nodes[id];
    expr.kind = ExprKind::kIdent;
    expr.name = found.name;
    expr.name_span = {ast_[root].name_span.begin, expr.name_span.end};
    expr.args.clear();
    names_[id] = found.meaning;
    types_[id] = found.type;
  }

  void finish_chain(ExprId id) {
    const ExprId root = roots_[id];
    while (id != root) {
      done_[id] = true;
      id = ast_[id].args[0];
    }
    done_[root] = true;
  }

  CheckedAst finish() {
    const std::vector<ExprId> renumbered = compact(ast_, ast_.root());
    CheckedAst result{.ast = std::move(ast_), .types = {}, .names = {}, .candidates = {}};
    result.types.resize(result.ast.nodes.size());
    result.names.resize(result.ast.nodes.size());
    result.candidates.resize(result.ast.nodes.size());
    for (ExprId old = 0; old < renumbered.size(); ++old) {
      const ExprId id = renumbered[old];
      if (id == kNoExpr) continue;
      result.types[id] = std::move(types_[old]);
      result.names[id] = names_[old];
      Name& name = result.names[id];
      if (name.kind == NameKind::kLocal) name.slot = renumbered[name.slot];
    }
    return result;
  }

  Ast ast_;
  const NameTable& table_;
  std::vector<ExprId> enclosing_;
  std::vector<ExprId> roots_;
  std::vector<Name> names_;
  std::vector<Type> types_;
  std::vector<bool> done_;
};

}  // namespace

std::optional<Type> type_named(std::string_view name, std::uint32_t kubernetes_minor) {
  for (const TypeName& known : kTypeNames) {
    if (known.name != name) continue;
    if (kubernetes_minor != 0 && known.since > kubernetes_minor) return {};
    return *Type::parse(name);
  }
  return {};
}

NameTable::NameTable(const Environment& environment) : environment_(environment) {
  const auto& variables = environment.variables();
  slots_.reserve(variables.size());
  for (std::uint32_t slot = 0; slot < variables.size(); ++slot) {
    slots_[variables[slot].name] = slot;
  }
}

std::optional<NameTable::Found> NameTable::find_exact(std::string_view name) const {
  if (const auto slot = slots_.find(name); slot != slots_.end()) {
    return Found{.name = std::string(name),
                 .meaning = {NameKind::kVariable, false, slot->second},
                 .type = environment_.variables()[slot->second].type};
  }
  if (auto type = type_named(name, environment_.kubernetes_minor)) {
    return Found{.name = std::string(name),
                 .meaning = {NameKind::kTypeName, false, 0},
                 .type = Type(TypeKind::kType, {}, {*std::move(type)})};
  }
  return {};
}

std::optional<NameTable::Found> NameTable::find(std::string_view qualified) const {
  std::optional<Found> found;
  for_each_candidate(qualified, environment_.container, [&](std::string_view candidate) {
    found = find_exact(candidate);
    return found.has_value();
  });
  return found;
}

std::string NameTable::find_function(std::string_view qualified) const {
  std::string found;
  for_each_candidate(qualified, environment_.container, [&](std::string_view candidate) {
    for (const Function& function : environment_.functions().overloads(candidate)) {
      if (!function.member) found = candidate;
    }
    return !found.empty();
  });
  return found;
}

std::string NameTable::find_message(std::string_view qualified) const {
  std::string found(qualified);
  for_each_candidate(qualified, environment_.container, [&](std::string_view candidate) {
    if (cel::find_message(candidate) == nullptr) return false;
    found = candidate;
    return true;
  });
  return found;
}

CheckedAst resolve_names(Ast ast, const NameTable& table) {
  return Resolver(std::move(ast), table).run();
}

std::vector<ExprId> enclosing_comprehensions(const Ast& ast) {
  std::vector<ExprId> enclosing(ast.nodes.size(), kNoExpr);
  for (ExprId id = ast.root() + 1; id-- > 0;) {
    const Expr& expr = ast[id];
    for_each_child(expr, [&](ExprId child) { enclosing[child] = enclosing[id]; });
    if (expr.kind != ExprKind::kComprehension) continue;
    enclosing[expr.body] = id;
    if (expr.filter != kNoExpr) enclosing[expr.filter] = id;
  }
  return enclosing;
}

}  // namespace tidewaiter::cel
