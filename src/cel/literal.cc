#include "cel/literal.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/core.h>

#include "base/utf8.h"

namespace tidewaiter::cel {

namespace {

Error fail(std::string message, ByteSpan where) {
  return Error{.code = ErrorCode::kInvalidInput, .message = std::move(message), .where = where};
}

struct Whole {
  std::uint64_t value;
  bool fits;
};

Whole read_whole(std::string_view digits) {
  const bool hex = digits.substr(0, 2) == "0x";
  if (hex) digits.remove_prefix(2);
  std::uint64_t value = 0;
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
  return {value, problem == std::errc{}};
}

Result<Literal> read_int(const Token& token, bool negative) {
  const Whole whole = read_whole(token.text);
  const auto largest =
      static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) + (negative ? 1 : 0);
  if (!whole.fits || whole.value > largest) {
    return fail(fmt::format("The number {}{} does not fit into an int (64 bits).",
                            negative ? "-" : "", token.text),
                token.span);
  }
  return Literal(static_cast<std::int64_t>(negative ? 0 - whole.value : whole.value));
}

Result<Literal> read_uint(const Token& token, bool negative) {
  const Whole whole = read_whole(token.text.substr(0, token.text.size() - 1));
  if (!whole.fits || negative) {
    return fail(fmt::format("The number {}{} does not fit into a uint (64 bits, no sign).",
                            negative ? "-" : "", token.text),
                token.span);
  }
  return Literal(whole.value);
}

Result<Literal> read_double(const Token& token, bool negative) {
  double value = 0;
  const auto [end, problem] =
      std::from_chars(token.text.data(), token.text.data() + token.text.size(), value);
  // from_chars leaves the value alone both when it is too large and when it is too small.
  if (problem == std::errc::result_out_of_range) {
    value = std::strtod(std::string(token.text).c_str(), nullptr);
  }
  if (std::isinf(value)) {
    return fail(fmt::format("The number {} does not fit into a double.", token.text),
                token.span);
  }
  return Literal(negative ? -value : value);
}

/// Decodes what stands between the quotes of a string or bytes literal.
class Decoder {
 public:
  Decoder(std::string_view body, std::uint32_t offset, bool raw, bool bytes)
      : body_(body), offset_(offset), raw_(raw), bytes_(bytes) {}

  Result<std::string> run() {
    out_.reserve(body_.size());
    while (position_ < body_.size()) {
      const char c = body_[position_];
      if (c == '\r') {
        out_ += '\n';
        position_ += body_.substr(position_, 2) == "\r\n" ? 2U : 1U;
      } else if (c == '\\' && !raw_) {
        if (auto problem = read_escape()) return *std::move(problem);
      } else {
        out_ += c;
        ++position_;
      }
    }
    return std::move(out_);
  }

 private:
  std::optional<Error> read_escape() {
    static constexpr std::string_view kNames = "abfnrtv\\'\"`?";
    static constexpr std::string_view kValues = "\a\b\f\n\r\t\v\\'\"`?";
    const char letter = body_[position_ + 1];  // the lexer saw to it that there is one
    if (const auto i = kNames.find(letter); i != std::string_view::npos) {
      out_ += kValues[i];
      position_ += 2;
      return {};
    }
    switch (letter) {
      case 'x':
      case 'X': return read_number(2, 2, 16);
      case 'u': return read_number(2, 4, 16);
      case 'U': return read_number(2, 8, 16);
      case '0':
      case '1':
      case '2':
      case '3': return read_number(1, 3, 8);
      default: return wrong(2, "is no escape sequence; write '\\\\' for a backslash");
    }
  }

  std::optional<Error> read_number(std::size_t skip, std::size_t digits, int base) {
    const auto number = number_at(position_ + skip, digits, base);
    const std::size_t length = skip + digits;
    if (!number) {
      return wrong(length, fmt::format("needs {} {} digits", digits,
                                       base == 8 ? "octal" : "hexadecimal"));
    }
    const bool octet = digits < 4;
    if (bytes_ && !octet) return wrong(length, "is not allowed in bytes, which are no text");
    if (bytes_) {
      out_ += static_cast<char>(*number);
      position_ += length;
      return {};
    }
    return add_point(*number, length);
  }

  std::optional<Error> add_point(std::uint32_t point, std::size_t length) {
    if (point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) {
      return wrong(length, "is no Unicode character");
    }
    append_utf8(out_, point);
    position_ += length;
    return {};
  }

  std::optional<std::uint32_t> number_at(std::size_t at, std::size_t digits, int base) const {
    if (at + digits > body_.size()) return {};
    std::uint32_t value = 0;
    const char* const begin = body_.data() + at;
    const auto [end, problem] = std::from_chars(begin, begin + digits, value, base);
    if (problem != std::errc{} || end != begin + digits) return {};
    return value;
  }

  Error wrong(std::size_t length, std::string_view what) const {
    std::string_view seen = body_.substr(position_, length);
    // Never show half a character.
    std::size_t size = seen.size();
    while (position_ + size < body_.size() &&
           (static_cast<unsigned char>(body_[position_ + size]) & 0xC0U) == 0x80U) {
      ++size;
    }
    seen = body_.substr(position_, size);
    const auto begin = offset_ + static_cast<std::uint32_t>(position_);
    return fail(fmt::format("'{}' {}.", seen, what),
                {begin, begin + static_cast<std::uint32_t>(seen.size())});
  }

  std::string_view body_;
  std::uint32_t offset_;
  bool raw_;
  bool bytes_;
  std::size_t position_ = 0;
  std::string out_;
};

Result<Literal> read_text(const Token& token) {
  const bool bytes = token.kind == TokenKind::kBytes;
  const std::size_t quote = token.text.find_first_of("'\"");
  const bool raw = token.text.substr(0, quote).find_first_of("rR") != std::string_view::npos;
  std::string_view body = token.text.substr(quote);
  const bool triple = body.size() >= 6 && body[1] == body[0] && body[2] == body[0];
  const std::size_t mark = triple ? 3 : 1;
  body = body.substr(mark, body.size() - 2 * mark);
  const auto offset = token.span.begin + static_cast<std::uint32_t>(quote + mark);
  auto text = Decoder(body, offset, raw, bytes).run();
  if (!text) return text.error();
  if (bytes) return Literal(BytesLiteral{*std::move(text)});
  return Literal(*std::move(text));
}

}  // namespace

Result<Literal> read_literal(const Token& token, bool negative) {
  switch (token.kind) {
    case TokenKind::kInt: return read_int(token, negative);
    case TokenKind::kUint: return read_uint(token, negative);
    case TokenKind::kDouble: return read_double(token, negative);
    case TokenKind::kString:
    case TokenKind::kBytes: return read_text(token);
    case TokenKind::kTrue: return Literal(true);
    case TokenKind::kFalse: return Literal(false);
    default: return Literal(NullLiteral{});
  }
}

}  // namespace tidewaiter::cel
