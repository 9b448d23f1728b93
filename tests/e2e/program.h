#ifndef TIDEWAITER_TESTS_E2E_PROGRAM_H_
#define TIDEWAITER_TESTS_E2E_PROGRAM_H_

#include <filesystem>
#include <string>
#include <vector>

namespace tidewaiter::testing {

/// How one run of the program is set up. An empty path of a stream means: captured.
struct ProgramCall {
  std::vector<std::string> arguments = {};
  std::filesystem::path folder = {};  ///< The working folder.
  std::string input = {};             ///< Standard input.
  bool closed_output = false;         ///< Standard output is a pipe that nobody reads.
  std::filesystem::path output = {};  ///< Standard output goes to this file, e.g. /dev/full.
  bool interrupted = false;           ///< Standard input stays open; SIGINT comes meanwhile.
};

struct ProgramRun {
  int exit = -1;   ///< The exit code; -1 when a signal ended the program.
  int signal = 0;  ///< That signal.
  std::string out = {};
  std::string err = {};
};

/// Runs the built tidewaiter in an environment without variables of its own.
ProgramRun run_program(const ProgramCall& call);

/// An empty folder that is removed with this; it holds `.git`, so that nothing above it counts.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void write(const std::string& name, const std::string& text) const;
  std::string read(const std::string& name) const;

 private:
  std::filesystem::path path_;
};

/// The bytes of a file; empty when it is not there.
std::string read_file(const std::filesystem::path& path);

}  // namespace tidewaiter::testing

#endif  // TIDEWAITER_TESTS_E2E_PROGRAM_H_
