#include "cel/regex_cache.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <map>
#include <mutex>
#include <shared_mutex>

#include "base/utf8.h"
#include "cel/go_regex.h"

namespace tidewaiter::cel {
namespace {

// Patterns may come from documents, so there could be any number of them.
constexpr std::size_t kMostPatterns = 4096;
// Go's regexp, which Kubernetes uses, has no such limit on its automaton but a like one on the
// pattern; RE2's default would refuse patterns that Go takes.
constexpr int kMemoryPerPattern = 32 << 20;
constexpr std::size_t kLongestPattern = 100'000;

struct Cache {
  std::shared_mutex mutex;
  std::map<std::string, Regex, std::less<>> by_pattern;
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
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMemoryPerPattern);
  auto compiled = std::make_shared<const re2::RE2>(*translated, options);
  if (compiled->ok()) return {.compiled = std::move(compiled)};
  return {.compiled = nullptr,
          .error = fmt::format("'{}' is not a valid regular expression: {}.",
                               utf8_prefix(pattern, 200), compiled->error())};
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
  if (known.by_pattern.size() >= kMostPatterns) known.by_pattern.clear();
  return known.by_pattern.emplace(pattern, compile(pattern)).first->second;
}

}  // namespace tidewaiter::cel
