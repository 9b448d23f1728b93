#include "base/line_index.h"

#include <algorithm>

namespace tidewaiter {
namespace {

/// The bytes of the character at `offset`; 1 where it is not UTF-8.
std::uint32_t character_size(std::string_view text, std::size_t offset) {
  const auto lead = static_cast<unsigned char>(text[offset]);
  std::uint32_t size = 1;
  if (lead >= 0xF0 && lead <= 0xF4) {
    size = 4;
  } else if (lead >= 0xE0 && lead < 0xF0) {
    size = 3;
  } else if (lead >= 0xC2 && lead < 0xE0) {
    size = 2;
  }
  if (offset + size > text.size()) return 1;
  for (std::uint32_t i = 1; i < size; ++i) {
    if ((static_cast<unsigned char>(text[offset + i]) & 0xC0U) != 0x80U) return 1;
  }
  return size;
}

}  // namespace

LineIndex::LineIndex(std::string_view text) : text_(text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool lone_or_lf =
        text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
    if (lone_or_lf) starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }
}

Position LineIndex::at(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto next = std::ranges::upper_bound(starts_, offset);
  Position position{.line = static_cast<std::uint32_t>(next - starts_.begin())};
  for (std::uint32_t i = *(next - 1); i < offset;) {
    const std::uint32_t size = character_size(text_, i);
    if (i + size > offset) break;  // the offset lies inside this character
    i += size;
    ++position.column;
    position.utf16_column += size == 4 ? 2 : 1;
  }
  return position;
}

ByteSpan LineIndex::line(std::uint32_t line) const {
  if (line == 0 || line > line_count()) return {};
  const std::uint32_t begin = starts_[line - 1];
  std::uint32_t end =
      line < line_count() ? starts_[line] : static_cast<std::uint32_t>(text_.size());
  while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
  return {.begin = begin, .end = end};
}

}  // namespace tidewaiter
