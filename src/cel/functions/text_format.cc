#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "cel/code_points.h"
#include "cel/functions/go_quote.h"
#include "cel/functions/libraries.h"
#include "cel/number_text.h"
#include "cel/time.h"
#include "cel/value_build.h"
#include "cel/value_read.h"

// string.format(list) as Kubernetes has it: version 1 of cel-go's formatting, whose numbers are
// those of the locale en-US.

namespace tidewaiter::cel {
namespace {

using Args = std::span<const Value>;

constexpr int kDefaultPrecision = 6;
constexpr std::string_view kNoText = "'%s' takes bytes that are UTF-8";
constexpr int kMaxPrecision = 10'000;

// Either a text, or why there is none.
struct Formatted {
  std::string text = {};
  std::string error = {};

  static Formatted failure(std::string why) { return {.text = {}, .error = std::move(why)}; }
};

// x/text drops the sign of a zero, not that of what is rounded to it.
double without_negative_zero(double value) {
  return value == 0 ? 0 : value;
}

// Precision is also the least width of what is no number, in x/text's %e.
std::string padded(std::string_view text, std::size_t characters, int width) {
  const auto wanted = static_cast<std::size_t>(width);
  return std::string(wanted > characters ? wanted - characters : 0, ' ') + std::string(text);
}

std::string grouped(const std::string& fixed) {
  const std::size_t first = fixed.front() == '-' ? 1 : 0;
  const std::size_t point = std::min(fixed.find('.'), fixed.size());
  std::string out = fixed.substr(0, first);
  for (std::size_t i = first; i < point; ++i) {
    if (i > first && (point - i) % 3 == 0) out += ',';
    out += fixed[i];
  }
  return out + fixed.substr(point);
}

std::string fixed_point(double value, int precision) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-∞" : "∞";
  return grouped(fmt::format("{:.{}f}", without_negative_zero(value), precision));
}

std::string superscript(int number) {
  static constexpr std::string_view kDigits[] = {"⁰", "¹", "²", "³", "⁴",
                                                 "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string out = number < 0 ? "⁻" : "";
  for (const char digit : fmt::format("{:02}", number < 0 ? -number : number)) {
    out += kDigits[digit - '0'];
  }
  return out;
}

// The precision of %e is the least width, as upstream has it: there are always six digits.
std::string scientific(double value, int precision) {
  if (std::isnan(value)) return padded("NaN", 3, precision);
  if (std::isinf(value)) {
    return value < 0 ? padded("-∞", 2, precision) : padded("∞", 1, precision);
  }
  const std::string text = fmt::format("{:.6e}", without_negative_zero(value));
  const std::size_t e = text.find('e');
  const std::string exponent =
      superscript(static_cast<int>(parse_int(text.substr(e + 1)).value_or(0)));
  const std::string whole = text.substr(0, e) + "×10" + exponent;
  return padded(whole, count_code_points(whole), precision);
}

// Texts of collections, item by item with an explicit stack; scalars as literals.
class LiteralWriter {
 public:
  explicit LiteralWriter(CallContext& call) : call_(call) {}

  Formatted write(const Value& value) {
    Formatted out;
    append(value, out, 0);
    return out;
  }

 private:
  // Deeper than any document or expression may nest by default.
  static constexpr int kMaxDepth = 500;

  void append(const Value& value, Formatted& out, int depth) {
    if (!out.error.empty()) return;
    if (depth > kMaxDepth || !call_.spend(1 + out.text.size() / 4096) ||
        !call_.arena.has_room(out.text.size())) {
      out.error = "The value is too large to format.";
      return;
    }
    switch (value.kind()) {
      case ValueKind::kList: return append_list(value, out, depth);
      case ValueKind::kMap: return append_map(value, out, depth);
      default: out.text += literal(value, out.error);
    }
  }

  void append_list(const Value& list, Formatted& out, int depth) {
    out.text += '[';
    for (std::uint32_t i = 0; i < size_of(list) && out.error.empty(); ++i) {
      if (i > 0) out.text += ", ";
      append(item_at(list, i), out, depth + 1);
    }
    out.text += ']';
  }

  void append_map(const Value& map, Formatted& out, int depth) {
    std::vector<std::pair<std::string, Value>> entries;
    MapCursor cursor(map);
    Value key;
    Value value;
    while (cursor.next(key, value)) {
      if (key.is(ValueKind::kDouble)) out.error = "'%s' takes no map with such keys";
      entries.emplace_back(literal(key, out.error), value);
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    out.text += '{';
    bool first = true;
    for (const auto& [name, content] : entries) {
      if (!first) out.text += ", ";
      first = false;
      out.text += name + ":";
      append(content, out, depth + 1);
    }
    out.text += '}';
  }

  static std::string literal(const Value& value, std::string& error) {
    switch (value.kind()) {
      case ValueKind::kNull: return "null";
      case ValueKind::kBool: return value.as_bool() ? "true" : "false";
      case ValueKind::kInt: return fmt::to_string(value.as_int());
      case ValueKind::kUint: return fmt::to_string(value.as_uint());
      case ValueKind::kDouble: return double_literal(value.as_double());
      case ValueKind::kString: return go_quoted(value.as_string());
      case ValueKind::kBytes:
        if (!is_utf8(value.as_string())) error = kNoText;
        return "b" + go_quoted(value.as_string());
      case ValueKind::kDuration: return fmt::format("duration(\"{}\")", format_duration(value));
      case ValueKind::kTimestamp:
        return fmt::format("timestamp(\"{}\")", format_timestamp(value));
      case ValueKind::kType: return std::string(value.as_type()->name);
      default: error = fmt::format("A '{}' cannot be formatted.", type_name(value)); return {};
    }
  }

  static std::string double_literal(double value) {
    if (std::isnan(value)) return "\"NaN\"";
    if (std::isinf(value)) return value < 0 ? "\"-Inf\"" : "\"+Inf\"";
    return fmt::format("{:.{}f}", value, kDefaultPrecision);
  }

  CallContext& call_;
};

Formatted as_string(CallContext& call, const Value& value) {
  switch (value.kind()) {
    case ValueKind::kBytes:
      if (!is_utf8(value.as_string())) return Formatted::failure(std::string(kNoText));
      [[fallthrough]];
    case ValueKind::kString: return {.text = std::string(value.as_string())};
    case ValueKind::kDouble: return {.text = format_double(value.as_double())};
    case ValueKind::kDuration: return {.text = format_duration(value)};
    case ValueKind::kTimestamp: return {.text = format_timestamp(value)};
    default: return LiteralWriter(call).write(value);
  }
}

Formatted as_decimal(const Value& value) {
  if (value.is(ValueKind::kInt)) return {.text = fmt::to_string(value.as_int())};
  if (value.is(ValueKind::kUint)) return {.text = fmt::to_string(value.as_uint())};
  return Formatted::failure("'%d' takes integers");
}

struct Magnitude {
  std::uint64_t value;
  bool negative;
};

std::optional<Magnitude> magnitude(const Value& value) {
  if (value.is(ValueKind::kUint)) return Magnitude{value.as_uint(), false};
  if (!value.is(ValueKind::kInt)) return std::nullopt;
  const auto bits = static_cast<std::uint64_t>(value.as_int());
  return value.as_int() < 0 ? Magnitude{~bits + 1, true} : Magnitude{bits, false};
}

Formatted as_based(const Value& value, char clause) {
  if (clause == 'b' && value.is(ValueKind::kBool)) {
    return {.text = value.as_bool() ? "1" : "0"};
  }
  const auto number = magnitude(value);
  if (!number) return Formatted::failure(fmt::format("'%{}' takes integers", clause));
  const std::string_view sign = number->negative ? "-" : "";
  switch (clause) {
    case 'b': return {.text = fmt::format("{}{:b}", sign, number->value)};
    case 'o': return {.text = fmt::format("{}{:o}", sign, number->value)};
    case 'x': return {.text = fmt::format("{}{:x}", sign, number->value)};
    default: return {.text = fmt::format("{}{:X}", sign, number->value)};
  }
}

Formatted as_hex(const Value& value, char clause) {
  if (!value.is(ValueKind::kString) && !value.is(ValueKind::kBytes)) {
    return as_based(value, clause);
  }
  const std::string_view digits = clause == 'x' ? "0123456789abcdef" : "0123456789ABCDEF";
  Formatted out;
  out.text.reserve(value.as_string().size() * 2);
  for (const char c : value.as_string()) {
    const auto byte = static_cast<unsigned char>(c);
    out.text += digits[byte >> 4];
    out.text += digits[byte & 15U];
  }
  return out;
}

Formatted as_floating(const Value& value, char clause, int precision) {
  double number = 0;
  if (value.is(ValueKind::kDouble)) {
    number = value.as_double();
  } else if (value.is(ValueKind::kString) &&
             (value.as_string() == "NaN" || value.as_string() == "Infinity" ||
              value.as_string() == "-Infinity")) {
    number = *parse_double(value.as_string());
  } else {
    return Formatted::failure(fmt::format("'%{}' takes doubles", clause));
  }
  return {.text =
              clause == 'f' ? fixed_point(number, precision) : scientific(number, precision)};
}

Formatted apply(CallContext& call, char clause, int precision, const Value& value) {
  switch (clause) {
    case 's': return as_string(call, value);
    case 'd': return as_decimal(value);
    case 'b':
    case 'o': return as_based(value, clause);
    case 'x':
    case 'X': return as_hex(value, clause);
    case 'e':
    case 'f': return as_floating(value, clause, precision);
    default: return Formatted::failure(fmt::format("'%{}' is no formatting clause", clause));
  }
}

// ".3" after the percent sign.
std::optional<int> read_precision(std::string_view format, std::size_t& at) {
  if (at >= format.size() || format[at] != '.') return kDefaultPrecision;
  int precision = 0;
  const std::size_t first = ++at;
  while (at < format.size() && format[at] >= '0' && format[at] <= '9') {
    precision = precision * 10 + (format[at++] - '0');
    if (precision > kMaxPrecision) return std::nullopt;
  }
  if (at == first) return std::nullopt;
  return precision;
}

Value format(CallContext& call, Args args) {
  const std::string_view pattern = args[0].as_string();
  if (!call.spend(1 + pattern.size() / 16)) return cost_error();
  std::string out;
  std::uint32_t used = 0;
  for (std::size_t at = 0; at < pattern.size();) {
    if (pattern[at] != '%') {
      const std::size_t next = std::min(pattern.find('%', at), pattern.size());
      out += pattern.substr(at, next - at);
      at = next;
      continue;
    }
    if (++at >= pattern.size()) return make_error(call.arena, "The format ends with a '%'.");
    if (pattern[at] == '%') {
      out += '%';
      ++at;
      continue;
    }
    const auto precision = read_precision(pattern, at);
    if (!precision || at >= pattern.size()) {
      return make_error(call.arena, "The format has a precision that cannot be read.");
    }
    if (used >= size_of(args[1])) {
      return make_error(call.arena, fmt::format("The format needs more than {} values.", used));
    }
    if (!call.spend(static_cast<std::uint64_t>(*precision) / 16)) return cost_error();
    const Value item = item_at(args[1], used++);
    const Formatted part = apply(call, pattern[at++], *precision, item);
    if (!part.error.empty()) {
      return make_error(call.arena,
                        fmt::format("{}, but was given '{}'.", part.error, type_name(item)),
                        ErrorCause::kValue, item.origin());
    }
    if (!call.spend(1 + part.text.size() / 16) ||
        !call.arena.has_room(out.size() + part.text.size())) {
      return memory_error();
    }
    out += part.text;
  }
  return make_string(call.arena, out);
}

constexpr LibraryRow kRows[] = {
    {"string.format(list(dyn)) -> string", format,
     "The text with %s, %d, %f, %e, %b, %o, %x, %X replaced by the values.", 29},
};

}  // namespace

void add_format_function(FunctionRegistry& registry) {
  add_rows(registry, kRows);
}

}  // namespace tidewaiter::cel
