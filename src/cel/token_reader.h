#ifndef TIDEWAITER_CEL_TOKEN_READER_H_
#define TIDEWAITER_CEL_TOKEN_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cel/lexer.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cel {

/// A cursor over the tokens of an expression that remembers the first error. After an error
/// accept() and expect() refuse everything, so that a parser unwinds by itself.
class TokenReader {
 public:
  /// `tokens` as lex() gives them: kEnd is the last, and the cursor never passes it.
  explicit TokenReader(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  const Token& peek() const { return tokens_[next_]; }
  /// The token behind peek(); kEnd again at the end.
  const Token& peek_second() const { return tokens_[at_end() ? next_ : next_ + 1]; }
  bool at_end() const { return peek().kind == TokenKind::kEnd; }
  /// Whether the next token is this operator or bracket.
  bool is(std::string_view punctuation) const;

  Token take() { return at_end() ? tokens_[next_] : tokens_[next_++]; }
  /// Takes the next token if is(punctuation).
  bool accept(std::string_view punctuation);
  /// accept(), or fails with "Expected 'punctuation' why, but found ...".
  bool expect(std::string_view punctuation, std::string_view why);
  /// Where the last taken token ends; 0 before the first.
  std::uint32_t end_of_last() const { return next_ == 0 ? 0 : tokens_[next_ - 1].span.end; }

  bool failed() const { return error_.has_value(); }
  const std::optional<Error>& error() const { return error_; }
  /// Keeps the error unless there was one before.
  void fail(Error error);
  void fail(std::string message, ByteSpan where);
  /// Fails with "Expected `what`, but found ..." at the next token.
  void fail_expected(std::string_view what);
  /// Fails with "Unexpected ... after the expression." at the next token.
  void fail_unexpected();

 private:
  std::string seen() const;

  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  std::optional<Error> error_;
};

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_TOKEN_READER_H_
