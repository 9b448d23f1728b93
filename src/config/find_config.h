#ifndef TIDEWAITER_CONFIG_FIND_CONFIG_H_
#define TIDEWAITER_CONFIG_FIND_CONFIG_H_

#include <optional>
#include <string>
#include <string_view>

#include "base/file_system.h"

namespace tidewaiter::config {

inline constexpr std::string_view kConfigName = ".tidewaiter.yaml";
/// No config is larger; a larger file is refused before it is parsed.
inline constexpr std::uint64_t kMaxConfigSize = 4U * 1024 * 1024;

/// The nearest folder at or above `folder` (absolute) that holds `.git`; nothing when there is
/// none.
std::optional<std::string> repository_root(const FileSystem& files, std::string_view folder);

/// The path of the nearest config at or above `folder` (absolute), not above the repository's
/// root; nothing when there is none.
std::optional<std::string> find_config(const FileSystem& files, std::string_view folder);

}  // namespace tidewaiter::config

#endif  // TIDEWAITER_CONFIG_FIND_CONFIG_H_
