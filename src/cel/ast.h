#ifndef TIDEWAITER_CEL_AST_H_
#define TIDEWAITER_CEL_AST_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "tidewaiter/span.h"

namespace tidewaiter::cel {

/// Index of an expression in Ast::nodes.
using ExprId = std::uint32_t;
inline constexpr ExprId kNoExpr = 0xFFFF'FFFFU;

enum class ExprKind : std::uint8_t {
  kLiteral,        ///< `literal`.
  kIdent,          ///< `name`; a leading dot (root scope) stays in it: ".a".
  kSelect,         ///< args[0] . name; `optional` for `.?`; `test_only` for has(args[0].name).
  kCall,           ///< name(args...); `member`: args[0] is the receiver. Operators: see below.
  kList,           ///< args are the items; `optional_items` marks `?x`.
  kMap,            ///< args are key, value, key, value ...; `optional_items` marks an entry.
  kStruct,         ///< name{field: value}: fields in `fields`, values in args.
  kComprehension,  ///< A macro over a range or an optional: see Comprehension.
};

/// The operators are calls with the names of the CEL specification: "_&&_", "_||_", "!_", "-_",
/// "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in", "_+_", "_-_", "_*_", "_/_", "_%_",
/// "_?_:_", "_[_]", "_[?_]"; and of a resolved Ast "@present", has() of a field that is a
/// variable of its own ("variables.x").

/// Macros keep their meaning instead of being unrolled into a general fold, so that the
/// checker, the planner and the blame rules can treat each as what it is.
enum class Comprehension : std::uint8_t {
  kAll,
  kExists,
  kExistsOne,
  kMap,  ///< map(x, t) and map(x, p, t)
  kFilter,
  kTransformList,  ///< transformList(k, v, t), with filter: (k, v, p, t)
  kTransformMap,
  kTransformMapEntry,
  kSortBy,
  kBind,  ///< cel.bind(x, init, body): `range` is init
  kOptMap,
  kOptFlatMap,
};

struct NullLiteral {
  friend bool operator==(const NullLiteral&, const NullLiteral&) = default;
};
struct BytesLiteral {
  std::string bytes;
  friend bool operator==(const BytesLiteral&, const BytesLiteral&) = default;
};
using Literal = std::variant<NullLiteral, bool, std::int64_t, std::uint64_t, double,
                             std::string, BytesLiteral>;

/// One expression. Children always have smaller ids than their parent (post-order), so a pass
/// over an Ast is a loop, not a recursion.
struct Expr {
  ExprKind kind = ExprKind::kLiteral;
  ByteSpan span;            ///< Of the whole expression in the text.
  ByteSpan name_span = {};  ///< Of the operator, function, field or macro name: for carets.
  std::string name = {};
  Literal literal = {};
  std::vector<ExprId> args = {};
  std::vector<bool> optional_items = {};  ///< Empty when none is.
  std::vector<std::string> fields = {};
  bool member = false;
  bool optional = false;
  bool test_only = false;

  // kComprehension only.
  Comprehension comprehension = Comprehension::kAll;
  ExprId range = kNoExpr;
  std::string var1 = {};    ///< The item of a list, the value of an entry; alone: its key.
  std::string var2 = {};    ///< The index or the key; empty with one variable.
  ExprId filter = kNoExpr;  ///< The predicate of map/transform* with a filter; else kNoExpr.
  ExprId body = kNoExpr;    ///< Predicate or transform (of kTransformMapEntry: a map).
};

/// A parsed expression, macros expanded. The last node is the root.
struct Ast {
  std::vector<Expr> nodes;

  ExprId root() const { return static_cast<ExprId>(nodes.size() - 1); }
  const Expr& operator[](ExprId id) const { return nodes[id]; }
};

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_AST_H_
