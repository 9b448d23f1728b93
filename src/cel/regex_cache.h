#ifndef TIDEWAITER_CEL_REGEX_CACHE_H_
#define TIDEWAITER_CEL_REGEX_CACHE_H_

#include <cstddef>
#include <cstdint>
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
  /// How large the automaton is, in instructions: what compiling it took, and what each
  /// character of a text may take. Of a pattern that does not compile what the attempt took.
  std::uint32_t size = 0;

  /// What it takes to compile the pattern, in units of CallContext::spend; the same whether
  /// another evaluation has done it before.
  std::uint64_t work_to_compile() const { return 1 + std::uint64_t{size} * 8; }
  /// What it takes to look for the pattern once in so many bytes.
  std::uint64_t work_on(std::size_t bytes) const { return (1 + bytes / 16) * (1 + size / 64); }
};

/// Compiles a pattern of Go's regexp, each only once in a run as long as fewer than some
/// thousand are in use. Safe from any thread.
Regex compile_regex(std::string_view pattern);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_REGEX_CACHE_H_
