#ifndef TIDEWAITER_CEL_FUNCTIONS_NAMED_FORMAT_H_
#define TIDEWAITER_CEL_FUNCTIONS_NAMED_FORMAT_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tidewaiter::cel {

/// A format that Kubernetes knows by name.
struct NamedFormat {
  std::string_view name;  ///< "dns1123Label"
  std::string_view doc;   ///< What it is for, as a sentence.
  /// What is wrong with the text, in the words of Kubernetes (k8s.io/apimachinery's
  /// validation); empty when it has the format.
  std::vector<std::string> (*problems)(std::string_view text);
};

inline constexpr std::size_t kNamedFormats = 13;
/// All of them, in the order of Kubernetes' documentation; static.
std::span<const NamedFormat, kNamedFormats> named_formats();

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_FUNCTIONS_NAMED_FORMAT_H_
