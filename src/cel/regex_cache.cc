#include "cel/regex_cache.h"

#include <fmt/core.h>
#include <re2/re2.h>

#include <map>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "base/utf8.h"
#include "cel/go_regex.h"

namespace tidewaiter::cel {
namespace {

// Patterns may come from documents, so there could be any number of them, of any size.
constexpr std::size_t kMostPatterns = 4096;
constexpr std::size_t kMostInstructions = 1'000'000;
// What an automaton and what it remembers of the texts it saw may take. Nearly all patterns are
// content with the first; Go's regexp, which Kubernetes uses, also takes those that need the
// second.
constexpr int kFewBytes = 4 << 20;
constexpr int kManyBytes = 32 << 20;
// RE2 makes no automaton larger than this part of its memory, in bytes for an instruction.
constexpr std::uint32_t kBytesPerInstruction = 96;
constexpr std::size_t kLongestPattern = 100'000;

struct Cache {
  std::shared_mutex mutex;
  std::map<std::string, Regex, std::less<>> by_pattern;
  std::size_t instructions = 0;
};

Cache& cache() {
  static Cache instance;
  return instance;
}

Regex compile(std::string_view pattern) {
  if (pattern.size() > kLongestPattern) {
    return {.compiled = nullptr, .error = "The regular expression is too long."};
  }
  const auto translated = re2_pattern(pattern);
  if (!translated) return {.compiled = nullptr, .error = translated.error().message};
  std::shared_ptr<const re2::RE2> compiled;
  std::uint32_t size = 0;
  for (const int memory : {kFewBytes, kManyBytes}) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(memory);
    compiled = std::make_shared<const re2::RE2>(*translated, options);
    if (compiled->ok()) {
      size += static_cast<std::uint32_t>(compiled->ProgramSize());
      return {.compiled = std::move(compiled), .size = size};
    }
    if (compiled->error_code() != re2::RE2::ErrorPatternTooLarge) break;
    size += static_cast<std::uint32_t>(memory) / kBytesPerInstruction;
  }
  return {.compiled = nullptr,
          .error = fmt::format("'{}' is not a valid regular expression: {}.",
                               utf8_prefix(pattern, 200), compiled->error()),
          .size = size + static_cast<std::uint32_t>(pattern.size())};
}

}  // namespace

Regex compile_regex(std::string_view pattern) {
  Cache& known = cache();
  {
    const std::shared_lock lock(known.mutex);
    const auto found = known.by_pattern.find(pattern);
    if (found != known.by_pattern.end()) return found->second;
  }
  const std::unique_lock lock(known.mutex);
  const auto found = known.by_pattern.find(pattern);
  if (found != known.by_pattern.end()) return found->second;
  Regex regex = compile(pattern);
  known.instructions += regex.size;
  if (known.by_pattern.size() >= kMostPatterns || known.instructions > kMostInstructions) {
    known.by_pattern.clear();
    known.instructions = regex.size;
  }
  return known.by_pattern.emplace(pattern, std::move(regex)).first->second;
}

}  // namespace tidewaiter::cel
