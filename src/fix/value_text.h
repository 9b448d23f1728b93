#ifndef TIDEWAITER_FIX_VALUE_TEXT_H_
#define TIDEWAITER_FIX_VALUE_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fix/value.h"

namespace tidewaiter::fix {

/// How new text is to look.
struct WritingStyle {
  std::string_view line_break = "\n";
  std::uint32_t step = 2;           ///< A mapping below its key.
  std::uint32_t sequence_step = 0;  ///< A sequence below its key.
  bool json = false;                ///< Keys and strings are in double quotes.
  bool compact = false;             ///< As in `{"a":1}`.
};

/// All of these give nothing for what cannot be written: text that is not UTF-8, keys too long
/// for YAML, too much of it.

/// A scalar, or a collection in flow style, on one line.
std::optional<std::string> inline_text(const Value& value, const WritingStyle& style);
/// `key: value` on one line.
std::optional<std::string> inline_entry(std::string_view key, const Value& value,
                                        const WritingStyle& style);

/// An entry of a block mapping whose keys stand at `column`: it begins at the key and has no
/// line end at its end. A collection is written below the key.
std::optional<std::string> block_entry(std::string_view key, const Value& value,
                                       std::uint32_t column, const WritingStyle& style);
/// An item of a block sequence whose dashes stand at `column`, from the dash on.
std::optional<std::string> block_item(const Value& value, std::uint32_t column,
                                      const WritingStyle& style);
/// The lines of a collection that is not empty, from its first line's `column` on.
std::optional<std::string> block_lines(const Value& collection, std::uint32_t column,
                                       const WritingStyle& style);

/// A line end and `column` spaces.
std::string new_line(std::uint32_t column, const WritingStyle& style);

}  // namespace tidewaiter::fix

#endif  // TIDEWAITER_FIX_VALUE_TEXT_H_
