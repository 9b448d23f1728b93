#include "yaml/comments.h"

#include "yaml/line_end.h"

namespace tidewaiter::yaml {
namespace {

bool is_line_start(std::string_view source, std::uint32_t at) {
  return at == 0 || source[at - 1] == '\n' || source[at - 1] == '\r';
}

/// Three dots at the start of a line, alone or before a blank.
bool is_document_end(std::string_view source, std::uint32_t at, std::uint32_t limit) {
  return is_line_start(source, at) && source.substr(at, limit - at).starts_with("...") &&
         (at + 3 == limit ||
          std::string_view(" \t\r\n").find(source[at + 3]) != std::string_view::npos);
}

}  // namespace

void find_comments(std::string_view source, ByteSpan gap, std::vector<ByteSpan>& comments) {
  for (std::uint32_t at = gap.begin; at < gap.end;) {
    const auto found = source.substr(0, gap.end).find('#', at);
    if (found == std::string_view::npos) return;
    const auto begin = static_cast<std::uint32_t>(found);
    at = find_line_end(source, begin, gap.end);
    comments.push_back({.begin = begin, .end = at});
  }
}

std::string_view source_comment(std::string_view source, std::span<const ByteSpan> comments) {
  constexpr std::string_view kPrefix = "# Source: ";
  for (const ByteSpan comment : comments) {
    std::string_view text = source.substr(comment.begin, comment.size());
    if (!text.starts_with(kPrefix)) continue;
    text.remove_prefix(kPrefix.size());
    const auto last = text.find_last_not_of(" \t");
    if (last != std::string_view::npos) return text.substr(0, last + 1);
  }
  return {};
}

ByteSpan find_ignored(std::string_view source, ByteSpan rest, std::vector<ByteSpan>& comments) {
  for (std::uint32_t at = rest.begin; at < rest.end;) {
    const char c = source[at];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      ++at;
    } else if (c == '#') {
      const std::uint32_t end = find_line_end(source, at, rest.end);
      comments.push_back({.begin = at, .end = end});
      at = end;
    } else if (is_document_end(source, at, rest.end)) {
      at += 3;
    } else {
      std::uint32_t end = find_line_end(source, at, rest.end);
      while (end > at + 1 && (source[end - 1] == ' ' || source[end - 1] == '\t')) --end;
      return {.begin = at, .end = end};
    }
  }
  return {.begin = rest.end, .end = rest.end};
}

}  // namespace tidewaiter::yaml
