#ifndef TIDEWAITER_FIX_SCALAR_TEXT_H_
#define TIDEWAITER_FIX_SCALAR_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

#include "yaml/node.h"

namespace tidewaiter::fix {

/// Whether `text`, written without quotes, is that very string for Kubernetes and for every
/// reader of YAML 1.1 or 1.2, in block and in flow style, as value and as key. Knows a subset:
/// "off", "1", "2024-01-01", "1:30" and all that looks odd needs quotes.
bool is_plain_safe(std::string_view text);

/// The string in double quotes, with the escapes that YAML and JSON share. Nothing for text
/// that is not UTF-8.
std::optional<std::string> double_quoted(std::string_view text);

/// The string as YAML: in the quotes of `like` where it has some, else plain where that is
/// safe, else in double quotes. Nothing for text that is not UTF-8.
std::optional<std::string> string_text(std::string_view text,
                                       yaml::Style like = yaml::Style::kPlain);

}  // namespace tidewaiter::fix

#endif  // TIDEWAITER_FIX_SCALAR_TEXT_H_
