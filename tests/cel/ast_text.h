#ifndef TIDEWAITER_TESTS_CEL_AST_TEXT_H_
#define TIDEWAITER_TESTS_CEL_AST_TEXT_H_

#include <string>

#include "cel/ast.h"

namespace tidewaiter::cel::testing {

/// The tree below `id` as text with every nesting in parentheses: "(_+_ 1 a.b)".
std::string ast_text(const Ast& ast, ExprId id);
inline std::string ast_text(const Ast& ast) {
  return ast_text(ast, ast.root());
}

/// Whether `ast` keeps what parse() promises to later passes.
bool is_well_formed(const Ast& ast, std::uint32_t text_size, std::uint32_t depth);

}  // namespace tidewaiter::cel::testing

#endif  // TIDEWAITER_TESTS_CEL_AST_TEXT_H_
