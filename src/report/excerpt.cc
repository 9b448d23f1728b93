#include "report/excerpt.h"

#include <algorithm>

#include "base/utf8.h"

namespace tidewaiter::report {
namespace {

/// The UTF-16 column at which line `line` of the excerpt begins.
std::uint32_t first_column(const Place& place, std::uint32_t line) {
  return line == place.excerpt_start.line ? place.excerpt_start.utf16_column : 1;
}

std::optional<std::size_t> offset_of(const Place& place, Position position) {
  const auto line = excerpt_line(place, position.line);
  if (!line) return std::nullopt;
  std::uint32_t column = first_column(place, position.line);
  std::size_t i = 0;
  while (i < line->size() && column < position.utf16_column) {
    const DecodedCharacter character = decode_utf8(*line, i);
    column += character.utf16_units();
    i += character.size;
  }
  if (column != position.utf16_column) return std::nullopt;
  return static_cast<std::size_t>(line->data() - place.excerpt.data()) + i;
}

}  // namespace

std::optional<std::string_view> excerpt_line(const Place& place, std::uint32_t line) {
  if (line < place.excerpt_start.line) return std::nullopt;
  std::string_view rest = place.excerpt;
  for (std::uint32_t i = place.excerpt_start.line; i < line; ++i) {
    const std::size_t next = rest.find('\n');
    if (next == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(next + 1);
  }
  return rest.substr(0, rest.find('\n'));
}

std::optional<std::string_view> text_of(const Place& place) {
  const auto begin = offset_of(place, place.start);
  const auto end = offset_of(place, place.end);
  if (!begin || !end || *end < *begin) return std::nullopt;
  return std::string_view(place.excerpt).substr(*begin, *end - *begin);
}

Position excerpt_end(const Place& place) {
  const std::string_view excerpt = place.excerpt;
  Position end{.line = place.excerpt_start.line +
                       static_cast<std::uint32_t>(std::ranges::count(excerpt, '\n'))};
  end.utf16_column = first_column(place, end.line);
  for (std::size_t i = excerpt.rfind('\n') + 1; i < excerpt.size();) {  // npos + 1 is 0
    const DecodedCharacter character = decode_utf8(excerpt, i);
    end.utf16_column += character.utf16_units();
    i += character.size;
  }
  return end;
}

}  // namespace tidewaiter::report
