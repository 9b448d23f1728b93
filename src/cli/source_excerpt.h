#ifndef TIDEWAITER_CLI_SOURCE_EXCERPT_H_
#define TIDEWAITER_CLI_SOURCE_EXCERPT_H_

#include <string>
#include <string_view>

#include "base/line_index.h"
#include "tidewaiter/span.h"

namespace tidewaiter::cli {

/// The first line of `at` in `text`, with its number, and below it carets under the part that
/// belongs to `at`, at least one; as in the text report. Of a long line the part around `at`.
/// Hostile characters are made visible. Empty for a line that holds nothing but blanks. Costs
/// some thousand bytes, however long the line. `lines` are those of `text`.
std::string source_excerpt(std::string_view text, const LineIndex& lines, ByteSpan at);

/// The same below an expression of the command line, without a line number when it has only
/// one. Empty for an empty expression.
std::string expression_excerpt(std::string_view expression, ByteSpan at);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_SOURCE_EXCERPT_H_
