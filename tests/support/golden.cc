#include "support/golden.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "support/catch.h"
#include "tidewaiter/version.h"

namespace tidewaiter::testing {
namespace {

std::string without_version(std::string_view text) {
  const std::string version = kVersion;
  std::string result(text);
  for (std::size_t at = 0; (at = result.find(version, at)) != std::string::npos; at += 5) {
    result.replace(at, version.size(), "0.0.0");
  }
  return result;
}

/// The first line that differs, for a message shorter than two whole reports.
std::string first_difference(std::string_view expected, std::string_view actual) {
  std::size_t at = 0;
  while (at < expected.size() && at < actual.size() && expected[at] == actual[at]) ++at;
  const auto line = [at](std::string_view text) {
    const std::size_t before = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
    const std::size_t begin = before == std::string::npos ? 0 : before + 1;
    return std::string(text.substr(begin, std::min(text.find('\n', at), begin + 400) - begin));
  };
  return "expected: " + line(expected) + "\nactual:   " + line(actual);
}

}  // namespace

void check_golden(const std::string& name, std::string_view actual) {
  check_file(std::filesystem::path(TIDEWAITER_TESTDATA) / name, without_version(actual));
}

void check_file(const std::filesystem::path& path, std::string_view actual) {
  std::ifstream in(path, std::ios::binary);
  const std::string expected((std::istreambuf_iterator<char>(in)),
                             std::istreambuf_iterator<char>());
  if (in && expected == actual) {
    SUCCEED();
    return;
  }
  const char* update = std::getenv("TIDEWAITER_UPDATE_GOLDEN");
  if (update != nullptr && std::string_view(update) == "1") {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << actual;
    FAIL_CHECK("rewrote " << path.string() << "; look at the difference, then run again");
  } else {
    FAIL_CHECK(path.string() << " differs (TIDEWAITER_UPDATE_GOLDEN=1 rewrites it)\n"
                             << first_difference(expected, actual));
  }
}

}  // namespace tidewaiter::testing
