#ifndef TIDEWAITER_CEL_GRAMMAR_H_
#define TIDEWAITER_CEL_GRAMMAR_H_

#include <array>
#include <cstdint>
#include <string_view>

// The tables of the grammar (langdef.md, Syntax).

namespace tidewaiter::cel {

/// An operator between two operands.
struct BinaryOperator {
  std::string_view text;
  std::string_view name;  ///< As ast.h names the call.
  int level;              ///< How tightly it binds.
};

inline constexpr std::array kBinaryOperators = {
    BinaryOperator{"||", "_||_", 1}, BinaryOperator{"&&", "_&&_", 2},
    BinaryOperator{"==", "_==_", 3}, BinaryOperator{"!=", "_!=_", 3},
    BinaryOperator{"<", "_<_", 3},   BinaryOperator{"<=", "_<=_", 3},
    BinaryOperator{">", "_>_", 3},   BinaryOperator{">=", "_>=_", 3},
    BinaryOperator{"in", "@in", 3},  BinaryOperator{"+", "_+_", 4},
    BinaryOperator{"-", "_-_", 4},   BinaryOperator{"*", "_*_", 5},
    BinaryOperator{"/", "_/_", 5},   BinaryOperator{"%", "_%_", 5},
};
/// || and && bind least.
inline constexpr int kLastLogicalLevel = 2;
inline constexpr int kTightestLevel = 5;

/// Words that are no names (language definition, RESERVED); fields and functions of a receiver
/// may be called so.
inline constexpr std::array<std::string_view, 17> kReserved = {
    "as",  "break", "const",     "continue", "else",   "for", "function", "if",   "import",
    "let", "loop",  "namespace", "package",  "return", "var", "void",     "while"};

/// The Kubernetes minor from which on `.?x`, `[?x]` and `?x` in literals are read.
inline constexpr std::uint32_t kOptionalsSince = 28;

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_GRAMMAR_H_
