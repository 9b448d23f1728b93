#ifndef TIDEWAITER_BASE_LINE_HASH_H_
#define TIDEWAITER_BASE_LINE_HASH_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tidewaiter {

/// GitHub code scanning's fingerprints of all lines of a text, by which an alert keeps its
/// identity while code around it moves (github/codeql-action, src/fingerprints.ts). A hash
/// covers the 100 characters from the start of its line, blanks and line ends' form aside.
/// Building is one pass, O(size of text), 8 bytes a line kept. Borrows nothing.
class LineHashes {
 public:
  explicit LineHashes(std::string_view text);

  /// How many lines have a hash: a text that ends in a line end has one more, empty, line.
  std::uint32_t line_count() const { return static_cast<std::uint32_t>(hashes_.size()); }

  /// The fingerprint of line `line` (from 1): "a9ef02bbf07df5a2:1", the hash in hexadecimal
  /// without padding and, after the colon, how many lines up to here have this hash. Empty when
  /// there is no such line. The first few calls are O(line), the others O(log lines) after one
  /// O(lines log lines) step: many findings in a long file stay cheap.
  std::string of(std::uint32_t line);

 private:
  std::uint32_t occurrence(std::uint32_t index);

  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> by_hash_;  // line indexes by hash, then line; built when it pays
  std::uint32_t asked_ = 0;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_LINE_HASH_H_
