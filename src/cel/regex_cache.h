#ifndef TIDEWAITER_CEL_REGEX_CACHE_H_
#define TIDEWAITER_CEL_REGEX_CACHE_H_

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace tidewaiter::cel {

/// A pattern, compiled; or why it does not compile.
struct Regex {
  std::shared_ptr<const re2::RE2> compiled;  ///< null when the pattern is not valid
  std::string error = {};                    ///< a sentence
};

/// Compiles a pattern of Go's regexp, each only once in a run as long as fewer than some
/// thousand are in use. Safe from any thread.
Regex compile_regex(std::string_view pattern);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_REGEX_CACHE_H_
