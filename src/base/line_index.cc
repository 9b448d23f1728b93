#include "base/line_index.h"

#include <algorithm>

#include "base/utf8.h"

namespace tidewaiter {
namespace {

constexpr std::uint32_t kStride = 1024;  // bytes between checkpoints
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

LineIndex::LineIndex(std::string_view text) : text_(text) {
  starts_.push_back(text.starts_with(kByteOrderMark) ? 3 : 0);
  for (std::size_t i = starts_[0]; i < text.size(); ++i) {
    const bool lone_or_lf =
        text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
    if (!lone_or_lf) continue;
    add_checkpoints(starts_.back(), static_cast<std::uint32_t>(i));
    starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }
  add_checkpoints(starts_.back(), static_cast<std::uint32_t>(text.size()));
}

void LineIndex::add_checkpoints(std::uint32_t begin, std::uint32_t end) {
  if (end - begin <= kStride) return;
  Checkpoint here{.offset = begin, .column = 1, .utf16_column = 1};
  for (std::uint32_t last = begin; here.offset < end;) {
    if (here.offset - last >= kStride) {
      checkpoints_.push_back(here);
      last = here.offset;
    }
    const DecodedCharacter character = decode_utf8(text_, here.offset);
    here.offset += character.size;
    ++here.column;
    here.utf16_column += character.utf16_units();
  }
}

Position LineIndex::at(std::uint32_t offset) const {
  offset = std::clamp(offset, starts_[0], static_cast<std::uint32_t>(text_.size()));
  const auto next = std::ranges::upper_bound(starts_, offset);
  Position position{.line = static_cast<std::uint32_t>(next - starts_.begin())};
  std::uint32_t i = *(next - 1);
  const auto after = std::ranges::upper_bound(checkpoints_, offset, {}, &Checkpoint::offset);
  if (after != checkpoints_.begin() && (after - 1)->offset > i) {
    i = (after - 1)->offset;
    position.column = (after - 1)->column;
    position.utf16_column = (after - 1)->utf16_column;
  }
  while (i < offset) {
    const DecodedCharacter character = decode_utf8(text_, i);
    if (i + character.size > offset) break;  // the offset lies inside this character
    i += character.size;
    ++position.column;
    position.utf16_column += character.utf16_units();
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
