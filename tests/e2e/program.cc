#include "e2e/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace tidewaiter::testing {
namespace fs = std::filesystem;
namespace {

constexpr unsigned kMicrosecondsBeforeInterrupt = 300'000;

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
  std::vector<char*> arguments = {const_cast<char*>(TIDEWAITER_BINARY)};
  for (const std::string& argument : call.arguments) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  char* environment[] = {nullptr};
  execve(TIDEWAITER_BINARY, arguments.data(), environment);
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
