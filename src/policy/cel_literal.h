#ifndef TIDEWAITER_POLICY_CEL_LITERAL_H_
#define TIDEWAITER_POLICY_CEL_LITERAL_H_

#include <string>
#include <string_view>

#include "cel/value.h"

namespace tidewaiter::policy {

/// The text as a CEL string literal on one line, in the quotes that need fewer escapes.
std::string quoted(std::string_view text);

/// The value of a param as an expression that may stand wherever a name may: `3`, `(-1)`,
/// `'text'`, `['a', 'b']`, `{'a': 1}`. Null, bool, int, double, string, lists and maps of them;
/// recurses as deep as the value nests (params: three levels).
std::string literal_of(const cel::Value& value);

}  // namespace tidewaiter::policy

#endif  // TIDEWAITER_POLICY_CEL_LITERAL_H_
