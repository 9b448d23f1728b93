#include "cli/source_excerpt.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>

#include "base/utf8.h"
#include "report/shown_text.h"

namespace tidewaiter::cli {
namespace {

constexpr std::uint32_t kMaxCells = 100;
// What is looked at of a long line: all that may be shown, and not much more.
constexpr std::uint32_t kBytesBefore = 400;
constexpr std::uint32_t kBytesBehind = 600;

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::uint32_t count_characters(std::string_view text) {
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < text.size(); i += decode_utf8(text, i).size) ++count;
  return count;
}

/// The part of `line` around `at`, which begins in it, with carets; `gutter` stands before the
/// text and its blanks before the carets.
std::string marked(std::string_view text, ByteSpan line, ByteSpan at, std::string_view gutter) {
  ByteSpan part = line;
  if (at.begin - line.begin > kBytesBefore) part.begin = at.begin - kBytesBefore;
  while (part.begin < at.begin && is_continuation(text[part.begin])) ++part.begin;
  part.end = std::min(line.end, at.begin + kBytesBehind);
  const auto shown_text = text.substr(part.begin, part.size());
  const auto before = text.substr(part.begin, at.begin - part.begin);
  const auto end = std::clamp(at.end, at.begin, std::max(part.end, at.begin));
  const auto inside = text.substr(at.begin, end - at.begin);

  const std::uint32_t begin = count_characters(before);
  report::ShownLine shown =
      report::shown_line(shown_text, begin, begin + count_characters(inside), kMaxCells);
  constexpr std::string_view kEllipsis = "\xE2\x80\xA6";
  if (part.begin > line.begin && !shown.text.starts_with(kEllipsis)) {
    shown.text.insert(0, kEllipsis);
    ++shown.caret_begin;
  }
  return fmt::format("{} | {}\n{:{}} | {:{}}{:^>{}}\n", gutter, shown.text, "", gutter.size(),
                     "", shown.caret_begin, "", shown.carets);
}

}  // namespace

std::string source_excerpt(std::string_view text, const LineIndex& lines, ByteSpan at) {
  const std::uint32_t number = lines.at(at.begin).line;
  const ByteSpan line = lines.line(number);
  if (text.substr(line.begin, line.size()).find_first_not_of(" \t") == text.npos) return {};
  at.begin = std::clamp(at.begin, line.begin, line.end);
  at.end = std::max(at.begin, at.end);
  return marked(text, line, at, fmt::format("{:>5}", number));
}

std::string expression_excerpt(std::string_view expression, ByteSpan at) {
  if (expression.find_first_not_of(" \t\r\n") == expression.npos) return {};
  const LineIndex lines(expression);
  if (lines.line_count() > 1) return source_excerpt(expression, lines, at);
  const auto size = static_cast<std::uint32_t>(expression.size());
  at.begin = std::min(at.begin, size);
  at.end = std::max(at.begin, at.end);
  return marked(expression, {.begin = 0, .end = size}, at, "     ");
}

}  // namespace tidewaiter::cli
