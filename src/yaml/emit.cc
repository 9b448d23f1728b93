#include "yaml/emit.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <string_view>

#include "base/check.h"
#include "yaml/scalar_resolver.h"

namespace tidewaiter::yaml {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// A word that needs no quotes anywhere, and that nobody reads as a number, a date or a bool.
bool is_plain_word(std::string_view text) {
  return !text.empty() && is_letter_or_digit(text.front()) &&
         std::ranges::all_of(text,
                             [](char c) {
                               return is_letter_or_digit(c) || std::string_view("-._/").find(
                                                                   c) != std::string_view::npos;
                             }) &&
         std::ranges::any_of(text, [](char c) { return c > '9'; }) &&
         resolve_plain(text).kind == Kind::kString;
}

/// U+0085, U+2028 or U+2029, which YAML 1.1 takes for line ends.
bool has_exotic_line_end(std::string_view text) {
  return text.find("\xC2\x85") != text.npos || text.find("\xE2\x80\xA8") != text.npos ||
         text.find("\xE2\x80\xA9") != text.npos;
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

/// Double quotes where something must be escaped, or where they cost fewer escapes.
bool wants_double_quotes(std::string_view text) {
  if (std::ranges::any_of(text, is_control)) return true;
  const auto in_double = [](char c) { return c == '"' || c == '\\'; };
  return std::ranges::count(text, '\'') > std::ranges::count_if(text, in_double);
}

/// Lines of prose: text that a block holds as it stands, with its one line end at the end.
bool is_block(std::string_view text) {
  if (!text.ends_with('\n') || text.ends_with("\n\n") || text.size() < 2) return false;
  return text.front() != ' ' && text.front() != '\n' && text.find(" \n") == text.npos &&
         std::ranges::all_of(text, [](char c) { return c == '\n' || !is_control(c); });
}

class Writer {
 public:
  explicit Writer(YAML::Emitter& out) : out_(out) {}

  void write(const Tree& tree) {
    std::visit([this](const auto& value) { put(value); }, tree.value);
  }

 private:
  void put(bool boolean) { out_ << boolean; }
  void put(std::int64_t integer) { out_ << integer; }

  void put(const std::string& text) {
    if (has_exotic_line_end(text)) {
      out_ << YAML::DoubleQuoted << YAML::EscapeNonAscii;
    } else if (is_block(text)) {
      out_ << YAML::Literal;
    } else if (wants_double_quotes(text)) {
      out_ << YAML::DoubleQuoted;
    } else if (!is_plain_word(text)) {
      out_ << YAML::SingleQuoted;
    }
    out_ << text;
  }

  void put(const Tree::List& items) {
    const bool words = std::ranges::all_of(items, [](const Tree& item) {
      const auto* const text = std::get_if<std::string>(&item.value);
      return text != nullptr && (text->empty() || is_plain_word(*text) || *text == "*");
    });
    if (words) out_ << YAML::Flow;
    out_ << YAML::BeginSeq;
    for (const Tree& item : items) write(item);
    out_ << YAML::EndSeq;
  }

  void put(const Tree::Map& entries) {
    if (entries.empty()) out_ << YAML::Flow;
    out_ << YAML::BeginMap;
    for (const TreeEntry& entry : entries) {
      out_ << YAML::Key;
      put(entry.key);
      out_ << YAML::Value;
      write(entry.value);
    }
    out_ << YAML::EndMap;
  }

  YAML::Emitter& out_;
};

}  // namespace

std::string emit(std::span<const Tree> documents) {
  std::string text;
  for (const Tree& document : documents) {
    YAML::Emitter out;
    Writer(out).write(document);
    TIDEWAITER_CHECK(out.good());
    if (!text.empty()) text += "---\n";
    text.append(out.c_str(), out.size());
    text += '\n';
  }
  return text;
}

}  // namespace tidewaiter::yaml
