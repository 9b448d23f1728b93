#include "fix/value_text.h"

#include "fix/scalar_text.h"

namespace tidewaiter::fix {
namespace {

/// YAML gives up on a key of more than 1,024 characters.
constexpr std::size_t kMostKey = 1000;

/// Appends to one text; once a part cannot be written, there is no result.
class ValueWriter {
 public:
  explicit ValueWriter(const WritingStyle& style) : style_(style) {}

  std::optional<std::string> result() {
    if (failed_ || out_.size() > Value::kMostBytes) return std::nullopt;
    return std::move(out_);
  }

  void inline_value(const Value& value, int depth = 0) {
    if (failed_ || depth > Value::kMostDepth || out_.size() > Value::kMostBytes) return fail();
    if (value.is_scalar()) return scalar(value);
    out_ += value.is_mapping() ? '{' : '[';
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      if (i > 0) out_ += style_.compact ? "," : ", ";
      if (value.is_mapping()) key(value.keys[i]);
      inline_value(value.items[i], depth + 1);
    }
    out_ += value.is_mapping() ? '}' : ']';
  }

  /// `key: `
  void key(std::string_view key) {
    bare_key(key);
    out_ += style_.compact ? ":" : ": ";
  }

  void entry(std::string_view key, const Value& value, std::uint32_t column, int depth = 0) {
    bare_key(key);
    out_ += ':';
    if (value.items.empty()) {
      out_ += ' ';
      return inline_value(value);
    }
    const std::uint32_t inner =
        column + (value.is_mapping() ? style_.step : style_.sequence_step);
    out_ += new_line(inner, style_);
    lines(value, inner, depth + 1);
  }

  void item(const Value& value, std::uint32_t column, int depth = 0) {
    out_ += "- ";
    if (value.items.empty() || value.is_sequence()) return inline_value(value, depth);
    lines(value, column + 2, depth + 1);
  }

  void lines(const Value& value, std::uint32_t column, int depth = 0) {
    if (failed_ || depth > Value::kMostDepth || out_.size() > Value::kMostBytes) return fail();
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      if (i > 0) out_ += new_line(column, style_);
      if (value.is_mapping()) {
        entry(value.keys[i], value.items[i], column, depth);
      } else {
        item(value.items[i], column, depth);
      }
    }
  }

 private:
  void fail() { failed_ = true; }

  void scalar(const Value& value) {
    if (value.kind == yaml::Kind::kString) return string(value.text);
    out_ += value.text;
  }

  void string(std::string_view text) {
    const auto written = style_.json ? double_quoted(text) : string_text(text);
    if (!written) return fail();
    out_ += *written;
  }

  void bare_key(std::string_view key) {
    if (key.size() > kMostKey) return fail();
    string(key);
  }

  const WritingStyle& style_;
  std::string out_;
  bool failed_ = false;
};

}  // namespace

std::optional<std::string> inline_text(const Value& value, const WritingStyle& style) {
  ValueWriter writer(style);
  writer.inline_value(value);
  return writer.result();
}

std::optional<std::string> inline_entry(std::string_view key, const Value& value,
                                        const WritingStyle& style) {
  ValueWriter writer(style);
  writer.key(key);
  writer.inline_value(value);
  return writer.result();
}

std::optional<std::string> block_entry(std::string_view key, const Value& value,
                                       std::uint32_t column, const WritingStyle& style) {
  ValueWriter writer(style);
  writer.entry(key, value, column);
  return writer.result();
}

std::optional<std::string> block_item(const Value& value, std::uint32_t column,
                                      const WritingStyle& style) {
  ValueWriter writer(style);
  writer.item(value, column);
  return writer.result();
}

std::optional<std::string> block_lines(const Value& collection, std::uint32_t column,
                                       const WritingStyle& style) {
  ValueWriter writer(style);
  writer.lines(collection, column);
  return writer.result();
}

std::string new_line(std::uint32_t column, const WritingStyle& style) {
  return std::string(style.line_break) + std::string(column, ' ');
}

}  // namespace tidewaiter::fix
