#include "yaml/scalar_offsets.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>

#include "base/utf8.h"

namespace tidewaiter::yaml {
namespace {

constexpr std::string_view kNextLine = "\xC2\x85";
constexpr std::string_view kLineSeparator = "\xE2\x80\xA8";
constexpr std::string_view kParagraphSeparator = "\xE2\x80\xA9";

/// What a line end in the source becomes: U+2028 and U+2029 are kept, all others are LF.
std::string_view meaning_of_line_end(std::string_view written) {
  return written.size() == 3 ? written : std::string_view("\n");
}

/// How many bytes the line end at the front of `text` has: 0 if there is none.
std::uint32_t line_end_at_front(std::string_view text) {
  if (text.empty()) return 0;
  switch (text.front()) {
    case '\n': return 1;
    case '\r': return text.starts_with("\r\n") ? 2 : 1;
    case '\xC2': return text.starts_with(kNextLine) ? 2 : 0;
    case '\xE2':
      return text.starts_with(kLineSeparator) || text.starts_with(kParagraphSeparator) ? 3 : 0;
    default: return 0;
  }
}

std::uint32_t count_spaces(std::string_view text, std::uint32_t at) {
  const std::size_t end = std::min(text.find_first_not_of(' ', at), text.size());
  return static_cast<std::uint32_t>(end) - at;
}

/// One escape sequence, from its backslash.
struct Escape {
  char32_t code = kReplacementCharacter;
  std::uint32_t size = 0;  ///< Bytes; 0 where there is none.
};

std::optional<std::uint32_t> read_hex(std::string_view text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  std::uint32_t code = 0;
  const char* const end = text.data() + digits;
  const auto [stop, error] = std::from_chars(text.data(), end, code, 16);
  if (error != std::errc() || stop != end) return std::nullopt;
  return code;
}

/// `\u` with half of a pair: JSON has the other half behind it, or else U+FFFD is meant.
Escape read_surrogate(std::string_view text, std::uint32_t first) {
  const std::string_view rest = text.substr(6);
  if (first < 0xDC00 && rest.starts_with("\\u")) {
    const auto second = read_hex(rest.substr(2), 4);
    if (second && *second >= 0xDC00 && *second < 0xE000) {
      return {.code = 0x10000 + ((first - 0xD800) << 10U) + (*second - 0xDC00), .size = 12};
    }
  }
  return {.size = 6};
}

/// The escapes of YAML and of JSON, which mean the same where both have them.
Escape read_escape(std::string_view text) {
  constexpr std::string_view kLetters = "0abt\tnvfre \"'/\\N_LP";
  constexpr char32_t kMeanings[] = {0,   7,   8,    9,   9,    10,   11,   12,     13,    27,
                                    ' ', '"', '\'', '/', '\\', 0x85, 0xA0, 0x2028, 0x2029};
  static_assert(std::size(kMeanings) == kLetters.size());
  if (text.size() < 2) return {};
  const auto letter = kLetters.find(text[1]);
  if (letter != std::string_view::npos) return {.code = kMeanings[letter], .size = 2};
  const std::uint32_t digits = text[1] == 'x' ? 2 : text[1] == 'u' ? 4 : text[1] == 'U' ? 8 : 0;
  if (digits == 0) return {};
  const auto code = read_hex(text.substr(2), digits);
  if (!code || *code > 0x10FFFF) return {};
  if (*code >= 0xD800 && *code < 0xE000) {
    return digits == 4 ? read_surrogate(text, *code) : Escape{};
  }
  return {.code = *code, .size = 2 + digits};
}

}  // namespace

ScalarParts::ScalarParts(std::string_view source, const Node& string)
    : ScalarParts(source, string.resolved().span(), string.as_string()) {}

ScalarParts::ScalarParts(std::string_view source, ByteSpan written, std::string_view value)
    : source_(source), value_(value), at_(written.begin), end_(written.begin) {
  lost_ = written.empty() || written.end > source.size();
  if (lost_) return;
  switch (source[written.begin]) {  // no plain scalar begins with any of these
    case '|': form_ = Form::kLiteral; break;
    case '>': form_ = Form::kFolded; break;
    case '\'': form_ = Form::kSingleQuoted; break;
    case '"': form_ = Form::kDoubleQuoted; break;
    default: break;
  }
  if (form_ == Form::kLiteral || form_ == Form::kFolded) {
    end_ = written.end;
    start_block();
  } else {
    const std::uint32_t quote = form_ == Form::kPlain ? 0 : 1;
    at_ = end_ = written.begin + quote;
    source_ = source.substr(0, std::max(at_, written.end - quote));
  }
}

std::optional<ScalarPart> ScalarParts::next() {
  if (lost_ || complete()) return std::nullopt;
  const bool block = form_ == Form::kLiteral || form_ == Form::kFolded;
  auto part = block ? next_of_block() : next_of_flow();
  if (part) end_ = part->written.end;
  return part;
}

// Block scalars. A document ends with a line end, written or added by the reader, and with it
// every line of a block scalar.

void ScalarParts::start_block() {
  at_ = find_line_end(at_);
  at_ += line_end_size(at_);
  const auto indentation = find_indentation();
  lost_ = !indentation;
  if (indentation) indentation_ = *indentation;
}

/// How far the lines are indented: of the first line that is not empty, the spaces that are not
/// in the value. (What the header says is relative to a parent that is not known here.)
std::optional<std::uint32_t> ScalarParts::find_indentation() const {
  std::uint32_t at = at_;
  for (std::uint32_t value_at = 0; value_at < value_.size();) {
    const std::uint32_t spaces = count_spaces(source_, at);
    if (const auto size = line_end_at_front(value_.substr(value_at)); size != 0) {
      at += spaces;
      at += line_end_size(at);
      value_at += size;
      continue;
    }
    const std::uint32_t kept = count_spaces(value_, value_at);
    if (kept >= spaces) return std::nullopt;
    return spaces - kept;
  }
  return std::numeric_limits<std::uint32_t>::max();
}

std::optional<ScalarPart> ScalarParts::next_of_block() {
  if (behind_line_) return end_of_line();
  const std::uint32_t text = skip_indentation(at_);
  if (text >= source_.size() || line_end_size(text) != 0) {
    at_ = text + line_end_size(text);
    return take_line_end(text);
  }
  line_began_blank_ = is_blank(text);
  behind_line_ = true;
  at_ = find_line_end(text);
  return take_verbatim({.begin = text, .end = at_});
}

std::optional<ScalarPart> ScalarParts::end_of_line() {
  behind_line_ = false;
  const ByteSpan line_end{.begin = at_, .end = at_ + line_end_size(at_)};
  at_ = line_end.end;
  const bool kept = line_end.size() == 3;  // U+2028 and U+2029
  if (form_ == Form::kLiteral || kept || line_began_blank_ || !folds_line_end()) {
    return take_line_end(line_end.begin);
  }
  // Before empty lines it stands for nothing, and each of them for a line end.
  if (line_end_size(skip_indentation(at_)) != 0) return next_of_block();
  return take(" ", line_end, false);
}

/// Whether the next line of text, which may follow empty ones, is there and begins with no
/// blank.
bool ScalarParts::folds_line_end() const {
  std::uint32_t line = at_;
  std::uint32_t text = skip_indentation(line);
  while (const std::uint32_t size = line_end_size(text)) {
    line = text + size;
    text = skip_indentation(line);
  }
  return text - line == indentation_ && text < source_.size() && !is_blank(text);
}

// Plain and quoted scalars.

std::optional<ScalarPart> ScalarParts::next_of_flow() {
  while (!more_line_ends_ && form_ == Form::kDoubleQuoted && skip_escaped_line_end()) {
  }
  if (more_line_ends_) {
    const std::uint32_t line_end = at_;
    at_ = skip_blanks(at_ + line_end_size(at_));
    more_line_ends_ = line_end_size(at_) != 0;
    return take_line_end(line_end);
  }
  if (at_ >= source_.size()) return std::nullopt;
  if (line_end_size(skip_blanks(at_)) != 0) return fold();
  if (form_ == Form::kDoubleQuoted && source_[at_] == '\\') return escape();
  if (form_ == Form::kSingleQuoted && source_[at_] == '\'') {
    const ByteSpan quotes{.begin = at_, .end = at_ + 2};
    at_ += 2;
    return take("'", quotes, false);
  }
  if (!decode_utf8(source_, at_).valid) {  // JSON may hold such bytes
    const ByteSpan byte{.begin = at_, .end = at_ + 1};
    ++at_;
    return take("\xEF\xBF\xBD", byte, false);
  }
  return line_of_flow();
}

/// All that stands as it is, at most up to the last character of the line that is no blank.
std::optional<ScalarPart> ScalarParts::line_of_flow() {
  const std::uint32_t begin = at_;
  while (at_ < source_.size()) {
    const char c = source_[at_];
    if (is_blank(at_)) {
      const std::uint32_t text = skip_blanks(at_);
      if (line_end_size(text) != 0) break;
      at_ = text;
      continue;
    }
    if (line_end_size(at_) != 0 || (c == '\\' && form_ == Form::kDoubleQuoted) ||
        (c == '\'' && form_ == Form::kSingleQuoted)) {
      break;
    }
    const auto character =
        static_cast<unsigned char>(c) < 0x80 ? DecodedCharacter{} : decode_utf8(source_, at_);
    if (!character.valid) break;
    at_ += character.size;
  }
  return take_verbatim({.begin = begin, .end = at_});
}

/// Takes a line end and the blanks around it.
std::optional<ScalarPart> ScalarParts::fold() {
  const std::uint32_t begin = skip_blanks(at_);
  const ByteSpan line_end{.begin = begin, .end = begin + line_end_size(begin)};
  at_ = skip_blanks(line_end.end);
  more_line_ends_ = line_end_size(at_) != 0;
  if (line_end.size() == 3) return take_line_end(begin);
  return more_line_ends_ ? next_of_flow() : take(" ", line_end, false);
}

/// A backslash before a line end: both and the blanks of the next line stand for nothing.
bool ScalarParts::skip_escaped_line_end() {
  if (at_ >= source_.size() || source_[at_] != '\\' || line_end_size(at_ + 1) == 0)
    return false;
  at_ = skip_blanks(at_ + 1 + line_end_size(at_ + 1));
  more_line_ends_ = line_end_size(at_) != 0;
  return true;
}

std::optional<ScalarPart> ScalarParts::escape() {
  const Escape escape = read_escape(source_.substr(at_));
  if (escape.size == 0) return std::nullopt;
  const ByteSpan written{.begin = at_, .end = at_ + escape.size};
  at_ = written.end;
  std::string character;
  append_utf8(character, escape.code);
  return take(character, written, false);
}

// What is found is compared with the value, so that no wrong place is ever given.

std::optional<ScalarPart> ScalarParts::take(std::string_view text, ByteSpan written,
                                            bool verbatim) {
  if (text.empty() || !value_.substr(value_at_).starts_with(text)) return std::nullopt;
  const std::uint32_t begin = value_at_;
  value_at_ += static_cast<std::uint32_t>(text.size());
  return ScalarPart{
      .value = {.begin = begin, .end = value_at_}, .written = written, .verbatim = verbatim};
}

std::optional<ScalarPart> ScalarParts::take_verbatim(ByteSpan written) {
  return take(source_.substr(written.begin, written.size()), written, true);
}

std::optional<ScalarPart> ScalarParts::take_line_end(std::uint32_t at) {
  const ByteSpan written{.begin = at, .end = at + line_end_size(at)};
  const auto meaning = meaning_of_line_end(source_.substr(written.begin, written.size()));
  return take(meaning, written, false);
}

std::uint32_t ScalarParts::line_end_size(std::uint32_t at) const {
  return at < source_.size() ? line_end_at_front(source_.substr(at, 3)) : 0;
}

bool ScalarParts::is_blank(std::uint32_t at) const {
  return at < source_.size() && (source_[at] == ' ' || source_[at] == '\t');
}

std::uint32_t ScalarParts::skip_blanks(std::uint32_t at) const {
  while (is_blank(at)) ++at;
  return at;
}

std::uint32_t ScalarParts::skip_indentation(std::uint32_t at) const {
  const std::uint32_t line = at;
  while (at < source_.size() && at - line < indentation_ && source_[at] == ' ') ++at;
  return at;
}

std::uint32_t ScalarParts::find_line_end(std::uint32_t at) const {
  while (at < source_.size() && line_end_size(at) == 0) ++at;
  return at;
}

ByteSpan written_span(std::string_view source, const Node& string, ByteSpan range) {
  return written_span(source, string.resolved().span(), string.as_string(), range);
}

ByteSpan written_span(std::string_view source, ByteSpan written, std::string_view value,
                      ByteSpan range) {
  const auto size = static_cast<std::uint32_t>(value.size());
  range = {.begin = std::min(range.begin, size), .end = std::min(range.end, size)};
  ScalarParts parts(source, written, value);
  std::optional<std::uint32_t> begin;
  while (const auto part = parts.next()) {
    const ByteSpan at = part->written;
    if (!begin && range.begin < part->value.end) {
      begin = at.begin + (part->verbatim ? range.begin - part->value.begin : 0);
    }
    if (!begin) continue;
    if (range.empty()) return {.begin = *begin, .end = *begin};
    if (range.end <= part->value.end) {
      const std::uint32_t end =
          part->verbatim ? at.begin + (range.end - part->value.begin) : at.end;
      return {.begin = *begin, .end = end};
    }
  }
  if (!parts.complete()) return written;
  return {.begin = parts.end(), .end = parts.end()};
}

}  // namespace tidewaiter::yaml
