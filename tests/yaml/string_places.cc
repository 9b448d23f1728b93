#include "yaml/string_places.h"

#include <vector>

#include "support/catch.h"
#include "yaml/reading.h"
#include "yaml/scalar_offsets.h"

namespace tidewaiter::yaml::testing {
namespace {

std::string_view cut(std::string_view text, ByteSpan span) {
  return text.substr(span.begin, span.size());
}

/// Whether `written` may stand for `value`, judged without the code under test.
bool stands_for(std::string_view written, std::string_view value) {
  if (value == "\n" || value == " ") {
    if (written.empty() || written == "\n" || written == "\r\n" || written == "\r" ||
        written == "\xC2\x85") {
      return true;
    }
  }
  if (value == "'" && written == "''") return true;
  if (value == "\xEF\xBF\xBD" && written.size() == 1) return true;
  if (written == value) return true;  // U+2028, U+2029
  if (!written.starts_with('\\')) return false;
  // The second opinion on an escape is the reader's.
  const Reading yaml("- \"" + std::string(written) + "\"\n");
  if (yaml.file.documents.at(0).root != nullptr) {
    return yaml.root().item(0).as_string() == value;
  }
  const Reading json("{\"a\": \"" + std::string(written) + "\"}");
  return json.file.documents.at(0).root != nullptr &&
         json.root().find("a")->as_string() == value;
}

}  // namespace

std::string fault_in(std::string_view source, const Node& node) {
  const std::string_view value = node.as_string();
  ScalarParts parts(source, node);
  std::uint32_t value_at = 0;
  std::uint32_t at = node.resolved().span().begin;
  while (const auto part = parts.next()) {
    if (part->value.begin != value_at || part->value.empty()) return "a gap in the value";
    if (part->written.begin < at || part->written.end > source.size()) return "no ascent";
    value_at = part->value.end;
    at = part->written.end;
    const auto written = cut(source, part->written);
    if (part->verbatim ? written != cut(value, part->value)
                       : !stands_for(written, cut(value, part->value))) {
      return "'" + std::string(written) + "' for '" + std::string(cut(value, part->value)) +
             "'";
    }
  }
  if (value_at != value.size() || !parts.complete()) return "the value is not found in whole";
  if (parts.end() != at && value_at != 0) return "the end is not the last part's";
  return {};
}

void check_strings(const Source& source, const File& file, Tally& tally) {
  std::vector<const Node*> open;
  for (const Document& document : file.documents) {
    if (document.root != nullptr) open.push_back(document.root);
  }
  const auto check = [&](const Node& node) {
    ++tally.strings;
    const std::string fault = fault_in(source.text(), node);
    if (fault.empty()) {
      ++tally.by_style[static_cast<std::size_t>(node.style())];
      return;
    }
    // A key may have been a number or an alias, and `!!binary` is decoded.
    const bool rewritten = node.has_tag() || (node.is_key() && node.style() == Style::kPlain);
    if (rewritten && fault == "the value is not found in whole") return;
    INFO(source.text(node.span()));
    CHECK(fault == "");
  };
  while (!open.empty()) {
    const Node& node = *open.back();
    open.pop_back();
    if (node.is_string()) check(node);
    if (node.is_alias()) continue;
    for (std::uint32_t i = 0; i < node.size(); ++i) {
      if (node.is_sequence()) {
        open.push_back(&node.item(i));
      } else {
        check(*node.entry(i).key);
        open.push_back(node.entry(i).value);
      }
    }
  }
}

}  // namespace tidewaiter::yaml::testing
