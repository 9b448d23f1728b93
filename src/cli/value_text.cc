#include "cli/value_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <deque>
#include <optional>
#include <ostream>
#include <string_view>
#include <utility>

#include "base/utf8.h"
#include "cel/arena.h"
#include "cel/number_text.h"
#include "cel/time.h"
#include "cel/value_data.h"
#include "cel/value_read.h"
#include "cli/value_walk.h"
#include "report/shown_text.h"

namespace tidewaiter::cli {
namespace {

using cel::Value;
using cel::ValueKind;

constexpr std::size_t kLine = 80;          // of a value on one line, in bytes
constexpr std::size_t kMostIndented = 40;  // levels; what is deeper is indented no further

/// The functions that make values of libraries from text.
constexpr std::pair<std::string_view, std::string_view> kMakers[] = {
    {"kubernetes.NamedFormat", "format.named"},
    {"kubernetes.Quantity", "quantity"},
    {"kubernetes.Semver", "semver"},
    {"kubernetes.URL", "url"},
    {"net.CIDR", "cidr"},
    {"net.IP", "ip"},
};

std::string_view maker_of(std::string_view type) {
  for (const auto& [name, maker] : kMakers) {
    if (name == type) return maker;
  }
  return type;
}

std::string text_of_opaque(const Value& value) {
  cel::Arena arena;
  const cel::OpaqueData& data = *value.as_opaque();
  return std::string(data.type->to_string(data.payload, arena));
}

void append_escaped(std::string& out, char32_t c) {
  switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
      out += c > 0xFFFF ? fmt::format("\\U{:08X}", static_cast<std::uint32_t>(c))
                        : fmt::format("\\u{:04X}", static_cast<std::uint32_t>(c));
  }
}

/// A string literal. What a terminal or build log would not show, or would obey, is escaped.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCharacter character = decode_utf8(text, i);
    const std::string_view bytes = text.substr(i, character.size);
    i += character.size;
    const char32_t c = character.code_point;
    const bool command =
        c == '#' && (text.substr(i).starts_with("#vso[") || text.substr(i).starts_with("#["));
    const bool plain = c >= 0x20 && c < 0x7F;
    if (c == '"' || c == '\\' || command || (!plain && report::shown_text(bytes) != bytes)) {
      append_escaped(out, c);
    } else {
      out += bytes;
    }
  }
  return out + '"';
}

std::string quoted_bytes(std::string_view bytes) {
  std::string out = "b\"";
  for (const char c : bytes) {
    if (c == '"' || c == '\\') {
      out += fmt::format("\\{}", c);
    } else if (c >= 0x20 && c < 0x7F && c != '#') {
      out += c;
    } else {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  return out + '"';
}

std::string double_text(double value) {
  std::string text = cel::format_double(value);
  if (!std::isfinite(value)) return fmt::format("double(\"{}\")", text);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

struct Brackets {
  std::string_view open;
  std::string_view close;
};

Brackets brackets_of(const Value& collection) {
  if (collection.is(ValueKind::kList)) return {"[", "]"};
  if (collection.is(ValueKind::kMap)) return {"{", "}"};
  if (collection.as_optional()->has_value) return {"optional.of(", ")"};
  return {"optional.none(", ")"};
}

/// A value on one line, as long as that is not too long.
class OneLine {
 public:
  bool scalar(const Value& value) {
    const bool has_text = value.is(ValueKind::kString) || value.is(ValueKind::kBytes);
    if (has_text && value.as_string().size() > kLine) return false;
    return separate() && add(literal_of(value));
  }
  bool open(const Value& value) {
    const bool fits = separate() && add(brackets_of(value).open);
    first_ = true;
    return fits;
  }
  bool key(const Value& key) {
    const bool fits = scalar(key) && add(": ");
    first_ = true;  // nothing stands between a key and its value
    return fits;
  }
  bool close(const Value& value) {
    first_ = false;
    return add(brackets_of(value).close);
  }
  const std::string& text() const { return text_; }

 private:
  bool separate() { return std::exchange(first_, false) || add(", "); }
  bool add(std::string_view text) {
    text_ += text;
    return text_.size() <= kLine;
  }

  std::string text_;
  bool first_ = true;
};

/// The value as it stands on one line; nothing if it needs more.
std::optional<std::string> one_line(const Value& value) {
  if (!is_collection(value)) return literal_of(value);
  OneLine line;
  if (!walk_value(value, line)) return std::nullopt;
  return line.text();
}

std::string base64(std::string_view bytes) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view group = bytes.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      bits = bits << 8U | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += k <= group.size() ? kDigits[(bits >> (18 - 6 * k)) & 63U] : '=';
    }
  }
  return out;
}

