#ifndef TIDEWAITER_CEL_CHECKER_H_
#define TIDEWAITER_CEL_CHECKER_H_

#include <cstdint>
#include <vector>

#include "cel/ast.h"
#include "cel/environment.h"
#include "cel/type.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cel {

enum class NameKind : std::uint8_t {
  kNone,      ///< Not a kIdent.
  kVariable,  ///< A variable of the environment.
  kLocal,     ///< A variable of a comprehension.
  kTypeName,  ///< A type as a value; CheckedAst::types has `type(T)`, T is the type named.
  kUnknown,   ///< Only in a resolved, unchecked Ast: nothing has that name.
};

/// What a kIdent stands for.
struct Name {
  NameKind kind = NameKind::kNone;
  bool second = false;     ///< kLocal: var2 of the comprehension, not var1.
  std::uint32_t slot = 0;  ///< kVariable: Environment's slot. kLocal: the comprehension's id.
};

/// An expression whose names are resolved. The Ast is rewritten: a qualified name that is a
/// variable or a type (`params.max`, `net.IP`) is one kIdent, and a call of a namespaced
/// function (`strings.quote(x)`) is a kCall with the qualified name, without a receiver. The
/// guarantees of parse() still hold. The vectors are indexed by ExprId.
struct CheckedAst {
  Ast ast;
  std::vector<Type> types;  ///< The static types; all dyn (type names excepted) if unchecked.
  std::vector<Name> names;
  /// For each kCall that is no operator: indexes into FunctionRegistry::overloads(name) of the
  /// overloads that may apply, in order; never empty after check(). Operators (ast.h) are not
  /// in the registry: the checker knows their types, the planner what they do.
  std::vector<std::vector<std::uint32_t>> candidates;

  const Type& result_type() const { return types[ast.root()]; }
};

/// Resolves names by the CEL language definition (Name Resolution) and checks types. Fails with
/// kInvalidInput and a sentence that says what to write instead; `where` lies in the text.
Result<CheckedAst> check(Ast ast, const Environment& environment);

/// Resolves names without looking at types, for evaluation without checking: what has no
/// meaning is kUnknown or has no candidates, and fails only when it is evaluated.
CheckedAst resolve_only(Ast ast, const Environment& environment);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_CHECKER_H_
