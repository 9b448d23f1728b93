#include "base/place_completer.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/utf8.h"

namespace tidewaiter {

const LineIndex& PlaceCompleter::lines() {
  if (!lines_) lines_.emplace(source_.text());
  return *lines_;
}

Place PlaceCompleter::complete(ByteSpan span) {
  const auto size = static_cast<std::uint32_t>(source_.text().size());
  span.begin = std::min(span.begin, size);
  span.end = std::clamp(span.end, span.begin, size);
  Place place{.file = source_.name(),
              .bytes = span,
              .start = lines().at(span.begin),
              .end = lines().at(span.end)};
  add_excerpt(place);
  if (!hashes_) hashes_.emplace(source_.text());
  place.line_hash = hashes_->of(place.start.line);
  return place;
}

void PlaceCompleter::add_excerpt(Place& place) {
  const LineIndex& index = lines();
  const auto is_long = [&](std::uint32_t line) { return index.line(line).size() > kLongLine; };
  const auto clipped = [&](ByteSpan span) {
    return valid_utf8(utf8_prefix(source_.text(span), kLongLine));
  };
  const std::uint32_t line = place.start.line;

  if (is_long(line)) {  // minified: only what surrounds the place
    ByteSpan shown = index.line(line);
    const std::uint32_t place_begin = std::min(place.bytes.begin, shown.end);
    if (place_begin - shown.begin > kBytesBefore) {
      const std::string_view before =
          source_.text({.begin = shown.begin, .end = place_begin - kBytesBefore + 1});
      shown.begin += static_cast<std::uint32_t>(utf8_prefix(before, before.size() - 1).size());
    }
    place.excerpt_start = index.at(shown.begin);
    place.excerpt = clipped(shown);
    return;
  }

  std::uint32_t first = line;
  while (first > 1 && line - first < kContextLines && !is_long(first - 1)) --first;
  std::uint32_t last = std::min(place.end.line, line + kPlaceLines - 1) + kContextLines;
  last = std::min(last, index.line_count());
  // The empty line after the last line end is none that people see.
  if (last == index.line_count() && last > line && index.line(last).empty()) --last;
  place.excerpt_start = {.line = first};
  place.excerpt = clipped(index.line(first));
  // Nothing follows a line that was cut, so that the excerpt stays one piece of the text.
  for (std::uint32_t i = first + 1; i <= last && !is_long(i - 1); ++i) {
    place.excerpt.append(1, '\n').append(clipped(index.line(i)));
  }
}

TextEdit PlaceCompleter::edit(ByteSpan span, std::string text) {
  return {.file = source_.name(),
          .span = span,
          .start = lines().at(span.begin),
          .end = lines().at(span.end),
          .text = std::move(text)};
}

}  // namespace tidewaiter
