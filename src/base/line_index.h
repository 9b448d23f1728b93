#ifndef TIDEWAITER_BASE_LINE_INDEX_H_
#define TIDEWAITER_BASE_LINE_INDEX_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "tidewaiter/span.h"

namespace tidewaiter {

/// Finds the position of a byte offset. A line ends with LF, CR LF or a lone CR, as in YAML and
/// in GitHub's line hash. Building is O(size of text), a look-up O(log lines) and at most some
/// thousand bytes of text, however long the line. Immutable, so safe to share among threads.
class LineIndex {
 public:
  /// Borrows `text`, which must outlive the index.
  explicit LineIndex(std::string_view text);

  /// The position of the character that holds byte `offset`. An offset past the end of the text
  /// counts as the end. What is not UTF-8 counts as editors decode it (decode_utf8); a byte
  /// order mark at the start of the text counts as nothing, as in editors.
  Position at(std::uint32_t offset) const;

  /// How many lines there are; a text that ends in a line end has one more, empty, line.
  std::uint32_t line_count() const { return static_cast<std::uint32_t>(starts_.size()); }
  /// The bytes of line `line` (from 1) without its line end; empty when there is no such line.
  ByteSpan line(std::uint32_t line) const;

 private:
  /// A place inside a long line from which to count on.
  struct Checkpoint {
    std::uint32_t offset;
    std::uint32_t column;
    std::uint32_t utf16_column;
  };

  void add_checkpoints(std::uint32_t begin, std::uint32_t end);

  std::string_view text_;
  std::vector<std::uint32_t> starts_;
  std::vector<Checkpoint> checkpoints_;  // by offset; only of lines longer than a stride
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_LINE_INDEX_H_
