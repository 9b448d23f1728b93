#include "yaml/json_reader.h"

#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "base/utf8.h"

namespace tidewaiter::yaml {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class JsonReader {
 public:
  JsonReader(std::string_view text, std::uint32_t at, TreeBuilder& builder)
      : text_(text), at_(at), builder_(builder) {}

  bool read() {
    if (!value()) return false;
    while (!open_.empty()) {
      if (builder_.fault() || !step()) return false;
    }
    return !builder_.fault();
  }
  std::uint32_t at() const { return at_; }

 private:
  /// One item or member, or the end, of the innermost collection.
  bool step() {
    const char closing = open_.back();
    skip_blanks();
    if (next_is(closing)) {
      if (after_comma_) return false;
      ++at_;
      open_.pop_back();
      builder_.close(at_);
      first_ = false;
      return true;
    }
    if (!first_ && !after_comma_) {
      if (!next_is(',')) return false;
      ++at_;
      after_comma_ = true;
      return true;
    }
    first_ = after_comma_ = false;
    if (closing == ']') return value();
    if (!string()) return false;
    skip_blanks();
    if (!next_is(':')) return false;
    ++at_;
    return value();
  }

  bool value() {
    skip_blanks();
    if (at_ >= text_.size()) return false;
    switch (text_[at_]) {
      case '{': return open(Kind::kMapping, '}');
      case '[': return open(Kind::kSequence, ']');
      case '"': return string();
      case 't': return word("true", Kind::kBool, true);
      case 'f': return word("false", Kind::kBool, false);
      case 'n': return word("null", Kind::kNull, false);
      default: return number();
    }
  }

  bool open(Kind kind, char closing) {
    builder_.open(kind, Style::kFlow, at_, false, {});
    open_.push_back(closing);
    first_ = true;
    ++at_;
    return true;
  }

  bool word(std::string_view word, Kind kind, bool truth) {
    if (!text_.substr(at_).starts_with(word)) return false;
    Scalar scalar;
    scalar.kind = kind;
    scalar.boolean = truth;
    return add(scalar, at_ + static_cast<std::uint32_t>(word.size()));
  }

  bool add(const Scalar& scalar, std::uint32_t end) {
    builder_.value(scalar, {.begin = at_, .end = end});
    at_ = end;
    return true;
  }

  std::uint32_t skip_digits(std::uint32_t at) const {
    while (at < text_.size() && is_digit(text_[at])) ++at;
    return at;
  }

  bool number() {
    std::uint32_t end = at_ + (next_is('-') ? 1 : 0);
    const std::uint32_t whole = end;
    end = skip_digits(end);
    if (end == whole || (text_[whole] == '0' && end > whole + 1)) return false;
    bool integer = true;
    if (end < text_.size() && text_[end] == '.') {
      const std::uint32_t fraction = skip_digits(end + 1);
      if (fraction == end + 1) return false;
      end = fraction;
      integer = false;
    }
    if (end < text_.size() && (text_[end] | 0x20) == 'e') {
      std::uint32_t exponent = end + 1;
      if (exponent < text_.size() && (text_[exponent] == '+' || text_[exponent] == '-')) {
        ++exponent;
      }
      end = skip_digits(exponent);
      if (end == exponent) return false;
      integer = false;
    }
    const auto scalar = to_number(text_.substr(at_, end - at_), integer);
    return scalar && add(*scalar, end);
  }

  static std::optional<Scalar> to_number(std::string_view digits, bool integer) {
    Scalar scalar = resolve_plain(digits);
    if (integer && scalar.kind != Kind::kString) return scalar;
    if (!scalar.written_as_float) return std::nullopt;  // out of range
    scalar.kind = Kind::kDouble;
    scalar.floating = scalar.as_float;
    return scalar;
  }

  bool string() {
    if (!next_is('"')) return false;
    const std::uint32_t begin = at_++;
    std::string decoded;
    std::uint32_t copied = at_;  // what is before it is in `decoded`
    bool as_written = true;
    while (at_ < text_.size() && text_[at_] != '"') {
      const auto c = static_cast<unsigned char>(text_[at_]);
      if (c < 0x20) return false;
      const auto decoding =
          c < 0x80 ? DecodedCharacter{.code_point = c} : decode_utf8(text_, at_);
      if (c != '\\' && decoding.valid) {
        at_ += decoding.size;
        continue;
      }
      as_written = false;
      decoded += text_.substr(copied, at_ - copied);
      if (c == '\\') {
        if (!escape(decoded)) return false;
      } else {
        append_utf8(decoded, kReplacementCharacter);
        ++at_;
      }
      copied = at_;
    }
    if (at_ >= text_.size()) return false;
    const std::uint32_t text_end = at_++;
    std::string_view text = text_.substr(begin + 1, text_end - begin - 1);
    if (!as_written) {
      decoded += text_.substr(copied, text_end - copied);
      text = builder_.copy(decoded);
    }
    builder_.string(text, {.begin = begin, .end = at_}, Style::kDoubleQuoted);
    return true;
  }

  bool escape(std::string& out) {
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (at_ + 1 >= text_.size()) return false;
    const auto letter = kLetters.find(text_[at_ + 1]);
    if (letter != std::string_view::npos) {
      out += kMeanings[letter];
      at_ += 2;
      return true;
    }
    const auto unit = code_unit();
    if (!unit) return false;
    char32_t code = *unit;
    if (code >= 0xD800 && code < 0xE000) {
      const std::uint32_t behind_first = at_;
      const auto second = code < 0xDC00 ? code_unit() : std::nullopt;
      if (second && *second >= 0xDC00 && *second < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10U) + (*second - 0xDC00);
      } else {
        at_ = behind_first;  // half of a pair stands for nothing
        code = kReplacementCharacter;
      }
    }
    append_utf8(out, code);
    return true;
  }

  /// Reads `\uXXXX`.
  std::optional<char32_t> code_unit() {
    const std::string_view rest = text_.substr(at_);
    if (rest.size() < 6 || rest[0] != '\\' || rest[1] != 'u') return std::nullopt;
    std::uint32_t code = 0;
    const auto [end, error] = std::from_chars(rest.data() + 2, rest.data() + 6, code, 16);
    if (error != std::errc() || end != rest.data() + 6) return std::nullopt;
    at_ += 6;
    return static_cast<char32_t>(code);
  }

  bool next_is(char c) const { return at_ < text_.size() && text_[at_] == c; }
  void skip_blanks() {
    at_ = skip_json_blanks(text_, at_, static_cast<std::uint32_t>(text_.size()));
  }

  std::string_view text_;  // the source up to the end of the piece
  std::uint32_t at_;
  TreeBuilder& builder_;
  std::vector<char> open_;  // the brackets that close what is open
  bool first_ = true;       // nothing was read in the innermost collection
  bool after_comma_ = false;
};

}  // namespace

bool read_json(std::string_view source, ByteSpan piece, std::uint32_t& at,
               TreeBuilder& builder) {
  JsonReader reader(source.substr(0, piece.end), at, builder);
  if (!reader.read()) return false;
  at = reader.at();
  return true;
}

std::uint32_t skip_json_blanks(std::string_view source, std::uint32_t at, std::uint32_t end) {
  while (at < end && (source[at] == ' ' || source[at] == '\t' || source[at] == '\r' ||
                      source[at] == '\n')) {
    ++at;
  }
  return at;
}

}  // namespace tidewaiter::yaml
