#include "cel/lexer.h"

#include <array>
#include <optional>

#include <fmt/core.h>

#include "base/utf8.h"

namespace tidewaiter::cel {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
bool is_quotable(char c) {
  return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '/' || c == ' ';
}

struct Hint {
  std::string_view seen;
  std::string_view advice;
};

// What people write who know other languages better.
constexpr std::array kHints = {
    Hint{"=", "Write '==' to compare."},
    Hint{"&", "Write '&&' for a logical and."},
    Hint{"|", "Write '||' for a logical or."},
    Hint{"\xE2\x80\x9C", "Write a straight quote (\")."},
    Hint{"\xE2\x80\x9D", "Write a straight quote (\")."},
    Hint{"\xE2\x80\x98", "Write a straight quote (')."},
    Hint{"\xE2\x80\x99", "Write a straight quote (')."},
    Hint{"#", "A comment begins with '//'."},
    Hint{";", "An expression is one expression, without ';'."},
    Hint{"`", "A name in backticks holds only letters, digits, '_', '.', '-', '/' and blanks."},
};

constexpr std::array<std::string_view, 6> kTwoCharacterOperators = {
    "==", "!=", "<=", ">=", "&&", "||"};
constexpr std::string_view kOneCharacterOperators = "<>[](){}.,-!?:+*/%";

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> run() {
    while (skip_blanks(), position_ < text_.size()) {
      if (auto problem = read_token()) return *std::move(problem);
    }
    // What is missing at the end is missing behind the last word, not behind the line end or
    // comment that may follow it.
    position_ = tokens_.empty() ? 0 : tokens_.back().span.end;
    add(TokenKind::kEnd, position_);
    return std::move(tokens_);
  }

 private:
  char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  void skip_blanks() {
    while (position_ < text_.size()) {
      if (is_blank(text_[position_])) {
        ++position_;
      } else if (text_.substr(position_, 2) == "//") {
        const auto end = text_.find('\n', position_);  // and at no other line end
        position_ = end == std::string_view::npos ? text_.size() : end;
      } else {
        return;
      }
    }
  }

  void add(TokenKind kind, std::size_t end) {
    const ByteSpan span{static_cast<std::uint32_t>(position_), static_cast<std::uint32_t>(end)};
    tokens_.push_back({kind, span, text_.substr(position_, end - position_)});
    position_ = end;
  }

  std::optional<Error> read_token() {
    const char c = text_[position_];
    if (const std::size_t quote = quote_position(); quote != std::string_view::npos) {
      return read_string(quote);
    }
    if (is_letter(c)) {
      read_word();
      return {};
    }
    if (is_digit(c) || (c == '.' && is_digit(at(position_ + 1)))) {
      read_number();
      return {};
    }
    if (c == '`') return read_quoted_name();
    return read_operator();
  }

  void read_word() {
    std::size_t end = position_;
    while (is_letter(at(end)) || is_digit(at(end))) ++end;
    const std::string_view word = text_.substr(position_, end - position_);
    const TokenKind kind = word == "true"    ? TokenKind::kTrue
                           : word == "false" ? TokenKind::kFalse
                           : word == "null"  ? TokenKind::kNull
                           : word == "in"    ? TokenKind::kPunctuation
                                             : TokenKind::kIdentifier;
    add(kind, end);
  }

  void read_number() {
    std::size_t end = position_;
    TokenKind kind = TokenKind::kInt;
    if (at(end) == '0' && at(end + 1) == 'x' && is_hex_digit(at(end + 2))) {
      end += 2;
      while (is_hex_digit(at(end))) ++end;
    } else {
      while (is_digit(at(end))) ++end;
      if (at(end) == '.' && is_digit(at(end + 1))) {
        kind = TokenKind::kDouble;
        ++end;
        while (is_digit(at(end))) ++end;
      }
      if (at(end) == 'e' || at(end) == 'E') {
        const std::size_t digits = end + (at(end + 1) == '+' || at(end + 1) == '-' ? 2 : 1);
        if (is_digit(at(digits))) {
          kind = TokenKind::kDouble;
          end = digits;
          while (is_digit(at(end))) ++end;
        }
      }
    }
    if (kind == TokenKind::kInt && (at(end) == 'u' || at(end) == 'U')) {
      kind = TokenKind::kUint;
      ++end;
    }
    add(kind, end);
  }

