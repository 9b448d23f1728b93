#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "cel/functions/libraries.h"
#include "cel/number_text.h"
#include "cel/value_build.h"

// Semantic versions as Kubernetes compares them (blang/semver v4, since 1.33): strict, or
// normalized first. Build metadata plays no part.

namespace tidewaiter::cel {
namespace {

using Args = std::span<const Value>;

struct Version {
  std::uint64_t major = 0;
  std::uint64_t minor = 0;
  std::uint64_t patch = 0;
  std::string_view pre_release = {};
  std::string_view text = {};
};

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool has_leading_zero(std::string_view digits) {
  return digits.size() > 1 && digits.front() == '0';
}

// Takes what stands before the next `separator` from the text.
std::string_view take_part(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

bool are_identifiers(std::string_view text, bool numbers_are_strict) {
  constexpr std::string_view kAllowed =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-";
  if (text.empty() || text.back() == '.') return false;
  while (!text.empty()) {
    const std::string_view part = take_part(text, '.');
    if (part.empty() || part.find_first_not_of(kAllowed) != std::string_view::npos)
      return false;
    if (!numbers_are_strict || !is_digits(part)) continue;
    if (has_leading_zero(part) || !parse_uint(part)) return false;
  }
  return true;
}

std::optional<std::uint64_t> read_number(std::string_view text) {
  if (!is_digits(text) || has_leading_zero(text)) return std::nullopt;
  return parse_uint(text);
}

std::optional<Version> parse(std::string_view text) {
  Version version{.text = text};
  std::string_view core = text;
  if (const auto plus = core.find('+'); plus != std::string_view::npos) {
    if (!are_identifiers(core.substr(plus + 1), false)) return std::nullopt;
    core = core.substr(0, plus);
  }
  if (const auto dash = core.find('-'); dash != std::string_view::npos) {
    version.pre_release = core.substr(dash + 1);
    if (!are_identifiers(version.pre_release, true)) return std::nullopt;
    core = core.substr(0, dash);
  }
  if (std::count(core.begin(), core.end(), '.') != 2) return std::nullopt;
  const auto major = read_number(take_part(core, '.'));
  const auto minor = read_number(take_part(core, '.'));
  const auto patch = read_number(core);
  if (!major || !minor || !patch) return std::nullopt;
  version.major = *major;
  version.minor = *minor;
  version.patch = *patch;
  return version;
}

// One "v" stripped, leading zeros trimmed, missing parts filled in.
std::string normalized(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  const std::size_t end = std::min(text.find_first_of("+-"), text.size());
  std::string_view core = text.substr(0, end);
  std::string out;
  int parts = 0;
  bool more = true;
  while (more) {
    more = core.find('.') != std::string_view::npos;
    std::string_view part = take_part(core, '.');
    while (has_leading_zero(part)) part.remove_prefix(1);
    if (parts++ > 0) out += '.';
    out += part;
  }
  // Parts are not made up before a pre-release or build.
  for (; parts < 3 && end == text.size(); ++parts) out += ".0";
  return out + std::string(text.substr(end));
}

int order_identifiers(std::string_view a, std::string_view b) {
  const bool a_is_number = is_digits(a);
  const bool b_is_number = is_digits(b);
  if (a_is_number && b_is_number) {
    const std::uint64_t x = parse_uint(a).value_or(0);
    const std::uint64_t y = parse_uint(b).value_or(0);
    return x < y ? -1 : (x > y ? 1 : 0);
  }
  if (a_is_number != b_is_number) return a_is_number ? -1 : 1;
  const int order = a.compare(b);
  return order < 0 ? -1 : (order > 0 ? 1 : 0);
}

int order_pre_releases(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.empty() == b.empty() ? 0 : (a.empty() ? 1 : -1);
  while (!a.empty() && !b.empty()) {
    const int order = order_identifiers(take_part(a, '.'), take_part(b, '.'));
    if (order != 0) return order;
  }
  return a.empty() == b.empty() ? 0 : (a.empty() ? -1 : 1);
}

int order(const Version& a, const Version& b) {
  if (a.major != b.major) return a.major < b.major ? -1 : 1;
  if (a.minor != b.minor) return a.minor < b.minor ? -1 : 1;
  if (a.patch != b.patch) return a.patch < b.patch ? -1 : 1;
  return order_pre_releases(a.pre_release, b.pre_release);
}

const Version& version_of(const void* payload) {
  return *static_cast<const Version*>(payload);
}
const Version& version_of(const Value& value) {
  return version_of(value.as_opaque()->payload);
}

constexpr OpaqueType kVersionType{
    .as_type = {"kubernetes.Semver"},
    .equal =
        [](const void* a, const void* b) {
          return order(version_of(a), version_of(b)) == 0 ? Equality::kEqual
                                                          : Equality::kUnequal;
        },
    .to_string = [](const void* payload, Arena&) { return version_of(payload).text; },
    .size = [](const void* payload) { return version_of(payload).text.size(); }};

bool wants_normalizing(Args args) {
  return args.size() > 1 && args[1].as_bool();
}

Value semver(CallContext& call, Args args) {
  std::string_view text = args[0].as_string();
  if (wants_normalizing(args)) text = call.arena.copy(normalized(text));
  const auto version = parse(text);
  if (version) {
    return make_opaque(call.arena, kVersionType, call.arena.make<Version>(*version))
        .with_origin(args[0].origin());
  }
  return make_error(call.arena, fmt::format("'{}' is no semantic version, such as '1.2.3'.",
                                            utf8_prefix(args[0].as_string(), 100)));
}

Value is_semver(CallContext&, Args args) {
  const std::string_view text = args[0].as_string();
  const std::string changed = wants_normalizing(args) ? normalized(text) : std::string(text);
  return Value::boolean(parse(changed).has_value());
}

template <std::uint64_t Version::* kPart>
Value part(CallContext&, Args args) {
  return Value::integer(static_cast<std::int64_t>(version_of(args[0]).*kPart));
}

Value compare_to(CallContext&, Args args) {
  return Value::integer(order(version_of(args[0]), version_of(args[1])));
}
Value is_less_than(CallContext&, Args args) {
  return Value::boolean(order(version_of(args[0]), version_of(args[1])) < 0);
}
Value is_greater_than(CallContext&, Args args) {
  return Value::boolean(order(version_of(args[0]), version_of(args[1])) > 0);
}

constexpr LibraryRow kRows[] = {
    {"semver(string) -> kubernetes.Semver", semver,
     "The version that the text is; an error if it is none.", 33},
    {"semver(string, bool) -> kubernetes.Semver", semver,
     "The version; with true 'v1.2' is read as 1.2.0.", 33},
    {"isSemver(string) -> bool", is_semver, "Whether the text is a version.", 33},
    {"isSemver(string, bool) -> bool", is_semver,
     "Whether the text is a version; with true 'v1.2' is one.", 33},
    {"kubernetes.Semver.major() -> int", part<&Version::major>, "The major version.", 33},
    {"kubernetes.Semver.minor() -> int", part<&Version::minor>, "The minor version.", 33},
    {"kubernetes.Semver.patch() -> int", part<&Version::patch>, "The patch version.", 33},
    {"kubernetes.Semver.compareTo(kubernetes.Semver) -> int", compare_to,
     "-1, 0 or 1: the version is older than the argument, equal or newer.", 33},
    {"kubernetes.Semver.isLessThan(kubernetes.Semver) -> bool", is_less_than,
     "Whether the version is older than the argument.", 33},
    {"kubernetes.Semver.isGreaterThan(kubernetes.Semver) -> bool", is_greater_than,
     "Whether the version is newer than the argument.", 33},
};

}  // namespace

void add_semver_functions(FunctionRegistry& registry) {
  add_rows(registry, kRows);
}

}  // namespace tidewaiter::cel
