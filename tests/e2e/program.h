#ifndef TIDEWAITER_TESTS_E2E_PROGRAM_H_
#define TIDEWAITER_TESTS_E2E_PROGRAM_H_

#include <filesystem>
#include <string>
#include <vector>

namespace tidewaiter::testing {

/// How one run of the program is set up. An empty path of a stream means: captured.
struct ProgramCall {
  std::filesystem::path program = {};  ///< Empty: tidewaiter.
  std::vector<std::string> arguments = {};
  std::vector<std::string> environment = {};  ///< "NAME=value"
  std::filesystem::path folder = {};          ///< The working folder.
  std::string input = {};                     ///< Standard input.
  bool closed_output = false;                 ///< Standard output is a pipe that nobody reads.
  std::filesystem::path output = {};  ///< Standard output goes to this file, e.g. /dev/full.
  bool interrupted = false;           ///< Standard input stays open; SIGINT comes meanwhile.
};

struct ProgramRun {
  int exit = -1;   ///< The exit code; -1 when a signal ended the program.
  int signal = 0;  ///< That signal.
  std::string out = {};
  std::string err = {};
};

/// Runs the built tidewaiter, or another program, in an environment of the call's variables
/// alone.
ProgramRun run_program(const ProgramCall& call);

/// Runs a script as a pipeline does, with the built tidewaiter on the PATH and `environment`.
ProgramRun run_script(const std::string& script, const std::filesystem::path& folder,
                      std::vector<std::string> environment);

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
