#ifndef TIDEWAITER_CEL_PARSER_H_
#define TIDEWAITER_CEL_PARSER_H_

#include <string_view>

#include "cel/ast.h"
#include "cel/environment.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cel {

/// Parses one expression by the grammar of the CEL language definition (langdef.md, Syntax) and
/// expands the macros. Copies what it needs: the Ast does not borrow from `text`.
///
/// Guarantees for every later pass: children have smaller ids than their parent, every node but
/// the root has exactly one parent, the range of a comprehension comes before its filter and
/// that before its body, and no path from the root is longer than `limits.depth` nodes (chains
/// of && and || are balanced, so their length costs only its logarithm).
///
/// Fails with kInvalidInput on a syntax error and on text that is not UTF-8, with
/// kLimitExceeded on more than `limits.code_points` or a deeper tree; `where` lies in `text`.
Result<Ast> parse(std::string_view text, const CelLimits& limits,
                  const MacroOptions& macros = {});

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_PARSER_H_
