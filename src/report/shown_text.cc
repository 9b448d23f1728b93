#include "report/shown_text.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/utf8.h"

namespace tidewaiter::report {
namespace {

constexpr std::uint32_t kTabStop = 4;
constexpr char kEllipsis[] = "\xE2\x80\xA6";

struct Range {
  char32_t first;
  char32_t last;
};

// Unicode 15: characters that show nothing or reorder what is shown. The joiners (U+200C,
// U+200D) stay: scripts and emoji need them.
constexpr Range kInvisible[] = {
    {0x80, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},     {0x180E, 0x180E},
    {0x200B, 0x200B}, {0x200E, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x206F},
    {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
};

// The large blocks of combining characters, the joiners and the variation selectors.
constexpr Range kZeroWidth[] = {
    {0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},   {0x610, 0x61A},     {0x64B, 0x65F},
    {0x6D6, 0x6DC},   {0x93C, 0x93C},   {0x94D, 0x94D},   {0xE31, 0xE31},     {0xE34, 0xE3A},
    {0xE47, 0xE4E},   {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200C, 0x200D},   {0x20D0, 0x20F0},
    {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF},
};

// East Asian Width W and F (UAX 11), neighboring ranges joined.
constexpr Range kWide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},
    {0x23F0, 0x23F0},   {0x23F3, 0x23F3},   {0x25FD, 0x25FE},   {0x2614, 0x2615},
    {0x2648, 0x2653},   {0x267F, 0x267F},   {0x2693, 0x2693},   {0x26A1, 0x26A1},
    {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},   {0x26CE, 0x26CE},
    {0x26D4, 0x26D4},   {0x26EA, 0x26EA},   {0x26F2, 0x26F3},   {0x26F5, 0x26F5},
    {0x26FA, 0x26FA},   {0x26FD, 0x26FD},   {0x2705, 0x2705},   {0x270A, 0x270B},
    {0x2728, 0x2728},   {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},
    {0x2757, 0x2757},   {0x2795, 0x2797},   {0x27B0, 0x27B0},   {0x27BF, 0x27BF},
    {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x2E80, 0x303E},
    {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6B},   {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x16FE0, 0x1B2FF}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF},
    {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F265}, {0x1F300, 0x1F320},
    {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA},
    {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E},
    {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F567},
    {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F64F},
    {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6DF}, {0x1F6EB, 0x1F6FC},
    {0x1F7E0, 0x1F7F0}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F9FF}, {0x1FA70, 0x1FAFF},
    {0x20000, 0x3FFFD},
};

template <std::size_t kSize>
bool is_in(const Range (&ranges)[kSize], char32_t c) {
  const auto* after = std::ranges::upper_bound(ranges, c, {}, &Range::first);
  return after != std::begin(ranges) && c <= std::prev(after)->last;
}

/// How one character is shown.
struct Cell {
  std::string text;
  std::uint32_t width = 1;
};

Cell cell_of(char32_t c, std::string_view from_here) {
  Cell cell;
  if (c >= 0x20 && c < 0x7F && c != '#') {
    cell.text = static_cast<char>(c);
  } else if (c < 0x20 || c == 0x7F) {  // the control pictures: U+2400 is "NUL", U+2421 "DEL"
    append_utf8(cell.text, c == 0x7F ? 0x2421 : 0x2400 + c);
  } else if (is_in(kInvisible, c)) {
    append_utf8(cell.text, kReplacementCharacter);
  } else if (from_here.starts_with("##vso[") || from_here.starts_with("##[")) {
    cell.text = "\xE2\x99\xAF";  // a sharp sign: looks like `#` and commands nothing
  } else {
    append_utf8(cell.text, c);
    if (is_in(kZeroWidth, c)) cell.width = 0;
    if (is_in(kWide, c)) cell.width = 2;
  }
  return cell;
}

std::vector<Cell> cells_of(std::string_view line) {
  std::vector<Cell> cells;
  std::uint32_t column = 0;
  for (std::size_t i = 0; i < line.size();) {
    const DecodedCharacter character = decode_utf8(line, i);
    if (character.code_point == '\t') {
      const std::uint32_t width = kTabStop - column % kTabStop;
      cells.push_back({.text = std::string(width, ' '), .width = width});
    } else {
      cells.push_back(cell_of(character.code_point, line.substr(i)));
    }
    column += cells.back().width;
    i += character.size;
  }
  return cells;
}

}  // namespace

std::string shown_text(std::string_view text, std::size_t max_bytes) {
  const std::string_view kept = utf8_prefix(text, max_bytes);
  std::string shown;
  shown.reserve(kept.size());
  for (std::size_t i = 0; i < kept.size();) {
    const DecodedCharacter character = decode_utf8(kept, i);
    if (character.code_point == '\t') {
      shown += ' ';
    } else {
      shown += cell_of(character.code_point, kept.substr(i)).text;
    }
    i += character.size;
  }
  if (kept.size() < text.size()) shown += kEllipsis;
  return shown;
}

std::string shown_path(std::string_view path) {
  std::string shown = shown_text(path);
  const std::size_t first = shown.find_first_not_of(' ');
  const bool obeyed = first != std::string::npos && shown.compare(first, 2, "::") == 0;
  return obeyed ? "./" + shown : shown;
}

ShownLine shown_line(std::string_view text, std::uint32_t begin, std::uint32_t end,
                     std::uint32_t max_cells) {
  const std::vector<Cell> cells = cells_of(text);
  // Cells before character i; the last entry is the width of the line.
  std::vector<std::uint32_t> offset{0};
  for (const Cell& cell : cells) offset.push_back(offset.back() + cell.width);
  const auto count = static_cast<std::uint32_t>(cells.size());
  const std::uint32_t mark_begin = offset[std::min(begin, count)];
  const std::uint32_t mark_end = std::max(mark_begin + 1, offset[std::min(end, count)]);

  std::uint32_t from = 0;
  std::uint32_t to = offset.back();
  if (to > max_cells) {
    if (mark_end > max_cells) from = mark_begin - std::min(mark_begin, max_cells / 4);
    to = from + max_cells;
  }
  ShownLine line;
  std::uint32_t left = from;  // where the first character that is shown begins
  bool started = false;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (offset[i] < from || offset[i + 1] > to) continue;
    if (!started) left = offset[i];
    started = true;
    line.text += cells[i].text;
  }
  line.caret_begin = mark_begin - std::min(mark_begin, left);
  line.carets = std::max(1U, std::min(mark_end, std::max(to, mark_begin + 1)) - mark_begin);
  if (from > 0) {
    line.text.insert(0, kEllipsis);
    ++line.caret_begin;
  }
  if (to < offset.back()) line.text += kEllipsis;
  return line;
}

}  // namespace tidewaiter::report
