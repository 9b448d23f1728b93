#ifndef TIDEWAITER_CEL_LITERAL_H_
#define TIDEWAITER_CEL_LITERAL_H_

#include "cel/ast.h"
#include "cel/lexer.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cel {

/// The value of a literal token (kInt to kNull): numbers converted, strings and bytes decoded
/// by the escapes of the CEL language definition, line ends inside them made LF as cel-go does.
/// `negative` is for a number behind a minus, so that -9223372036854775808 is one. Fails with
/// kInvalidInput on a number that does not fit and on a wrong escape; `where` is its place.
Result<Literal> read_literal(const Token& token, bool negative = false);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_LITERAL_H_
