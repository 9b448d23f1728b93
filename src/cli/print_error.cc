#include "cli/print_error.h"

#include <fmt/core.h>

#include <optional>
#include <ostream>

#include "base/line_index.h"
#include "cli/source_excerpt.h"
#include "report/shown_text.h"

namespace tidewaiter::cli {
namespace {

// A message may quote what a hostile file says.
constexpr std::size_t kLongestMessage = 10'000;

}  // namespace

void print_error(std::ostream& err, const Error& error, std::string_view text) {
  print_errors(err, {&error, 1}, text);
}

void print_errors(std::ostream& err, std::span<const Error> errors, std::string_view text,
                  std::string_view word) {
  std::optional<LineIndex> lines;
  for (const Error& error : errors) {
    const std::string message = report::shown_text(error.message, kLongestMessage);
    if (error.path.empty() || !error.where) {
      err << fmt::format("tidewaiter: {}: {}\n", word, message);
      continue;
    }
    if (!lines) lines.emplace(text);
    const Position at = lines->at(error.where->begin);
    err << fmt::format("{}:{}:{}: {}: {}\n", report::shown_path(error.path), at.line, at.column,
                       word, message)
        << source_excerpt(text, *lines, *error.where);
  }
}

}  // namespace tidewaiter::cli
