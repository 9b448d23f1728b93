#ifndef TIDEWAITER_ENGINE_NORMAL_PATH_H_
#define TIDEWAITER_ENGINE_NORMAL_PATH_H_

#include <string>
#include <string_view>

namespace tidewaiter::engine {

// Paths of inputs as they are compared, so that two ways to write one are equal: as text, and
// relative ones stay relative.

/// Without `.`, `..` (but at its beginning) and a slash at its end; "." for the empty path.
std::string normal_path(std::string_view path);

/// The folder of a normal path: "." of a bare name.
std::string folder_of(std::string_view path);

/// What the file at `path` means by `written`, normal.
std::string path_written_in(std::string_view path, std::string_view written);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_NORMAL_PATH_H_
