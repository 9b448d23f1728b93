#ifndef TIDEWAITER_CEL_FUNCTIONS_GO_QUOTE_H_
#define TIDEWAITER_CEL_FUNCTIONS_GO_QUOTE_H_

#include <string>
#include <string_view>

namespace tidewaiter::cel {

/// The text as Go's %q writes it: in double quotes, with escapes for controls, for bytes that
/// are not UTF-8 and for the blanks and marks of Unicode that cannot be seen.
std::string go_quoted(std::string_view text);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_FUNCTIONS_GO_QUOTE_H_
