#include "policy/cel_literal.h"

#include <fmt/core.h>

#include "base/check.h"
#include "cel/value_read.h"

namespace tidewaiter::policy {
namespace {

std::string list_of(const cel::Value& list) {
  std::string text;
  for (std::uint32_t i = 0; i < cel::size_of(list); ++i) {
    if (i > 0) text += ", ";
    text += literal_of(cel::item_at(list, i));
  }
  return '[' + text + ']';
}

std::string map_of(const cel::Value& map) {
  std::string text;
  cel::Value key;
  cel::Value value;
  for (cel::MapCursor cursor(map); cursor.next(key, value);) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{}: {}", literal_of(key), literal_of(value));
  }
  return '{' + text + '}';
}

/// A number; a negative one in parentheses, as `.` and `[` bind closer than `-`.
std::string number(std::string text) {
  return text.starts_with('-') ? '(' + text + ')' : text;
}

std::string floating(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".e") == text.npos) text += ".0";
  return number(std::move(text));
}

}  // namespace

std::string quoted(std::string_view text) {
  const bool has_single = text.find('\'') != text.npos;
  const char quote = has_single && text.find('"') == text.npos ? '"' : '\'';
  std::string result(1, quote);
  for (const char c : text) {
    if (c == quote || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      result += c;
    }
  }
  return result + quote;
}

std::string literal_of(const cel::Value& value) {
  switch (value.kind()) {
    case cel::ValueKind::kNull: return "null";
    case cel::ValueKind::kBool: return value.as_bool() ? "true" : "false";
    case cel::ValueKind::kInt: return number(fmt::format("{}", value.as_int()));
    case cel::ValueKind::kDouble: return floating(value.as_double());
    case cel::ValueKind::kString: return quoted(value.as_string());
    case cel::ValueKind::kList: return list_of(value);
    case cel::ValueKind::kMap: return map_of(value);
    default: break;
  }
  TIDEWAITER_CHECK(false);  // no param is of another type
}

}  // namespace tidewaiter::policy
