#ifndef TIDEWAITER_CLI_PRINT_ERROR_H_
#define TIDEWAITER_CLI_PRINT_ERROR_H_

#include <iosfwd>
#include <span>
#include <string_view>

#include "tidewaiter/result.h"

namespace tidewaiter::cli {

/// Writes "tidewaiter: error: Message", or for an error with a place in `text`, the text of the
/// file `error.path`, "path:line:column: error: Message" and the line with the place marked.
void print_error(std::ostream& err, const Error& error, std::string_view text = {});

/// The same of several errors in one file, or of what is to be called `word` instead: costs
/// once the size of the file.
void print_errors(std::ostream& err, std::span<const Error> errors, std::string_view text,
                  std::string_view word = "error");

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_PRINT_ERROR_H_
