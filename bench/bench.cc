// Measures the built program as a user meets it, and the YAML reader by itself.
// usage: tidewaiter_bench [FOLDER]   (a folder with many manifests; default: the demonstration)
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "base/source.h"
#include "yaml/file.h"

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kStartUps = 41;
constexpr int kPasses = 5;
constexpr double kMegabyte = 1e6;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

struct Run {
  double seconds = 0;
  long peak_kilobytes = 0;
};

/// Runs `tidewaiter check` on a path, its report thrown away.
Run check(const std::string& path) {
  const auto start = Clock::now();
  const pid_t child = fork();
  if (child == 0) {
    const int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execl(TIDEWAITER_BINARY, TIDEWAITER_BINARY, "check", "--no-config", "--fail-on", "never",
          "--profile", "strict", path.c_str(), nullptr);
    _exit(99);
  }
  int status = 0;
  rusage usage = {};
  wait4(child, &status, 0, &usage);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fmt::print(stderr, "tidewaiter check {} failed\n", path);
    std::exit(1);
  }
  return {.seconds = seconds_since(start), .peak_kilobytes = usage.ru_maxrss};
}

/// A Deployment of 60 lines, what an editor checks on every keystroke.
std::string manifest_of_60_lines() {
  std::string text =
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  labels:\n    app: web\n"
      "spec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app: web\n  template:\n"
      "    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n"
      "        - name: web\n          image: contoso.azurecr.io/web:1.0.0\n          env:\n";
  for (int i = 0; i < 20; ++i) {
    text += fmt::format("            - name: SETTING_{}\n              value: \"{}\"\n", i, i);
  }
  return text;
}

void measure_start_up() {
  const fs::path file = fs::temp_directory_path() / fmt::format("tidewaiter-{}.yaml", getpid());
  std::ofstream(file) << manifest_of_60_lines();
  std::vector<double> times;
  long peak = 0;
  for (int i = 0; i < kStartUps; ++i) {
    const Run run = check(file.string());
    times.push_back(run.seconds * 1e3);
    peak = std::max(peak, run.peak_kilobytes);
  }
  fs::remove(file);
  fmt::print("one manifest of 60 lines  {:8.1f} ms wall (median of {}), {:.1f} MB\n",
             median(times), kStartUps, static_cast<double>(peak) / 1e3);
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void measure_folder(const fs::path& folder) {
  std::vector<std::shared_ptr<const tidewaiter::Source>> sources;
  double bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    if (!entry.is_regular_file() || (extension != ".yaml" && extension != ".yml")) continue;
    sources.push_back(std::make_shared<const tidewaiter::Source>(
        std::make_shared<tidewaiter::FileName>(), read(entry.path())));
    bytes += static_cast<double>(sources.back()->text().size());
  }
  const auto files = static_cast<double>(sources.size());
  fmt::print("{}: {} files, {:.2f} MB\n", folder.string(), sources.size(), bytes / kMegabyte);

  std::vector<double> reading;
  std::vector<double> checking;
  long peak = 0;
  for (int i = 0; i < kPasses; ++i) {
    const auto start = Clock::now();
    for (const auto& source : sources) (void)tidewaiter::yaml::read(*source);
    reading.push_back(seconds_since(start));
    const Run run = check(folder.string());
    checking.push_back(run.seconds);
    peak = std::max(peak, run.peak_kilobytes);
  }
  const auto line = [&](const char* what, double seconds) {
    fmt::print("{:<24}  {:8.1f} MB/s {:10.0f} files/s {:8.1f} ms\n", what,
               bytes / kMegabyte / seconds, files / seconds, seconds * 1e3);
  };
  line("read YAML, one thread", median(reading));
  line("check --profile strict", median(checking));
  fmt::print("peak memory of check      {:8.1f} MB\n", static_cast<double>(peak) / 1e3);
}

}  // namespace

int main(int argc, char** argv) {
  measure_start_up();
  measure_folder(argc > 1 ? fs::path(argv[1])
                          : fs::path(TIDEWAITER_SOURCE_DIR) / "testdata/shop");
}
