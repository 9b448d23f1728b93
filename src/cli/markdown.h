#ifndef TIDEWAITER_CLI_MARKDOWN_H_
#define TIDEWAITER_CLI_MARKDOWN_H_

#include <string>
#include <string_view>

namespace tidewaiter::cli {

/// `text` for a cell of a table, where `|` would end it.
std::string table_cell(std::string_view text);

/// `text` as code in a line, whatever backticks it holds.
std::string code_span(std::string_view text);

/// `text` as a code block of `language` (may be empty), with a fence longer than any in it and
/// without blanks at line ends.
std::string fenced(std::string_view text, std::string_view language);

/// A rule file's prose: lines that begin with four blanks, which are code, become a fenced
/// block, of YAML when it holds a ':'. All else stays as it stands. Ends with one line end.
std::string prose(std::string_view text);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_MARKDOWN_H_
