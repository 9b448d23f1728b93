#include <re2/re2.h>

#include <algorithm>
#include <cstdint>

#include "base/utf8.h"
#include "cel/functions/libraries.h"
#include "cel/regex_cache.h"
#include "cel/value_build.h"
#include "cel/value_compare.h"

// Regular expressions in RE2 syntax, found anywhere in the text unless anchored.

namespace tidewaiter::cel {
namespace {

using Args = std::span<const Value>;

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

Value invalid(CallContext& call, const Regex& regex) {
  return make_error(call.arena, regex.error);
}

// Takes what it costs to compile the pattern, unless it was among the last ones, and to look
// for it in so many bytes.
bool pay_for(CallContext& call, const Regex& regex, const Value& pattern, std::size_t bytes) {
  const std::uint64_t hash = hash_of(pattern) | 1U;
  if (std::ranges::find(call.patterns, hash) == call.patterns.end()) {
    if (!call.spend(regex.work_to_compile())) return false;
    call.patterns[call.next_pattern++ % call.patterns.size()] = hash;
  }
  return call.spend(regex.work_on(bytes));
}

Value matches(CallContext& call, Args args) {
  const std::string_view text = args[0].as_string();
  const Regex regex = compile_regex(args[1].as_string());
  if (!pay_for(call, regex, args[1], text.size())) return cost_error();
  if (regex.compiled == nullptr) return invalid(call, regex);
  return Value::boolean(re2::RE2::PartialMatch(piece(text), *regex.compiled));
}

Value find(CallContext& call, Args args) {
  const std::string_view text = args[0].as_string();
  const Regex regex = compile_regex(args[1].as_string());
  if (!pay_for(call, regex, args[1], text.size())) return cost_error();
  if (regex.compiled == nullptr) return invalid(call, regex);
  re2::StringPiece match;
  if (!regex.compiled->Match(piece(text), 0, text.size(), re2::RE2::UNANCHORED, &match, 1)) {
    return Value::string("");
  }
  return Value::string({match.data(), match.size()}).with_origin(args[0].origin());
}

// As Go's FindAllString: matches do not overlap, and an empty one directly after another match
// does not count.
Value find_some(CallContext& call, Args args, std::int64_t limit) {
  const std::string_view text = args[0].as_string();
  const Regex regex = compile_regex(args[1].as_string());
  if (!pay_for(call, regex, args[1], text.size())) return cost_error();
  if (regex.compiled == nullptr) return invalid(call, regex);
  ListBuilder builder(call.arena);
  std::size_t at = 0;
  std::size_t last_end = std::string_view::npos;
  while (at <= text.size() && limit != 0) {
    // A match may look at all of the rest.
    if (!call.spend(regex.work_on((text.size() - at) / 4))) return cost_error();
    re2::StringPiece match;
    if (!regex.compiled->Match(piece(text), at, text.size(), re2::RE2::UNANCHORED, &match, 1)) {
      break;
    }
    const auto begin = static_cast<std::size_t>(match.data() - text.data());
    const std::size_t end = begin + match.size();
    if (!match.empty() || begin != last_end) {
      builder.add(Value::string(text.substr(begin, match.size())));
      if (limit > 0) --limit;
    }
    last_end = end;
    if (!match.empty()) {
      at = end;
    } else {
      at = end < text.size() ? end + decode_utf8(text, end).size : end + 1;
    }
  }
  return builder.build();
}

Value find_all(CallContext& call, Args args) {
  return find_some(call, args, -1);
}

Value find_all_up_to(CallContext& call, Args args) {
  return find_some(call, args, args[2].as_int());
}

constexpr LibraryRow kRows[] = {
    {"matches(string, string) -> bool", matches,
     "Whether the pattern (RE2 syntax) is found anywhere in the text."},
    {"string.matches(string) -> bool", matches,
     "Whether the pattern (RE2 syntax) is found anywhere in the text."},
    {"string.find(string) -> string", find, "What the pattern finds first in the text, or ''."},
    {"string.findAll(string) -> list(string)", find_all,
     "All that the pattern finds in the text."},
    {"string.findAll(string, int) -> list(string)", find_all_up_to,
     "The first so many of all that the pattern finds; all if negative."},
};

}  // namespace

void add_regex_functions(FunctionRegistry& registry) {
  add_rows(registry, kRows);
}

}  // namespace tidewaiter::cel
