#ifndef TIDEWAITER_REPORT_SHOWN_TEXT_H_
#define TIDEWAITER_REPORT_SHOWN_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace tidewaiter::report {

/// Manifests and file names are hostile and a terminal or a build log obeys what it is shown.
/// So text from them is printed only through these functions, which show control characters
/// and invisible ones by a visible sign and break the prefixes that Azure Pipelines obeys
/// anywhere in a line (`##vso[`, `##[`). What they return is one line of valid UTF-8.

/// `text` on one line: at most `max_bytes` of it, with an ellipsis where more was left out.
std::string shown_text(std::string_view text, std::size_t max_bytes = 2000);

/// As shown_text, for a file name at the start of a line, where GitHub Actions obeys `::`.
std::string shown_path(std::string_view path);

/// A line of source and where its carets go, in terminal cells.
struct ShownLine {
  std::string text;
  std::uint32_t caret_begin = 0;  ///< Cells before the first caret.
  std::uint32_t carets = 1;       ///< At least one.
};

/// The line `text` with its characters `begin` to `end` (from 0, in code points) marked: tabs
/// are blanks up to the next multiple of four, wide characters take two cells, combining ones
/// none, and of a line wider than `max_cells` the part around the mark is shown.
ShownLine shown_line(std::string_view text, std::uint32_t begin, std::uint32_t end,
                     std::uint32_t max_cells);

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_SHOWN_TEXT_H_
