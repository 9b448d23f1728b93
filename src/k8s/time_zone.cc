#include "k8s/time_zone.h"

#include <algorithm>

namespace tidewaiter::k8s {
namespace {

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool is_time_zone(std::string_view name) {
  return std::ranges::binary_search(time_zone_names(), name);
}

std::string_view time_zone_in_right_case(std::string_view name) {
  for (const std::string_view candidate : time_zone_names()) {
    if (std::ranges::equal(candidate, name, {}, to_lower, to_lower)) return candidate;
  }
  return {};
}

}  // namespace tidewaiter::k8s
