// What golden files cannot hold: streams that refuse bytes, signals, files that are not
// written.
#include <csignal>
#include <filesystem>
#include <sstream>

#include "e2e/program.h"
#include "support/catch.h"

namespace tidewaiter::testing {
namespace {

constexpr char kFaulty[] =
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: b\n  a: c\n";
constexpr char kFine[] = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";

TEST_CASE("a closed pipe or a full disk is an error, not a crash", "[e2e]") {
  const ScratchFolder folder;
  folder.write("a.yaml", kFaulty);
  const std::string format = GENERATE("text", "json", "sarif");
  const bool closed = GENERATE(false, true);
  INFO(format << (closed ? ", closed pipe" : ", full disk"));
  const ProgramRun run = run_program({.arguments = {"check", "--format", format, "a.yaml"},
                                      .folder = folder.path(),
                                      .closed_output = closed,
                                      .output = closed ? "" : "/dev/full"});
  CHECK(run.exit == 2);
  CHECK(run.err.find("Cannot write to standard output") != std::string::npos);
}

TEST_CASE("rules and explain notice that nobody takes their output", "[e2e]") {
  const ScratchFolder folder;
  for (const auto& arguments :
       {std::vector<std::string>{"rules"}, {"explain", "duplicate-key"}}) {
    const ProgramRun run =
        run_program({.arguments = arguments, .folder = folder.path(), .output = "/dev/full"});
    CHECK(run.exit == 2);
    CHECK(run.err.find("Cannot write to standard output") != std::string::npos);
  }
}

TEST_CASE("an interrupted run ends with 130", "[e2e]") {
  const ScratchFolder folder;
  const ProgramRun run =
      run_program({.arguments = {"check", "-"}, .folder = folder.path(), .interrupted = true});
  CHECK(run.exit == 130);
  CHECK(run.out.empty());
}

TEST_CASE("a report file that cannot be written is an error", "[e2e]") {
  const ScratchFolder folder;
  folder.write("a.yaml", kFine);
  const ProgramRun run =
      run_program({.arguments = {"check", "--output", "none/such/out.txt", "a.yaml"},
                   .folder = folder.path()});
  CHECK(run.exit == 2);
  CHECK(run.err.find("Cannot write 'none/such/out.txt'") != std::string::npos);
  CHECK(run.out.empty());
}

TEST_CASE("several reports of one run go where they are told to", "[e2e]") {
  const ScratchFolder folder;
  folder.write("a.yaml", kFaulty);
  const ProgramRun run =
      run_program({.arguments = {"check", "--format", "text", "--format", "sarif=out.sarif",
                                 "--format=json=out.json", "a.yaml"},
                   .folder = folder.path()});
  CHECK(run.exit == 1);
  CHECK(run.out.find("a.yaml:7:3: error: ") == 0);
  CHECK(folder.read("out.sarif").find("\"TW002\"") != std::string::npos);
  CHECK(folder.read("out.json").find("\"TW002\"") != std::string::npos);
}

TEST_CASE("the README shows what the demonstration prints", "[e2e]") {
  const std::string readme =
      read_file(std::filesystem::path(TIDEWAITER_SOURCE_DIR) / "README.md");
  const std::size_t begin = readme.find("```text\n") + 8;
  std::istringstream shown(readme.substr(begin, readme.find("\n```", begin) - begin));
  const ProgramRun run = run_program({.arguments = {"check", "--no-config", "testdata/shop"},
                                      .folder = TIDEWAITER_SOURCE_DIR});
  CHECK(run.exit == 1);
  for (std::string line; std::getline(shown, line);) {
    INFO(line);
    CHECK((line == "..." || run.out.find(line + "\n") != std::string::npos));
  }
}

TEST_CASE("the same input gives the same bytes whatever the threads", "[e2e]") {
  const ScratchFolder folder;
  for (int i = 0; i < 40; ++i) folder.write("d/" + std::to_string(i) + ".yaml", kFaulty);
  const auto output = [&](const char* jobs) {
    return run_program({.arguments = {"check", "--format", "sarif", "--reproducible", "--jobs",
                                      jobs, "d"},
                        .folder = folder.path()})
        .out;
  };
  const std::string one = output("1");
  CHECK(one.find("\"TW002\"") != std::string::npos);
  CHECK(one == output("7"));
  CHECK(one == output("0"));
}

}  // namespace
}  // namespace tidewaiter::testing
