#include "k8s/names.h"

#include <algorithm>
#include <string>

namespace tidewaiter::k8s {
namespace {

// The C library's classes depend on the locale.
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower_alnum(char c) {
  return is_lower(c) || is_digit(c);
}
bool is_alnum(char c) {
  return is_lower_alnum(c) || is_upper(c);
}

/// [a-z0-9]([-a-z0-9]*[a-z0-9])?
bool is_label_of_any_length(std::string_view name) {
  return !name.empty() && is_lower_alnum(name.front()) && is_lower_alnum(name.back()) &&
         std::ranges::all_of(name, [](char c) { return is_lower_alnum(c) || c == '-'; });
}

/// ([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]
bool is_qualified_part(std::string_view part) {
  return !part.empty() && part.size() <= kMaxLabelLength && is_alnum(part.front()) &&
         is_alnum(part.back()) && std::ranges::all_of(part, [](char c) {
           return is_alnum(c) || c == '-' || c == '_' || c == '.';
         });
}

}  // namespace

bool is_dns1123_label(std::string_view name) {
  return name.size() <= kMaxLabelLength && is_label_of_any_length(name);
}

bool is_dns1123_subdomain(std::string_view name) {
  if (name.empty() || name.size() > kMaxSubdomainLength) return false;
  while (true) {
    const std::size_t dot = name.find('.');
    if (!is_label_of_any_length(name.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    name.remove_prefix(dot + 1);
  }
}

bool is_dns1035_label(std::string_view name) {
  return is_dns1123_label(name) && is_lower(name.front());
}

bool is_path_segment(std::string_view name) {
  return name != "." && name != ".." && name.find_first_of("/%") == std::string_view::npos;
}

bool is_label_key(std::string_view key) {
  const std::size_t slash = key.find('/');
  if (slash == std::string_view::npos) return is_qualified_part(key);
  return is_dns1123_subdomain(key.substr(0, slash)) && is_qualified_part(key.substr(slash + 1));
}

bool is_annotation_key(std::string_view key) {
  if (key.size() > kMaxSubdomainLength + 1 + kMaxLabelLength) return false;
  std::string lower(key);
  for (char& c : lower) {
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return is_label_key(lower);
}

bool is_label_value(std::string_view value) {
  return value.empty() || is_qualified_part(value);
}

}  // namespace tidewaiter::k8s
