#ifndef TIDEWAITER_CLI_CONSTANT_TEXT_H_
#define TIDEWAITER_CLI_CONSTANT_TEXT_H_

#include <string>

#include "rules/constant.h"

namespace tidewaiter::cli {

/// A value as YAML in flow style on one line: `{general: 3600, critical: [1, 2]}`. Strings are
/// quoted where YAML would read them as something else.
std::string flow_yaml(const rules::Constant& value);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_CONSTANT_TEXT_H_
