#ifndef TIDEWAITER_TESTS_SUPPORT_SHARED_H_
#define TIDEWAITER_TESTS_SUPPORT_SHARED_H_

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

namespace tidewaiter::testing {

/// The path of `name` in the shared material, which is not part of this repository: the folder
/// $TIDEWAITER_SHARED, else `shared` beside the repository. Prints that the test is skipped and
/// gives nothing where it is absent.
inline std::optional<std::string> shared_file(const std::string& name) {
  const char* const folder = std::getenv("TIDEWAITER_SHARED");
  const std::filesystem::path path =
      (folder != nullptr ? std::filesystem::path(folder)
                         : std::filesystem::path(TIDEWAITER_SOURCE_DIR) / ".." / "shared") /
      name;
  if (std::filesystem::exists(path)) return path.string();
  std::cout << "skipped: " << path.lexically_normal().string() << " is not there\n";
  return std::nullopt;
}

}  // namespace tidewaiter::testing

#endif  // TIDEWAITER_TESTS_SUPPORT_SHARED_H_
