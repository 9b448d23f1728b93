// cel-conformance [--kubernetes] [--shared FOLDER] FILE...
//
// Files are looked for in $TIDEWAITER_SHARED, else FOLDER, when --shared is given, and skipped
// when they are not there (that is how CTest runs it).
// Runs conformance tests in JSON (the format is described beside them, in
// shared/cel/README.md), prints each failure and last a summary. Exit code 1 when a test fails.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cel/authorizer.h"
#include "cel/function.h"
#include "conformance/run_case.h"

namespace {

struct Totals {
  int passed = 0;
  int failed = 0;
};

void run_file(const std::string& path, const tidewaiter::cel::FunctionRegistry& functions,
              bool kubernetes, Totals& totals) {
  std::ifstream file(path);
  const nlohmann::json tests = nlohmann::json::parse(file);
  for (const nlohmann::json& test : tests) {
    const auto failure = tidewaiter::conformance::run_case(test, functions, kubernetes);
    if (!failure) {
      ++totals.passed;
      continue;
    }
    ++totals.failed;
    std::cout << std::filesystem::path(path).filename().string() << ": "
              << test.value("section", "") << ": " << test.value("name", "") << ": "
              << test.value("expr", "") << "\n  got:      " << failure->got
              << "\n  expected: " << failure->expected << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) try {
  bool kubernetes = false;
  std::optional<std::filesystem::path> shared;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--kubernetes") {
      kubernetes = true;
    } else if (argument == "--shared" && i + 1 < argc) {
      const char* folder = std::getenv("TIDEWAITER_SHARED");
      const char* fallback = argv[++i];
      shared = folder != nullptr ? folder : fallback;
    } else {
      files.push_back(argument);
    }
  }
  if (files.empty()) {
    std::cerr << "usage: cel-conformance [--kubernetes] [--shared FOLDER] FILE...\n";
    return 2;
  }
  tidewaiter::cel::FunctionRegistry functions;
  tidewaiter::cel::add_standard_functions(functions);
  // Kubernetes declares them everywhere, and the variable `authorizer` in policies only.
  if (kubernetes) tidewaiter::cel::add_authorizer_functions(functions);
  Totals totals;
  for (std::string file : files) {
    if (shared) file = (*shared / file).string();
    if (shared && !std::filesystem::exists(file)) {
      std::cout << "skipped, not here: " << file << '\n';
      continue;
    }
    run_file(file, functions, kubernetes, totals);
  }
  std::cout << totals.passed << " passed, " << totals.failed << " failed\n";
  return totals.failed == 0 ? 0 : 1;
} catch (const std::exception& failure) {
  std::cerr << "cel-conformance: " << failure.what() << '\n';
  return 2;
}
