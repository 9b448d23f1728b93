#include "cel/token_reader.h"

#include <array>

#include <fmt/core.h>

namespace tidewaiter::cel {

namespace {

struct WordHint {
  std::string_view word;
  std::string_view advice;
};

// Operators of other languages, which are names here.
constexpr std::array kWordHints = {
    WordHint{"and", " Write '&&' for a logical and."},
    WordHint{"or", " Write '||' for a logical or."},
    WordHint{"is", " Write '==' to compare."},
    WordHint{"matches", " Write 'text.matches(pattern)'."},
};

}  // namespace

bool TokenReader::is(std::string_view punctuation) const {
  return peek().kind == TokenKind::kPunctuation && peek().text == punctuation;
}

bool TokenReader::accept(std::string_view punctuation) {
  if (error_ || !is(punctuation)) return false;
  ++next_;
  return true;
}

bool TokenReader::expect(std::string_view punctuation, std::string_view why) {
  if (accept(punctuation)) return true;
  fail_expected(fmt::format("'{}' {}", punctuation, why));
  return false;
}

void TokenReader::fail(Error error) {
  if (!error_) error_ = std::move(error);
}

void TokenReader::fail(std::string message, ByteSpan where) {
  fail(Error{.code = ErrorCode::kInvalidInput, .message = std::move(message), .where = where});
}

void TokenReader::fail_expected(std::string_view what) {
  fail(fmt::format("Expected {}, but found {}{}.", what, at_end() ? "the " : "", seen()),
       peek().span);
}

void TokenReader::fail_unexpected() {
  std::string message = fmt::format("Unexpected {} after the expression.", seen());
  for (const WordHint& hint : kWordHints) {
    if (peek().text == hint.word) message += hint.advice;
  }
  fail(std::move(message), peek().span);
}

std::string TokenReader::seen() const {
  static constexpr std::size_t kMost = 20;
  if (at_end()) return "end of the expression";
  if (peek().kind == TokenKind::kString || peek().kind == TokenKind::kBytes) return "string";
  if (peek().text.size() > kMost) return fmt::format("'{}...'", peek().text.substr(0, kMost));
  return fmt::format("'{}'", peek().text);
}

}  // namespace tidewaiter::cel
