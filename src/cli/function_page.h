#ifndef TIDEWAITER_CLI_FUNCTION_PAGE_H_
#define TIDEWAITER_CLI_FUNCTION_PAGE_H_

#include <string>

#include "cel/function.h"

namespace tidewaiter::cli {

/// "timestamp.getHours(string) -> int": as cel::to_string, with the words that expressions have
/// for timestamp and duration.
std::string signature_of(const cel::Function& function);

/// docs/functions.md: operators, macros and every function of the registry by topic, each with
/// what it gives and perhaps an example that is true.
std::string function_page(const cel::FunctionRegistry& registry);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_FUNCTION_PAGE_H_
