#ifndef TIDEWAITER_YAML_SCALAR_OFFSETS_H_
#define TIDEWAITER_YAML_SCALAR_OFFSETS_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "tidewaiter/span.h"
#include "yaml/node.h"

// Where in a file the bytes of a string stand: quotes, escapes, indentation and folded lines
// lie between what is written and what is read.
namespace tidewaiter::yaml {

/// A stretch of a string and the bytes of the source that stand for it.
struct ScalarPart {
  ByteSpan value;    ///< Bytes of the string; never empty.
  ByteSpan written;  ///< Bytes of the source.
  /// Byte for byte the same on both sides. Else all of `written` stands for all of `value`: an
  /// escape for its character, `''` for a quote, a line end for a line feed or, folded, for a
  /// blank. A line feed that the reader added at the end of the file has an empty `written`.
  bool verbatim = false;
};

/// The parts of one string in order: those of `value` follow each other without a gap, those of
/// `written` ascend. What stands for nothing (indentation, an escaped line end, a chomped one)
/// belongs to none. Linear in the size of the scalar as written, copies nothing. A cursor.
class ScalarParts {
 public:
  /// Of a string node, as it came from `source`; of an alias what it stands for.
  ScalarParts(std::string_view source, const Node& string);
  /// Of the string `value`, which is written at `written` (Node::span) in `source`.
  ScalarParts(std::string_view source, ByteSpan written, std::string_view value);

  /// The next part; nothing at the end of the value, and where what is written is not the value
  /// (`!!binary`, which is decoded; a key that was a number or an alias; a foreign source).
  std::optional<ScalarPart> next();

  /// All of the value was found.
  bool complete() const { return value_at_ == value_.size(); }
  /// Where the last part ended; before the first, where the text begins.
  std::uint32_t end() const { return end_; }

 private:
  enum class Form : std::uint8_t { kPlain, kSingleQuoted, kDoubleQuoted, kLiteral, kFolded };

  void start_block();
  std::optional<std::uint32_t> find_indentation() const;
  std::optional<ScalarPart> next_of_flow();
  std::optional<ScalarPart> next_of_block();
  std::optional<ScalarPart> end_of_line();
  std::optional<ScalarPart> line_of_flow();
  std::optional<ScalarPart> fold();
  bool skip_escaped_line_end();
  std::optional<ScalarPart> escape();
  bool folds_line_end() const;
  std::optional<ScalarPart> take(std::string_view text, ByteSpan written, bool verbatim);
  std::optional<ScalarPart> take_verbatim(ByteSpan written);
  std::optional<ScalarPart> take_line_end(std::uint32_t at);

  std::uint32_t line_end_size(std::uint32_t at) const;
  std::uint32_t skip_blanks(std::uint32_t at) const;
  std::uint32_t skip_indentation(std::uint32_t at) const;
  std::uint32_t find_line_end(std::uint32_t at) const;
  bool is_blank(std::uint32_t at) const;

  std::string_view source_;  // up to the end of the scalar, if that is known
  std::string_view value_;
  Form form_ = Form::kPlain;
  bool lost_ = false;  // the value is not there: no part is found
  std::uint32_t at_ = 0;
  std::uint32_t value_at_ = 0;
  std::uint32_t end_ = 0;
  std::uint32_t indentation_ = 0;  // of a block scalar, in columns
  bool more_line_ends_ = false;    // of a flow scalar: `at_` is at one that stands for itself
  bool behind_line_ = false;       // of a block scalar: `at_` is at the end of a line of text
  bool line_began_blank_ = false;  // of a block scalar: that line began with a blank
};

/// The bytes of the source that stand for the bytes `range` of a string. An empty range gives
/// an empty span: where its byte begins, at the end of the string where the text ends (of a
/// quoted one before the quote). A range that ends within an escape takes all of it. Bytes past
/// the end count as the end. Where what is written is not the value (see ScalarParts::next),
/// all of the scalar as written.
ByteSpan written_span(std::string_view source, const Node& string, ByteSpan range);
/// The same of the string `value`, written at `written` (Node::span).
ByteSpan written_span(std::string_view source, ByteSpan written, std::string_view value,
                      ByteSpan range);

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_SCALAR_OFFSETS_H_
