#include "e2e/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace tidewaiter::testing {
namespace fs = std::filesystem;
namespace {

constexpr unsigned kMicrosecondsBeforeInterrupt = 300'000;

/// As execve wants them.
std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

[[noreturn]] void become_program(const ProgramCall& call, const fs::path& in,
                                 const fs::path& out, const fs::path& err, int pipe_in) {
  const auto redirect = [](const fs::path& path, int flags, int to) {
    const int file = open(path.c_str(), flags, 0600);
    if (file < 0 || dup2(file, to) < 0) _exit(99);
  };
  if (pipe_in >= 0) {
    dup2(pipe_in, STDIN_FILENO);
  } else {
    redirect(in, O_RDONLY, STDIN_FILENO);
  }
  redirect(err, O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
  if (call.closed_output) {
    int ends[2];
    if (pipe(ends) != 0) _exit(99);
    close(ends[0]);
    dup2(ends[1], STDOUT_FILENO);
  } else {
    redirect(out, O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
  }
  if (chdir(call.folder.c_str()) != 0) _exit(99);
  const std::string program = call.program.empty() ? TIDEWAITER_BINARY : call.program.string();
  std::vector<std::string> arguments = {program};
  arguments.insert(arguments.end(), call.arguments.begin(), call.arguments.end());
  execve(program.c_str(), pointers_to(arguments).data(), pointers_to(call.environment).data());
  _exit(99);
}

}  // namespace

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

ProgramRun run_program(const ProgramCall& call) {
  const ScratchFolder scratch;
  scratch.write("in", call.input);
  const fs::path out = call.output.empty() ? scratch.path() / "out" : call.output;
  const fs::path err = scratch.path() / "err";
  int ends[2] = {-1, -1};
  if (call.interrupted && pipe(ends) != 0) throw std::runtime_error("pipe");
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child == 0) {
    if (ends[1] >= 0) close(ends[1]);
    become_program(call, scratch.path() / "in", out, err, ends[0]);
  }
  if (call.interrupted) {
    usleep(kMicrosecondsBeforeInterrupt);
    kill(child, SIGINT);
  }
  int status = 0;
  waitpid(child, &status, 0);
  for (const int end : ends) {
    if (end >= 0) close(end);
  }
  return {.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
          .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
          .out = call.output.empty() && !call.closed_output ? read_file(out) : std::string(),
          .err = read_file(err)};
}

ProgramRun run_script(const std::string& script, const fs::path& folder,
                      std::vector<std::string> environment) {
  const fs::path binary = TIDEWAITER_BINARY;
  environment.push_back("PATH=" + binary.parent_path().string() + ":/usr/bin:/bin");
  return run_program({.program = "/bin/bash",
                      .arguments = {"-e", "-c", script},
                      .environment = std::move(environment),
                      .folder = folder});
}

ScratchFolder::ScratchFolder() {
  std::string name = (fs::temp_directory_path() / "tidewaiter-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
  path_ = fs::canonical(name);
  fs::create_directory(path_ / ".git");
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void ScratchFolder::write(const std::string& name, const std::string& text) const {
  fs::create_directories((path_ / name).parent_path());
  std::ofstream(path_ / name, std::ios::binary) << text;
}

std::string ScratchFolder::read(const std::string& name) const {
  return read_file(path_ / name);
}

}  // namespace tidewaiter::testing
