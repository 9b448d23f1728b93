#include "cli/markdown.h"

#include <fmt/core.h>

#include <algorithm>

namespace tidewaiter::cli {
namespace {

constexpr std::string_view kCodeMargin = "    ";

/// Cuts the first line off `rest`, without its line end and the blanks before it.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line.substr(0, line.find_last_not_of(" \t\r") + 1);
}

/// The length of the longest run of backticks.
std::size_t longest_ticks(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string table_cell(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '|') result += '\\';
    result += c;
  }
  return result;
}

std::string code_span(std::string_view text) {
  const std::string ticks(longest_ticks(text) + 1, '`');
  // A backtick at an end would lengthen the delimiter beside it.
  const std::string_view gap = text.starts_with('`') || text.ends_with('`') ? " " : "";
  return fmt::format("{0}{1}{2}{1}{0}", ticks, gap, text);
}

std::string fenced(std::string_view text, std::string_view language) {
  const std::string fence(std::max<std::size_t>(3, longest_ticks(text) + 1), '`');
  std::string result = fmt::format("{}{}\n", fence, language);
  while (!text.empty()) result.append(take_line(text)) += '\n';
  return result + fence + '\n';
}

std::string prose(std::string_view text) {
  std::string result;
  std::string code;
  std::size_t empty_lines = 0;  // seen and not yet written: those at the end are dropped
  const auto end_code = [&] {
    if (code.empty()) return;
    if (!result.empty()) result += '\n';
    result += fenced(code, code.find(':') == code.npos ? "" : "yaml");
    code.clear();
    empty_lines = 1;
  };
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) {
      ++empty_lines;
    } else if (line.starts_with(kCodeMargin)) {
      if (!code.empty()) code.append(empty_lines, '\n');
      code.append(line.substr(kCodeMargin.size())) += '\n';
      empty_lines = 0;
    } else {
      end_code();
      if (empty_lines != 0 && !result.empty()) result += '\n';
      result.append(line) += '\n';
      empty_lines = 0;
    }
  }
  end_code();
  return result;
}

}  // namespace tidewaiter::cli
