#include "fix/scalar_text.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/utf8.h"
#include "yaml/scalar_resolver.h"

namespace tidewaiter::fix {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Numbers, dates, times and versions: some reader takes them for something else.
bool looks_like_number(std::string_view text) {
  constexpr std::string_view kParts = "0123456789.:+-_eExXoObTtZz";
  return (is_digit(text.front()) || text.front() == '.') &&
         text.find_first_not_of(kParts) == text.npos;
}

/// Words of one letter that some readers of YAML 1.1 take for booleans.
bool is_yes_or_no(std::string_view text) {
  return text.size() == 1 && std::string_view("yYnN").find(text.front()) != text.npos;
}

/// What neither YAML nor JSON takes as it is in double quotes.
bool needs_escape(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
         c == U'"' || c == U'\\' || c == 0xFFFE || c == 0xFFFF;
}

void append_escape(char32_t c, std::string& out) {
  switch (c) {
    case U'"': out += "\\\""; break;
    case U'\\': out += "\\\\"; break;
    case U'\n': out += "\\n"; break;
    case U'\t': out += "\\t"; break;
    case U'\r': out += "\\r"; break;
    default: out += fmt::format("\\u{:04X}", static_cast<std::uint32_t>(c)); break;
  }
}

/// In single quotes nothing can be escaped but the quote.
bool fits_single_quotes(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out.append(c == '\'' ? 2 : 1, c);
  return out + '\'';
}

}  // namespace

bool is_plain_safe(std::string_view text) {
  if (text.empty() || is_yes_or_no(text) || looks_like_number(text)) return false;
  const char first = text.front();
  if (!is_letter(first) && !is_digit(first) && first != '/' && first != '_' && first != '.') {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool colon = c == ':' && i + 1 < text.size() &&
                       (is_letter(text[i + 1]) || is_digit(text[i + 1]) || text[i + 1] == '/');
    if (!is_letter(c) && !is_digit(c) && std::string_view("/_.-+@").find(c) == text.npos &&
        !colon) {
      return false;
    }
  }
  return text != "..." && yaml::resolve_plain(text).kind == yaml::Kind::kString;
}

std::optional<std::string> double_quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCharacter decoded = decode_utf8(text, at);
    if (!decoded.valid) return std::nullopt;
    if (needs_escape(decoded.code_point)) {
      append_escape(decoded.code_point, out);
    } else {
      out += text.substr(at, decoded.size);
    }
    at += decoded.size;
  }
  return out + '"';
}

std::optional<std::string> string_text(std::string_view text, yaml::Style like) {
  if (like == yaml::Style::kSingleQuoted && fits_single_quotes(text)) {
    return single_quoted(text);
  }
  const bool quoted = like == yaml::Style::kSingleQuoted || like == yaml::Style::kDoubleQuoted;
  if (!quoted && is_plain_safe(text)) return std::string(text);
  return double_quoted(text);
}

}  // namespace tidewaiter::fix