  /// Where the opening quote of a string or bytes literal at the position is; npos if none.
  std::size_t quote_position() const {
    std::size_t i = position_;
    if (at(i) == 'b' || at(i) == 'B') ++i;
    if (at(i) == 'r' || at(i) == 'R') ++i;
    return at(i) == '"' || at(i) == '\'' ? i : std::string_view::npos;
  }

  std::optional<Error> read_string(std::size_t quote) {
    const std::string_view prefix = text_.substr(position_, quote - position_);
    const bool raw = prefix.find_first_of("rR") != std::string_view::npos;
    const bool bytes = prefix.find_first_of("bB") != std::string_view::npos;
    const char mark = text_[quote];
    const bool triple = at(quote + 1) == mark && at(quote + 2) == mark;
    std::size_t end = quote + (triple ? 3 : 1);
    for (; end < text_.size(); ++end) {
      const char c = text_[end];
      if (c == '\\' && !raw) {
        ++end;
      } else if (c == mark && (!triple || (at(end + 1) == mark && at(end + 2) == mark))) {
        add(bytes ? TokenKind::kBytes : TokenKind::kString, end + (triple ? 3 : 1));
        return {};
      } else if (!triple && (c == '\n' || c == '\r')) {
        break;
      }
    }
    const std::string_view delimiter = text_.substr(quote, triple ? 3 : 1);
    std::string message = fmt::format("The string has no closing {}.", delimiter);
    if (!triple && end < text_.size()) {
      message += fmt::format(" A string over several lines needs {0}{0}{0}.", mark);
    }
    return fail(std::move(message), position_, quote + delimiter.size());
  }

  std::optional<Error> read_quoted_name() {
    std::size_t end = position_ + 1;
    while (is_quotable(at(end))) ++end;
    if (at(end) != '`' || end == position_ + 1) return unexpected(position_);
    add(TokenKind::kQuoted, end + 1);
    return {};
  }

  std::optional<Error> read_operator() {
    const std::string_view two = text_.substr(position_, 2);
    for (const std::string_view known : kTwoCharacterOperators) {
      if (two == known) {
        add(TokenKind::kPunctuation, position_ + 2);
        return {};
      }
    }
    if (kOneCharacterOperators.find(text_[position_]) != std::string_view::npos) {
      add(TokenKind::kPunctuation, position_ + 1);
      return {};
    }
    return unexpected(position_);
  }

  Error unexpected(std::size_t where) const {
    const std::string_view character = text_.substr(where, decode_utf8(text_, where).size);
    const auto code = static_cast<unsigned char>(character.front());
    std::string message =
        code < 0x20U || code == 0x7FU
            ? fmt::format("The control character U+{:04X} is not allowed here.", code)
            : fmt::format("The character '{}' is not allowed here.", character);
    for (const Hint& hint : kHints) {
      if (hint.seen == character) message.append(" ").append(hint.advice);
    }
    return fail(std::move(message), where, where + character.size());
  }

  static Error fail(std::string message, std::size_t begin, std::size_t end) {
    return Error{
        .code = ErrorCode::kInvalidInput,
        .message = std::move(message),
        .where = ByteSpan{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::vector<Token> tokens_;
};

/// Refuses what is too long or not UTF-8, before anything looks at single bytes.
Result<void> check_encoding(std::string_view text, std::uint32_t code_points) {
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) {
    const auto where = static_cast<std::uint32_t>(i);
    if (count == code_points) {
      return Error{.code = ErrorCode::kLimitExceeded,
                   .message = fmt::format(
                       "The expression is longer than {} characters, the most that is allowed.",
                       code_points),
                   .where = ByteSpan{where, where}};
    }
    const DecodedCharacter character = decode_utf8(text, i);
    if (!character.valid) {
      return Error{.code = ErrorCode::kInvalidInput,
                   .message = fmt::format("The byte 0x{:02X} is not valid UTF-8.",
                                          static_cast<unsigned char>(text[i])),
                   .where = ByteSpan{where, where + 1}};
    }
    i += character.size;
  }
  return {};
}

}  // namespace

Result<std::vector<Token>> lex(std::string_view text, std::uint32_t code_points) {
  if (auto encoding = check_encoding(text, code_points); !encoding) return encoding.error();
  return Lexer(text).run();
}

}  // namespace tidewaiter::cel
