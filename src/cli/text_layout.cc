#include "cli/text_layout.h"

#include <algorithm>

namespace tidewaiter::cli {
namespace {

/// Cuts the first line off `rest`, without its line end.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

/// As in Markdown: four blanks make a line code, here the YAML to copy.
bool is_code(std::string_view line) {
  return line.starts_with("    ") && line.find_first_not_of(" \t") != line.npos;
}

}  // namespace

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string wrap(std::string_view text, std::size_t indent) {
  const std::string margin(indent, ' ');
  std::string result;
  std::size_t column = 0;  // 0: nothing on the line yet
  const auto end_line = [&] {
    if (column != 0) result += '\n';
    column = 0;
  };
  while (!text.empty()) {
    std::string_view line = take_line(text);
    if (is_code(line)) {
      end_line();
      result.append(margin).append(line) += '\n';
      continue;
    }
    bool blank = true;
    while (!line.empty()) {
      const std::size_t begin = line.find_first_not_of(" \t");
      if (begin == line.npos) break;
      blank = false;
      const std::size_t end = std::min(line.find_first_of(" \t", begin), line.size());
      const std::string_view word = line.substr(begin, end - begin);
      line.remove_prefix(end);
      const std::size_t width = width_of(word);
      if (column != 0 && column + 1 + width > kTextWidth) end_line();
      if (column == 0) {
        result += margin;
        column = indent;
      } else {
        result += ' ';
        ++column;
      }
      result += word;
      column += width;
    }
    if (blank && !result.empty() && !text.empty()) {
      end_line();
      result += '\n';
    }
  }
  end_line();
  return result;
}

std::string indented(std::string_view text, std::size_t indent) {
  const std::string margin(indent, ' ');
  std::string result;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (!line.empty()) result.append(margin).append(line);
    result += '\n';
  }
  return result;
}

}  // namespace tidewaiter::cli
