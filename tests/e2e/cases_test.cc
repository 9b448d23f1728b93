// Every folder of testdata/cli is a run of the program: `args` (an argument a line), the folder
// `in` that it runs in, `stdin` if there is any, and what must come of it: `stdout`, `stderr`
// and `exit`. TIDEWAITER_UPDATE_GOLDEN=1 writes those three.
#include <algorithm>
#include <sstream>

#include "e2e/program.h"
#include "support/catch.h"
#include "support/golden.h"

namespace tidewaiter::testing {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> cases() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(fs::path(TIDEWAITER_TESTDATA) / "cli")) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// The folder's path differs from run to run.
std::string scrubbed(std::string text, const std::string& folder) {
  for (std::size_t at = 0; (at = text.find(folder, at)) != std::string::npos;) {
    text.replace(at, folder.size(), "@FOLDER@");
  }
  return text;
}

TEST_CASE("the program does on the command line what its cases say", "[e2e]") {
  const fs::path folder = GENERATE(from_range(cases()));
  const std::string name = folder.filename().string();
  INFO("testdata/cli/" << name);
  REQUIRE(fs::exists(folder / "args"));
  const ScratchFolder scratch;
  if (fs::exists(folder / "in")) {
    fs::copy(folder / "in", scratch.path(), fs::copy_options::recursive);
  }
  const ProgramRun run = run_program({.arguments = lines_of(read_file(folder / "args")),
                                      .folder = scratch.path(),
                                      .input = read_file(folder / "stdin")});
  CHECK(run.signal == 0);
  const std::string path = scratch.path().string();
  check_golden("cli/" + name + "/stdout", scrubbed(run.out, path));
  check_golden("cli/" + name + "/stderr", scrubbed(run.err, path));
  check_golden("cli/" + name + "/exit", std::to_string(run.exit) + "\n");
}

}  // namespace
}  // namespace tidewaiter::testing
