#ifndef TIDEWAITER_CEL_NAMES_H_
#define TIDEWAITER_CEL_NAMES_H_

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cel/ast.h"
#include "cel/checker.h"
#include "cel/environment.h"

namespace tidewaiter::cel {

/// The meaning of names outside comprehensions: the variables and types of an environment, and
/// its container.
class NameTable {
 public:
  /// Borrows `environment`.
  explicit NameTable(const Environment& environment);

  struct Found {
    std::string name;  ///< As declared, without a leading dot.
    Name meaning;
    Type type;  ///< Of the variable; type(T) for the name of a type T.
  };
  /// What the qualified name `a.b` stands for: of `C.D.a.b`, `C.a.b`, `a.b` (for a container
  /// `C.D`) the first that is a variable or a type; with a leading dot only `a.b` itself.
  std::optional<Found> find(std::string_view qualified) const;

  /// The name under which the function `qualified` is registered as a global function, found
  /// in the same order; empty when there is none.
  std::string find_function(std::string_view qualified) const;

  /// The full name of the message `qualified`, found in the same order; the name itself when
  /// there is none.
  std::string find_message(std::string_view qualified) const;

 private:
  std::optional<Found> find_exact(std::string_view name) const;

  const Environment& environment_;
  std::unordered_map<std::string_view, std::uint32_t> slots_;
};

/// The type that `name` is the name of, as a value in an expression ("int", "net.IP"), in
/// Kubernetes 1.`kubernetes_minor` (0: the newest).
std::optional<Type> type_named(std::string_view name, std::uint32_t kubernetes_minor);

/// Rewrites `ast` as CheckedAst says and fills `ast` and `names`; what has no meaning is
/// kUnknown. `types` holds what names alone tell: the types of variables and of type names.
CheckedAst resolve_names(Ast ast, const NameTable& table);

/// For each node, the innermost comprehension whose variables it sees; kNoExpr if none.
std::vector<ExprId> enclosing_comprehensions(const Ast& ast);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_NAMES_H_
