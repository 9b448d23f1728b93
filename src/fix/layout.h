#ifndef TIDEWAITER_FIX_LAYOUT_H_
#define TIDEWAITER_FIX_LAYOUT_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "tidewaiter/span.h"
#include "yaml/node.h"

// How a document is laid out around its nodes: lines, columns, indentation, and what stands
// between nodes. Everything here looks at a bounded stretch of text, so that many fixes in one
// long line or beside one long comment cost no more; what does not fit is not edited.
namespace tidewaiter::fix {

/// The rest of a line on which nothing follows but blanks and a comment.
struct LineRest {
  std::uint32_t end = 0;   ///< Before the line end, behind the comment.
  std::uint32_t next = 0;  ///< Where the next line begins; `end` at the end of the text.
  bool has_comment = false;

  bool is_last() const { return next == end; }
};

/// What stands between a key, a dash or the item before and a value.
struct Gap {
  bool known = false;           ///< False: too long, or holds what nobody writes there.
  bool has_properties = false;  ///< An anchor or a tag.
  bool has_lines = false;       ///< A line end.
  bool has_comment = false;
  std::uint32_t mark_end = 0;  ///< Behind the `:` of a mapping value or the `-` of an item.
};

/// Borrows the source.
class Layout {
 public:
  explicit Layout(std::string_view source) : source_(source) {}

  std::string_view source() const { return source_; }
  std::string_view text(ByteSpan span) const { return source_.substr(span.begin, span.size()); }

  /// Where the line of `at` begins, if only spaces stand before `at` on it.
  std::optional<std::uint32_t> line_start(std::uint32_t at) const;
  /// The column (from 0) of `at`, if only spaces and dashes of items stand before it.
  std::optional<std::uint32_t> column(std::uint32_t at) const;
  /// What follows `at` on its line; nothing if that is more than blanks and a comment.
  std::optional<LineRest> rest_of_line(std::uint32_t at) const;
  /// The line end used around the line that ends as `rest` says.
  std::string_view line_break(const LineRest& rest) const;
  /// Before the line end that precedes `line`, the begin of a line; nothing in the first line.
  std::optional<std::uint32_t> end_of_line_before(std::uint32_t line) const;
  /// The next byte from `at` that is neither blank nor line end nor comment, at most `limit`;
  /// nothing if it is too far.
  std::optional<std::uint32_t> skip_blanks(std::uint32_t at, std::uint32_t limit) const;
  /// The line that begins at `at` is empty or all blank, and there is one.
  bool is_blank_line(std::uint32_t at) const;

  /// Of a node that is written in a mapping or sequence.
  Gap gap_before(const yaml::Node& node) const;

 private:
  Gap scan(ByteSpan span, char mark) const;
  bool is_odd_break(std::uint32_t at) const;

  std::string_view source_;
};

/// The node stands in the text of its parent: it was not merged in.
bool is_written(const yaml::Node& node);
/// The number of a written node among the items or written entries of its parent.
std::uint32_t index_of(const yaml::Node& node);
/// How many items or entries are written in a collection.
std::uint32_t count_of(const yaml::Node& collection);
/// Item or value `index` as written.
const yaml::Node& child_of(const yaml::Node& collection, std::uint32_t index);
/// Where an item or an entry begins (its content, or its key) and where its text ends.
std::uint32_t begin_of(const yaml::Node& child);
std::uint32_t end_of(const yaml::Node& child);
/// The last node of the text of `node`: itself if it has no children.
const yaml::Node& last_leaf(const yaml::Node& node);

/// Spaces by which a new mapping below a key of the block mapping `mapping` is indented, as
/// around it.
std::uint32_t indentation_step(const Layout& layout, const yaml::Node& mapping);
/// By which a new sequence below such a key is indented: 0, or the step.
std::uint32_t sequence_step(const Layout& layout, const yaml::Node& mapping);

}  // namespace tidewaiter::fix

#endif  // TIDEWAITER_FIX_LAYOUT_H_
