#include "yaml/scalar_resolver.h"

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>

#include "base/utf8.h"
#include "yaml/encoding.h"
#include "yaml/tagged_text.h"

namespace tidewaiter::yaml {
namespace {

struct Word {
  std::string_view text;
  Kind kind;
  double value;
};

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

constexpr Word kWords[] = {
    {"y", Kind::kBool, 1},
    {"Y", Kind::kBool, 1},
    {"yes", Kind::kBool, 1},
    {"Yes", Kind::kBool, 1},
    {"YES", Kind::kBool, 1},
    {"true", Kind::kBool, 1},
    {"True", Kind::kBool, 1},
    {"TRUE", Kind::kBool, 1},
    {"on", Kind::kBool, 1},
    {"On", Kind::kBool, 1},
    {"ON", Kind::kBool, 1},
    {"n", Kind::kBool, 0},
    {"N", Kind::kBool, 0},
    {"no", Kind::kBool, 0},
    {"No", Kind::kBool, 0},
    {"NO", Kind::kBool, 0},
    {"false", Kind::kBool, 0},
    {"False", Kind::kBool, 0},
    {"FALSE", Kind::kBool, 0},
    {"off", Kind::kBool, 0},
    {"Off", Kind::kBool, 0},
    {"OFF", Kind::kBool, 0},
    {"~", Kind::kNull, 0},
    {"null", Kind::kNull, 0},
    {"Null", Kind::kNull, 0},
    {"NULL", Kind::kNull, 0},
    {".nan", Kind::kDouble, kNan},
    {".NaN", Kind::kDouble, kNan},
    {".NAN", Kind::kDouble, kNan},
    {".inf", Kind::kDouble, kInfinity},
    {".Inf", Kind::kDouble, kInfinity},
    {".INF", Kind::kDouble, kInfinity},
    {"+.inf", Kind::kDouble, kInfinity},
    {"+.Inf", Kind::kDouble, kInfinity},
    {"+.INF", Kind::kDouble, kInfinity},
    {"-.inf", Kind::kDouble, -kInfinity},
    {"-.Inf", Kind::kDouble, -kInfinity},
    {"-.INF", Kind::kDouble, -kInfinity},
};

/// What the first byte allows a plain scalar to be.
enum class Hint : std::uint8_t { kText, kWord, kDot, kNumber };

constexpr std::array<Hint, 256> kHints = [] {
  std::array<Hint, 256> hints{};
  for (const char c : std::string_view("yYnNtTfFoO~")) {
    hints[static_cast<unsigned char>(c)] = Hint::kWord;
  }
  for (const char c : std::string_view("0123456789+-")) {
    hints[static_cast<unsigned char>(c)] = Hint::kNumber;
  }
  hints['.'] = Hint::kDot;
  return hints;
}();

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

Scalar string_scalar() {
  Scalar scalar;
  scalar.kind = Kind::kString;
  return scalar;
}

Scalar int_scalar(std::int64_t value) {
  Scalar scalar;
  scalar.kind = Kind::kInt;
  scalar.integer = value;
  return scalar;
}

/// An integral float is an integer to Kubernetes, but for -0 and what exceeds int64.
Scalar float_scalar(double value) {
  Scalar scalar;
  constexpr double kLimit = 9223372036854775808.0;  // 2^63
  const bool integral = value >= -kLimit && value < kLimit && std::trunc(value) == value &&
                        !(value == 0 && std::signbit(value));
  if (integral) {
    scalar = int_scalar(static_cast<std::int64_t>(value));
  } else {
    scalar.kind = Kind::kDouble;
    scalar.floating = value;
  }
  scalar.written_as_float = true;
  scalar.as_float = value;
  return scalar;
}

std::optional<Scalar> find_word(std::string_view text) {
  for (const Word& word : kWords) {
    if (word.text != text) continue;
    if (word.kind == Kind::kDouble) return float_scalar(word.value);
    Scalar scalar;
    scalar.kind = word.kind;
    scalar.boolean = word.value != 0;
    return scalar;
  }
  return std::nullopt;
}

/// The number that the decimal `digits` (no underscores, a valid float) is; absent when it is
/// too large for a double. One that is too small is 0.
std::optional<double> to_double(std::string_view digits) {
  std::string_view unsigned_digits = digits;
  if (unsigned_digits.starts_with('+')) unsigned_digits.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(
      unsigned_digits.data(), unsigned_digits.data() + unsigned_digits.size(), value);
  if (error == std::errc()) return value;
  value = std::strtod(std::string(unsigned_digits).c_str(), nullptr);
  if (std::isinf(value)) return std::nullopt;
  return value;
}

/// go-yaml's style of float: [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool is_float(std::string_view text) {
  std::size_t at = 0;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  const std::size_t whole_end = skip_digits(text, at);
  std::size_t end = whole_end;
  if (end < text.size() && text[end] == '.') {
    end = skip_digits(text, end + 1);
    if (whole_end == at && end == whole_end + 1) return false;
  } else if (whole_end == at) {
    return false;
  }
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    std::size_t exponent = end + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
    end = skip_digits(text, exponent);
    if (end == exponent) return false;
  }
  return end == text.size();
}

