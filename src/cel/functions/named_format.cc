#include "cel/functions/named_format.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/core.h>

#include "cel/functions/request_uri.h"

namespace tidewaiter::cel {

namespace {

using Problems = std::vector<std::string>;

constexpr std::size_t kLongestLabel = 63;
constexpr std::size_t kLongestSubdomain = 253;

constexpr std::string_view kNameWords =
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
    "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for "
    "validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_lower_alnum(char c) {
  return is_lower(c) || is_digit(c);
}
bool is_alnum(char c) {
  return is_lower_alnum(c) || (c >= 'A' && c <= 'Z');
}
bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool all_of(std::string_view text, bool (*test)(char)) {
  return std::all_of(text.begin(), text.end(), test);
}

bool is_dns1123_label(std::string_view text) {
  return !text.empty() && is_lower_alnum(text.front()) && is_lower_alnum(text.back()) &&
         all_of(text, [](char c) { return is_lower_alnum(c) || c == '-'; });
}

bool is_dns1123_subdomain(std::string_view text) {
  while (true) {
    const auto dot = text.find('.');
    if (!is_dns1123_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

/// Letters and digits around letters, digits, '-', '_' and '.'.
bool is_plain_name(std::string_view text) {
  return !text.empty() && is_alnum(text.front()) && is_alnum(text.back()) &&
         all_of(text, [](char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.'; });
}

// Kubernetes names the unit in one way for DNS names and in another for labels.
void check_length(std::string_view text, std::size_t most, Problems& problems,
                  std::string_view unit = "characters") {
  if (text.size() > most) {
    problems.push_back(fmt::format("must be no more than {} {}", most, unit));
  }
}

Problems dns1123_label(std::string_view text) {
  Problems problems;
  check_length(text, kLongestLabel, problems);
  if (!is_dns1123_label(text) && is_dns1123_subdomain(text)) {
    problems.emplace_back("must not contain dots");
  } else if (!is_dns1123_label(text)) {
    problems.emplace_back(
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', "
        "and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', "
        "regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
  }
  return problems;
}

Problems subdomain_problems(std::string_view text, std::string_view unit) {
  Problems problems;
  check_length(text, kLongestSubdomain, problems, unit);
  if (!is_dns1123_subdomain(text)) {
    problems.emplace_back(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, "
        "'-' "
        "or '.', and must start and end with an alphanumeric character (e.g. 'example.com', "
        "regex used for validation is "
        "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
  }
  return problems;
}

Problems dns1123_subdomain(std::string_view text) {
  return subdomain_problems(text, "characters");
}

Problems dns1035_label(std::string_view text) {
  Problems problems;
  check_length(text, kLongestLabel, problems);
  if (!is_dns1123_label(text) || !is_lower(text.front())) {
    problems.emplace_back(
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start "
        "with "
        "an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or "
        "'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
  }
  return problems;
}

/// Checks a prefix as Kubernetes checks generateName: a dash at the end and what stands before
/// it count as one letter.
template <Problems (*check)(std::string_view)>
Problems prefix_of(std::string_view text) {
  if (text.size() < 2 || text.back() != '-') return check(text);
  return check(std::string(text.substr(0, text.size() - 2)) + "a");
}

Problems qualified_name(std::string_view text) {
  Problems problems;
  const auto slash = text.find('/');
  std::string_view name = text;
  if (slash != std::string_view::npos) {
    const std::string_view prefix = text.substr(0, slash);
    name = text.substr(slash + 1);
    if (name.find('/') != std::string_view::npos) {
      return {
          fmt::format("a valid label key {} with an optional DNS subdomain prefix and '/' "
                      "(e.g. 'example.com/MyName')",
                      kNameWords)};
    }
    if (prefix.empty()) {
      problems.emplace_back("prefix part must be non-empty");
    } else {
      for (const std::string& problem : subdomain_problems(prefix, "bytes")) {
        problems.push_back("prefix part " + problem);
      }
    }
  }
  if (name.empty()) {
    problems.emplace_back("name part must be non-empty");
  } else if (name.size() > kLongestLabel) {
    problems.push_back(fmt::format("name part must be no more than {} bytes", kLongestLabel));
  }
  if (!is_plain_name(name)) problems.push_back(fmt::format("name part {}", kNameWords));
  return problems;
}

Problems label_value(std::string_view text) {
  Problems problems;
  check_length(text, kLongestLabel, problems, "bytes");
  if (!text.empty() && !is_plain_name(text)) {
    problems.emplace_back(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' "
        "or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or "
        "'my_value',  or '12345', regex used for validation is "
        "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
  }
  return problems;
}

Problems uri(std::string_view text) {
  const auto parsed = parse_request_uri(text);
  if (parsed) return {};
  return {parsed.error().message};
}

Problems uuid(std::string_view text) {
  static constexpr std::array<std::size_t, 5> kGroups = {8, 4, 4, 4, 12};
  for (std::size_t group = 0; group < kGroups.size(); ++group) {
    if (group > 0 && text.starts_with('-')) text.remove_prefix(1);
    if (text.size() < kGroups[group] || !all_of(text.substr(0, kGroups[group]), is_hex)) {
      return {"does not match the UUID format"};
    }
    text.remove_prefix(kGroups[group]);
  }
  if (!text.empty()) return {"does not match the UUID format"};
  return {};
}

Problems base64(std::string_view text) {
  std::string_view digits = text;
  for (int padding = 0; padding < 2 && digits.ends_with('='); ++padding)
    digits.remove_suffix(1);
  const bool valid = !text.empty() && text.size() % 4 == 0 &&
                     all_of(digits, [](char c) { return is_alnum(c) || c == '+' || c == '/'; });
  if (!valid) return {"invalid base64"};
  return {};
}

int number_at(std::string_view text, std::size_t at, std::size_t size) {
  int value = 0;
  for (const char c : text.substr(at, size)) value = value * 10 + (c - '0');
  return value;
}

/// Whether `text` is written like `pattern`, where '0' stands for a digit.
bool has_pattern(std::string_view text, std::string_view pattern) {
  return std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(),
                    [](char c, char p) { return p == '0' ? is_digit(c) : c == p; });
}

bool is_date(std::string_view text) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (!has_pattern(text, "0000-00-00")) return false;
  const int year = number_at(text, 0, 4);
  const int month = number_at(text, 5, 2);
  const int day = number_at(text, 8, 2);
  if (month < 1 || month > 12 || day < 1) return false;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const int days = kDays[static_cast<std::size_t>(month) - 1] + (leap && month == 2 ? 1 : 0);
  return day <= days;
}

/// "12:30:00", a fraction, and 'z' or an offset.
bool is_time(std::string_view text) {
  if (!has_pattern(text.substr(0, 8), "00:00:00")) return false;
  if (number_at(text, 0, 2) > 23 || number_at(text, 3, 2) > 59 || number_at(text, 6, 2) > 59) {
    return false;
  }
  std::string_view rest = text.substr(8);
  if (rest.ends_with('z') || rest.ends_with('Z')) {
    rest.remove_suffix(1);
  } else {
    const std::string_view offset = rest.substr(rest.size() < 6 ? 0 : rest.size() - 6);
    if (!has_pattern(offset, "+00:00") && !has_pattern(offset, "-00:00")) return false;
    rest.remove_suffix(6);
  }
  // Any character may introduce the fraction, as in the expression that Kubernetes uses.
  return rest.empty() || (rest.size() > 1 && all_of(rest.substr(1), is_digit));
}

Problems date(std::string_view text) {
  if (!is_date(text)) return {"invalid date"};
  return {};
}

Problems datetime(std::string_view text) {
  const auto mark = text.find_first_of("tT");
  const bool valid = mark != std::string_view::npos && is_date(text.substr(0, mark)) &&
                     is_time(text.substr(mark + 1));
  if (!valid) return {"invalid datetime"};
  return {};
}

constexpr std::array<NamedFormat, kNamedFormats> kFormats = {{
    {"dns1123Label", "The name of a pod, a container or the like.", dns1123_label},
    {"dns1123Subdomain", "The name of most objects.", dns1123_subdomain},
    {"dns1035Label", "The name of a Service.", dns1035_label},
    {"qualifiedName", "The key of a label or an annotation.", qualified_name},
    {"dns1123LabelPrefix", "A generateName for a dns1123Label.", prefix_of<dns1123_label>},
    {"dns1123SubdomainPrefix", "A generateName for a dns1123Subdomain.",
     prefix_of<dns1123_subdomain>},
    {"dns1035LabelPrefix", "A generateName for a dns1035Label.", prefix_of<dns1035_label>},
    {"labelValue", "The value of a label.", label_value},
    {"uri", "An absolute URI or path.", uri},
    {"uuid", "A UUID, with dashes or without.", uuid},
    {"byte", "Base64 with padding.", base64},
    {"date", "A date as 2006-01-02.", date},
    {"datetime", "A time as 2006-01-02T15:04:05Z.", datetime},
}};

}  // namespace

std::span<const NamedFormat, kNamedFormats> named_formats() {
  return kFormats;
}

}  // namespace tidewaiter::cel
