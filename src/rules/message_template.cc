#include "rules/message_template.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "cel/value_read.h"

namespace tidewaiter::rules {
namespace {

constexpr std::size_t kMaxShown = 200;

Error broken(std::string message, std::size_t begin, std::size_t end) {
  return {.code = ErrorCode::kInvalidInput,
          .message = std::move(message),
          .where = ByteSpan{.begin = static_cast<std::uint32_t>(begin),
                            .end = static_cast<std::uint32_t>(end)}};
}

/// Where the placeholder that begins at `open` ends: its `}`, braces and strings inside
/// skipped.
std::size_t closing_brace(std::string_view text, std::size_t open) {
  int depth = 0;
  char quote = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == '\\') {
        ++i;
      } else if (c == quote) {
        quote = 0;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

/// Cuts at a character's start, so that what stays is UTF-8.
void clip(std::string& text) {
  if (text.size() <= kMaxShown) return;
  std::size_t end = kMaxShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  text += "…";
}

std::string display_scalar(const cel::Value& value) {
  switch (value.kind()) {
    case cel::ValueKind::kNull: return "null";
    case cel::ValueKind::kBool: return value.as_bool() ? "true" : "false";
    case cel::ValueKind::kInt: return fmt::format("{}", value.as_int());
    case cel::ValueKind::kUint: return fmt::format("{}", value.as_uint());
    case cel::ValueKind::kDouble: return fmt::format("{}", value.as_double());
    case cel::ValueKind::kString: return std::string(value.as_string());
    case cel::ValueKind::kOpaque: {
      cel::Arena arena;
      const cel::OpaqueData& data = *value.as_opaque();
      return std::string(data.type->to_string(data.payload, arena));
    }
    default: return "?";
  }
}

}  // namespace

std::string display(const cel::Value& value) {
  std::string text;
  if (value.is(cel::ValueKind::kOptional)) {
    return value.as_optional()->has_value ? display_scalar(value.as_optional()->value) : "?";
  }
  if (value.is(cel::ValueKind::kList)) {
    for (std::uint32_t i = 0; i < cel::size_of(value) && text.size() <= kMaxShown; ++i) {
      if (i > 0) text += ", ";
      text += display_scalar(cel::item_at(value, i));
    }
  } else {
    text = display_scalar(value);
  }
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  clip(text);
  return text;
}

std::string literal_part(std::string_view message) {
  std::string literal;
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (message[i] != '{') {
      literal += message[i];
    } else if (i + 1 < message.size() && message[i + 1] == '{') {
      literal += message[++i];
    } else {
      i = std::min(closing_brace(message, i), message.size());
    }
  }
  return literal;
}

Result<std::vector<MessagePart>> split_message(std::string_view text) {
  std::vector<MessagePart> parts;
  std::string literal;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if ((c == '{' || c == '}') && i + 1 < text.size() && text[i + 1] == c) {
      literal += c;
      i += 2;
    } else if (c == '}') {
      return broken("A '}' without '{' stands here; write '}}' for a brace.", i, i + 1);
    } else if (c == '{') {
      const std::size_t close = closing_brace(text, i);
      if (close == text.npos)
        return broken("The placeholder that begins here has no '}'; write '{{' for a brace.", i,
                      i + 1);
      const std::string_view expression = text.substr(i + 1, close - i - 1);
      if (expression.find_first_not_of(" \t\r\n") == expression.npos) {
        return broken("This placeholder is empty; write '{{' for a brace.", i, close + 1);
      }
      parts.push_back({.text = std::move(literal), .expression = expression});
      literal.clear();
      i = close + 1;
    } else {
      literal += c == '\n' ? ' ' : c;
      ++i;
    }
  }
  if (!literal.empty()) parts.push_back({.text = std::move(literal)});
  return parts;
}

Result<MessageTemplate> MessageTemplate::compile(std::string_view text,
                                                 const cel::Environment& environment) {
  auto parts = split_message(text);
  if (!parts) return parts.error();
  MessageTemplate message;
  for (MessagePart& part : *parts) {
    message.parts_.push_back({.text = std::move(part.text)});
    if (part.expression.empty()) continue;
    auto program = cel::compile(environment, part.expression);
    if (!program) {
      const auto begin = static_cast<std::uint32_t>(part.expression.data() - text.data());
      Error error = program.error();
      if (error.where) {
        error.where = ByteSpan{error.where->begin + begin, error.where->end + begin};
      }
      return error;
    }
    message.parts_.back().program = std::move(*program);
  }
  return message;
}

std::string MessageTemplate::render(cel::Activation& activation, cel::Arena& arena) const {
  std::string text;
  for (const Part& part : parts_) {
    text += part.text;
    if (part.program) text += display(part.program->evaluate(activation, arena));
  }
  return text;
}

}  // namespace tidewaiter::rules
