#ifndef TIDEWAITER_BASE_PLACE_COMPLETER_H_
#define TIDEWAITER_BASE_PLACE_COMPLETER_H_

#include <cstdint>
#include <optional>
#include <string>

#include "base/line_hash.h"
#include "base/line_index.h"
#include "base/source.h"
#include "tidewaiter/finding.h"

namespace tidewaiter {

/// Turns spans of one source into complete places: positions, excerpt, line hash. The line
/// index and the hashes are built at the first use, so a source without findings costs nothing.
/// Keep one for all findings of a source; not safe to share among threads.
class PlaceCompleter {
 public:
  /// A longer line is shown in part: the neighbors of the place up to here, the line of the
  /// place itself from kBytesBefore bytes before the place.
  static constexpr std::uint32_t kLongLine = 2000;
  static constexpr std::uint32_t kBytesBefore = 400;
  /// Of a place over many lines the excerpt holds the first ones.
  static constexpr std::uint32_t kPlaceLines = 5;
  static constexpr std::uint32_t kContextLines = 2;

  /// Borrows `source`, which must outlive the completer.
  explicit PlaceCompleter(const Source& source) : source_(source) {}
  PlaceCompleter(const PlaceCompleter&) = delete;
  PlaceCompleter& operator=(const PlaceCompleter&) = delete;

  /// The place of `span`; what lies past the end of the text counts as its end.
  Place complete(ByteSpan span);
  /// The edit that replaces `span` by `text`.
  TextEdit edit(ByteSpan span, std::string text);
  /// The position of a byte.
  Position position(std::uint32_t offset) { return lines().at(offset); }

 private:
  const LineIndex& lines();
  void add_excerpt(Place& place);

  const Source& source_;
  std::optional<LineIndex> lines_;
  std::optional<LineHashes> hashes_;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_PLACE_COMPLETER_H_
