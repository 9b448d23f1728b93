#include "cli/print_error.h"

#include <fmt/format.h>

#include <ostream>

#include "base/line_index.h"

namespace tidewaiter::cli {

void print_error(std::ostream& err, const Error& error, std::string_view text) {
  if (error.path.empty() || !error.where) {
    err << fmt::format("tidewaiter: error: {}\n", error.message);
    return;
  }
  const Position at = LineIndex(text).at(error.where->begin);
  err << fmt::format("{}:{}:{}: error: {}\n", error.path, at.line, at.column, error.message);
}

}  // namespace tidewaiter::cli
