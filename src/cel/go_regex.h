#ifndef TIDEWAITER_CEL_GO_REGEX_H_
#define TIDEWAITER_CEL_GO_REGEX_H_

#include <string>
#include <string_view>

#include "tidewaiter/result.h"

namespace tidewaiter::cel {

/// A pattern of Go's regexp package as RE2 has to be told it. The two have one syntax, but Go
/// takes `(?<name>x)` and groups of one name, refuses names that are not ASCII, has no `\C`,
/// and knows more names of Unicode classes (`\p{letter}`, `\p{greek}`, `\p{LC}`, `\p{Cn}`),
/// among which `\pC` covers code points that are not assigned. Names of groups are dropped:
/// expressions never see them. Fails with a sentence on what Go refuses and RE2 would take;
/// what both refuse is left to RE2. Linear.
Result<std::string> re2_pattern(std::string_view pattern);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_GO_REGEX_H_
