#ifndef TIDEWAITER_CEL_LEXER_H_
#define TIDEWAITER_CEL_LEXER_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "tidewaiter/result.h"
#include "tidewaiter/span.h"

namespace tidewaiter::cel {

enum class TokenKind : std::uint8_t {
  kEnd,
  kIdentifier,  ///< Reserved words too; true, false, null and in are not identifiers.
  kQuoted,      ///< `a-b`, with its backticks.
  kInt,
  kUint,
  kDouble,
  kString,
  kBytes,
  kTrue,
  kFalse,
  kNull,
  kPunctuation,  ///< An operator or bracket, or `in`: Token::text says which.
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  ByteSpan span;
  std::string_view text;  ///< The bytes of `span`, borrowed from the expression.
};

/// Splits an expression into tokens, the last of which is kEnd, by the lexis of the CEL
/// language definition. Blanks and comments are left out. Fails with kInvalidInput on what is
/// no token and on text that is not UTF-8, with kLimitExceeded on more than `code_points` of
/// them. Literals are only delimited here; literal.h reads their values.
Result<std::vector<Token>> lex(std::string_view text, std::uint32_t code_points);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_LEXER_H_
