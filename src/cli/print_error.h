#ifndef TIDEWAITER_CLI_PRINT_ERROR_H_
#define TIDEWAITER_CLI_PRINT_ERROR_H_

#include <iosfwd>
#include <string_view>

#include "tidewaiter/result.h"

namespace tidewaiter::cli {

/// Writes "tidewaiter: error: Message", or "path:line:column: error: Message" for an error with
/// a place in `text`, the text of the file `error.path`.
void print_error(std::ostream& err, const Error& error, std::string_view text = {});

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_PRINT_ERROR_H_