/// Go's ParseInt, then ParseUint, with base 0 and 64 bits.
std::optional<Scalar> parse_integer(std::string_view text) {
  std::string_view digits = text;
  const bool sign = digits.starts_with('+') || digits.starts_with('-');
  const bool negative = digits.starts_with('-');
  if (sign) digits.remove_prefix(1);
  int base = 10;
  if (digits.size() > 1 && digits[0] == '0') {
    const char letter = static_cast<char>(digits[1] | 0x20);
    base = letter == 'x'                          ? 16
           : letter == 'o' || is_digit(digits[1]) ? 8
           : letter == 'b'                        ? 2
                                                  : 0;
    if (base == 0) return std::nullopt;
    digits.remove_prefix(is_digit(digits[1]) ? 1 : 2);
  }
  std::uint64_t magnitude = 0;
  const char* const last = digits.data() + digits.size();
  if (digits.empty() || digits[0] == '-') return std::nullopt;
  const auto [end, error] = std::from_chars(digits.data(), last, magnitude, base);
  if (error != std::errc() || end != last) return std::nullopt;

  constexpr std::uint64_t kMinimum = std::uint64_t{1} << 63;
  if (negative) {
    if (magnitude > kMinimum) return std::nullopt;
    return int_scalar(static_cast<std::int64_t>(~magnitude + 1));
  }
  if (magnitude < kMinimum) return int_scalar(static_cast<std::int64_t>(magnitude));
  if (sign) return std::nullopt;  // ParseUint knows no '+'
  Scalar scalar;
  scalar.kind = Kind::kUint;
  scalar.uinteger = magnitude;
  return scalar;
}

Scalar resolve_number(std::string_view text) {
  std::string stripped;
  if (text.find('_') != std::string_view::npos) {
    for (const char c : text) {
      if (c != '_') stripped += c;
    }
    text = stripped;
  }
  if (auto integer = parse_integer(text)) return *integer;
  if (is_float(text)) {
    if (const auto value = to_double(text)) return float_scalar(*value);
  }
  return string_scalar();
}

/// Go's ParseFloat of a text that starts with a dot: underscores only between digits.
Scalar resolve_dot(std::string_view text) {
  std::string stripped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      stripped += text[i];
    } else if (i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1])) {
      return string_scalar();
    }
  }
  if (is_float(stripped)) {
    if (const auto value = to_double(stripped)) return float_scalar(*value);
  }
  return string_scalar();
}

