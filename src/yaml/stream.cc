#include "yaml/stream.h"

#include <algorithm>

namespace tidewaiter::yaml {
namespace {

constexpr std::string_view kDashes = "---";
constexpr std::string_view kBlank = " \t\r\v\f";

enum class Line : std::uint8_t { kText, kSeparator, kBadSeparator };

Line kind_of(std::string_view line) {
  if (!line.starts_with(kDashes)) return Line::kText;
  const std::string_view rest = line.substr(kDashes.size());
  const auto first = rest.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return Line::kSeparator;
  return rest[first] == '#' && first > 0 ? Line::kSeparator : Line::kBadSeparator;
}

}  // namespace

std::vector<Piece> split_stream(std::string_view text) {
  std::vector<Piece> pieces;
  Piece piece;
  const auto end_of = [](std::size_t at) { return static_cast<std::uint32_t>(at); };
  for (std::size_t begin = 0; begin < text.size();) {
    const auto found = text.find('\n', begin);
    const std::size_t end = std::min(found, text.size());
    const std::size_t next = std::min(end + 1, text.size());
    std::string_view line = text.substr(begin, end - begin);
    const ByteSpan span{.begin = end_of(begin), .end = end_of(end)};
    const Line kind = kind_of(line);
    if (kind == Line::kBadSeparator && piece.bad_separators.size() == kMostBadSeparators) {
      piece.has_more_bad_separators = true;
    } else if (kind == Line::kBadSeparator) {
      while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
      piece.bad_separators.push_back({.begin = span.begin, .end = end_of(begin + line.size())});
    }
    if (kind == Line::kSeparator && begin > piece.span.begin) {
      piece.span.end = end_of(begin);
      pieces.push_back(std::move(piece));
      piece = {};
      piece.span.begin = end_of(next);
      if (const auto comment = line.find('#'); comment != std::string_view::npos) {
        piece.separator_comment = {.begin = end_of(begin + comment), .end = span.end};
      }
    }
    begin = next;
  }
  piece.span.end = end_of(text.size());
  if (!piece.span.empty()) pieces.push_back(std::move(piece));
  return pieces;
}

}  // namespace tidewaiter::yaml
