#ifndef TIDEWAITER_YAML_STREAM_H_
#define TIDEWAITER_YAML_STREAM_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "tidewaiter/span.h"

namespace tidewaiter::yaml {

/// What lies between two `---` lines.
struct Piece {
  ByteSpan span;
  /// Lines within that start with `---` but hold more: kubectl rejects the stream there.
  std::vector<ByteSpan> bad_separators = {};  ///< At most kMostBadSeparators.
  bool has_more_bad_separators = false;
  /// A comment behind the `---` that ended the piece before; else empty.
  ByteSpan separator_comment = {};
};

/// More than this in one piece are not told one by one.
inline constexpr std::size_t kMostBadSeparators = 1000;

/// Splits a stream as kubectl's YAMLReader does: at each line (ended by LF) whose first three
/// bytes are `---`. One that finds nothing before it is part of its own piece. A stream without
/// any bytes has no piece.
std::vector<Piece> split_stream(std::string_view text);

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_STREAM_H_