/// `bytes` with U+FFFD for each byte that is not UTF-8, as Go writes it to JSON.
std::string to_valid_utf8(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t size = utf8_sequence_size(bytes.substr(i));
    if (size == 0) {
      text += "\xEF\xBF\xBD";
      ++i;
    } else {
      text += bytes.substr(i, size);
      i += size;
    }
  }
  return text;
}

/// "int" of "tag:yaml.org,2002:int"; empty for other tags.
std::string_view core_type(std::string_view tag) {
  constexpr std::string_view kPrefix = "tag:yaml.org,2002:";
  return tag.starts_with(kPrefix) ? tag.substr(kPrefix.size()) : std::string_view{};
}

std::string mismatch(std::string_view text, std::string_view type) {
  return fmt::format("The value '{}' cannot be read as the tag '!!{}' says.",
                     utf8_prefix(text, 60), type);
}

/// Whether the type that `scalar` has by its text is the one that `tag` asks for.
bool agrees(const Scalar& scalar, std::string_view text, std::string_view type) {
  if (type == "null") return scalar.kind == Kind::kNull;
  if (type == "bool") return scalar.kind == Kind::kBool;
  if (type == "timestamp") return is_timestamp(text);
  if (type == "float") return scalar.kind == Kind::kInt || scalar.written_as_float;
  return type == "int" && !scalar.written_as_float &&
         (scalar.kind == Kind::kInt || scalar.kind == Kind::kUint);
}

/// Go's FormatFloat(value, 'g', -1, 32).
std::string format_float32(double value) {
  if (std::isnan(value)) return ".nan";
  constexpr double kRoundsToInfinity = 3.4028235677973366e38;
  if (std::abs(value) >= kRoundsToInfinity) return value > 0 ? ".inf" : "-.inf";
  std::array<char, 64> buffer;
  const auto narrow = static_cast<float>(value);
  auto format = std::chars_format::fixed;
  if (narrow != 0 && (std::abs(narrow) < 1e-4F || std::abs(narrow) >= 1e6F)) {
    format = std::chars_format::scientific;
  }
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), narrow, format);
  return {buffer.data(), end.ptr};
}

}  // namespace

Scalar resolve_plain(std::string_view text) {
  if (text.empty()) return {};
  switch (kHints[static_cast<unsigned char>(text[0])]) {
    case Hint::kText: return string_scalar();
    case Hint::kWord:
      if (text.size() > 5) return string_scalar();
      return find_word(text).value_or(string_scalar());
    case Hint::kDot:
      if (const auto word = find_word(text)) return *word;
      return resolve_dot(text);
    case Hint::kNumber: break;
  }
  if (const auto word = find_word(text)) return *word;
  return resolve_number(text);
}

TaggedScalar resolve_tagged(std::string_view text, std::string_view tag) {
  TaggedScalar result{.scalar = string_scalar(), .text = {}, .error = {}};
  const std::string_view type = core_type(tag);
  if (type == "binary") {
    auto bytes = decode_base64(text);
    if (!bytes) {
      result.error = "The value of a '!!binary' is not valid base64.";
      return result;
    }
    result.text = to_valid_utf8(*bytes);
    result.has_text = true;
    return result;
  }
  const bool resolvable = type == "int" || type == "float" || type == "bool" ||
                          type == "null" || type == "timestamp";
  if (!resolvable) return result;
  const Scalar plain = resolve_plain(text);
  if (!agrees(plain, text, type)) {
    result.error = mismatch(text, type);
    return result;
  }
  if (type == "timestamp") return result;
  result.scalar = plain;
  if (type == "float" && !plain.written_as_float) {
    result.scalar = float_scalar(static_cast<double>(plain.integer));
  }
  return result;
}

std::string key_text(const Scalar& scalar) {
  if (scalar.kind == Kind::kBool) return scalar.boolean ? "true" : "false";
  if (scalar.written_as_float) return format_float32(scalar.as_float);
  return std::to_string(scalar.integer);
}

}  // namespace tidewaiter::yaml
