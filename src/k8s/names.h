#ifndef TIDEWAITER_K8S_NAMES_H_
#define TIDEWAITER_K8S_NAMES_H_

#include <cstddef>
#include <string_view>

namespace tidewaiter::k8s {

/// The syntax of names as k8s.io/apimachinery's pkg/util/validation and pkg/api/validation/path
/// check it. Lengths are bytes. Each is linear.

inline constexpr std::size_t kMaxLabelLength = 63;
inline constexpr std::size_t kMaxSubdomainLength = 253;

/// Lower-case letters, digits and dashes, a letter or digit at both ends, 1 to 63.
bool is_dns1123_label(std::string_view name);
/// DNS-1123 labels of any length joined by dots, 1 to 253.
bool is_dns1123_subdomain(std::string_view name);
/// As a DNS-1123 label, but the first is a letter.
bool is_dns1035_label(std::string_view name);
/// Any text, even none, but `.` and `..` and what holds `/` or `%` (names of RBAC objects).
bool is_path_segment(std::string_view name);

/// The key of a label: an optional DNS-1123 subdomain and `/`, then 1 to 63 letters, digits,
/// `-`, `_`, `.`, a letter or digit at both ends.
bool is_label_key(std::string_view key);
/// As the key of a label, but the case of letters does not matter in the prefix either.
bool is_annotation_key(std::string_view key);
/// Empty, or the syntax of a label key without prefix.
bool is_label_value(std::string_view value);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_NAMES_H_