class JsonVisitor {
 public:
  explicit JsonVisitor(report::JsonWriter& json) : json_(json) {}

  bool scalar(const Value& value) {
    switch (value.kind()) {
      case ValueKind::kBool: json_.boolean(value.as_bool()); break;
      case ValueKind::kInt: json_.integer(value.as_int()); break;
      case ValueKind::kUint: json_.unsigned_integer(value.as_uint()); break;
      case ValueKind::kDouble:
        std::isfinite(value.as_double()) ? json_.number(value.as_double())
                                         : json_.string(cel::format_double(value.as_double()));
        break;
      case ValueKind::kNull: json_.null(); break;
      default: json_.string(text_of(value)); break;
    }
    return true;
  }
  bool open(const Value& value) {
    if (value.is(ValueKind::kList)) json_.begin_array();
    if (value.is(ValueKind::kMap)) json_.begin_object();
    if (value.is(ValueKind::kOptional) && !value.as_optional()->has_value) json_.null();
    return true;
  }
  bool key(const Value& key) {
    json_.key(key.is(ValueKind::kUint) ? fmt::format("{}", key.as_uint()) : text_of(key));
    return true;
  }
  bool close(const Value& value) {
    if (value.is(ValueKind::kList)) json_.end_array();
    if (value.is(ValueKind::kMap)) json_.end_object();
    return true;
  }

 private:
  static std::string text_of(const Value& value) {
    switch (value.kind()) {
      case ValueKind::kString: return std::string(value.as_string());
      case ValueKind::kBytes: return base64(value.as_string());
      case ValueKind::kDuration: return cel::format_duration(value);
      case ValueKind::kTimestamp: return cel::format_timestamp(value);
      case ValueKind::kOpaque: return text_of_opaque(value);
      default: return literal_of(value);
    }
  }

  report::JsonWriter& json_;
};

}  // namespace

std::string literal_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kBool: return value.as_bool() ? "true" : "false";
    case ValueKind::kInt: return fmt::format("{}", value.as_int());
    case ValueKind::kUint: return fmt::format("{}u", value.as_uint());
    case ValueKind::kDouble: return double_text(value.as_double());
    case ValueKind::kString: return quoted(value.as_string());
    case ValueKind::kBytes: return quoted_bytes(value.as_string());
    case ValueKind::kDuration:
      return fmt::format("duration(\"{}\")", cel::format_duration(value));
    case ValueKind::kTimestamp:
      return fmt::format("timestamp(\"{}\")", cel::format_timestamp(value));
    case ValueKind::kType: return std::string(value.as_type()->name);
    case ValueKind::kOpaque:
      return fmt::format("{}({})", maker_of(cel::type_name(value)),
                         quoted(text_of_opaque(value)));
    default: return "null";
  }
}

bool is_one_line(const Value& value) {
  return one_line(value).has_value();
}

void write_value(std::ostream& out, const Value& root, unsigned indent) {
  std::deque<OpenValue> open;  // what is in it never moves
  const auto begin = [&](const Value& value) {
    if (const auto line = one_line(value)) {
      out << *line;
    } else {
      out << brackets_of(value).open;
      open.emplace_back(value);
    }
  };
  const auto new_line = [&](std::size_t level) {
    out << '\n' << std::string(indent + 2 * std::min(level, kMostIndented), ' ');
  };
  begin(root);
  while (!open.empty()) {
    OpenValue& top = open.back();
    Value key;
    Value item;
    const bool is_first = top.given() == 0;
    if (top.next(key, item)) {
      if (!is_first) out << ',';
      new_line(open.size());
      if (top.is_map()) out << literal_of(key) << ": ";
      begin(item);
    } else {
      new_line(open.size() - 1);
      out << brackets_of(top.value()).close;
      open.pop_back();
    }
  }
}

void write_json(report::JsonWriter& json, const Value& value) {
  JsonVisitor visitor(json);
  walk_value(value, visitor);
}

}  // namespace tidewaiter::cli
