#ifndef TIDEWAITER_TESTS_SUPPORT_GOLDEN_H_
#define TIDEWAITER_TESTS_SUPPORT_GOLDEN_H_

#include <filesystem>
#include <string>
#include <string_view>

namespace tidewaiter::testing {

/// Fails the test unless `actual` is the content of testdata/`name`. With
/// TIDEWAITER_UPDATE_GOLDEN=1 in the environment the file is rewritten first, and the test
/// still fails, so that no run that rewrites passes by mistake. tidewaiter's version in
/// `actual` counts as 0.0.0, so that a release changes no golden file.
void check_golden(const std::string& name, std::string_view actual);

/// The same for any file, with the version as it is.
void check_file(const std::filesystem::path& path, std::string_view actual);

}  // namespace tidewaiter::testing

#endif  // TIDEWAITER_TESTS_SUPPORT_GOLDEN_H_
