// cel-conformance [--kubernetes] [--minor N] [--since] [--shared FOLDER] FILE...
//
// --minor N evaluates for Kubernetes 1.N, and only the tests that hold there. --since runs each
// test that says since when it holds for that version too, and for the one before.
// Files are looked for in $TIDEWAITER_SHARED, else FOLDER, when --shared is given, and skipped
// when they are not there (that is how CTest runs it).
// Runs conformance tests in JSON (the format is described beside them, in
// shared/cel/README.md), prints each failure and last a summary. Exit code 1 when a test fails.

#include <fmt/core.h>

#include <cstdint>
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

using tidewaiter::cel::FunctionRegistry;
using tidewaiter::conformance::Failure;
using tidewaiter::conformance::Mode;
using tidewaiter::conformance::run_case;
using tidewaiter::conformance::since_of;

struct Totals {
  int passed = 0;
  int failed = 0;
};

struct Options {
  Mode mode;
  /// Each test also with the minor of its `since`, and with the one before, where its outcome
  /// must be another.
  bool since = false;
  std::optional<std::filesystem::path> shared;
  std::vector<std::string> files;
};

std::optional<Options> read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--kubernetes") {
      options.mode.kubernetes = true;
    } else if (argument == "--since") {
      options.since = true;
    } else if (argument == "--minor" && i + 1 < argc) {
      options.mode.minor = static_cast<std::uint32_t>(std::atoi(argv[++i]));
    } else if (argument == "--shared" && i + 1 < argc) {
      const char* folder = std::getenv("TIDEWAITER_SHARED");
      const char* fallback = argv[++i];
      options.shared = folder != nullptr ? folder : fallback;
    } else {
      options.files.push_back(argument);
    }
  }
  if (options.files.empty()) return std::nullopt;
  return options;
}

/// Why a test does not hold since when it says that it does; nothing when it does.
std::optional<Failure> run_since(const nlohmann::json& test, const FunctionRegistry& functions,
                                 Mode mode) {
  const std::uint32_t since = since_of(test);
  if (since == 0) return std::nullopt;
  mode.minor = since;
  if (auto failure = run_case(test, functions, mode)) {
    failure->got += fmt::format(" (in 1.{})", since);
    return failure;
  }
  // An expected error may have been another one before.
  if (test.value("expect", nlohmann::json()).contains("error")) return std::nullopt;
  mode.minor = since - 1;
  if (run_case(test, functions, mode)) return std::nullopt;
  return Failure{.got = fmt::format("the same in 1.{}", mode.minor),
                 .expected = fmt::format("another outcome before 1.{}", since)};
}

std::optional<Failure> run_test(const nlohmann::json& test, const FunctionRegistry& functions,
                                const Options& options) {
  auto failure = run_case(test, functions, options.mode);
  if (!failure && options.since) failure = run_since(test, functions, options.mode);
  return failure;
}

void run_file(const std::string& path, const FunctionRegistry& functions,
              const Options& options, Totals& totals) {
  std::ifstream file(path);
  const nlohmann::json tests = nlohmann::json::parse(file);
  for (const nlohmann::json& test : tests) {
    // What did not hold yet says nothing of this version.
    if (options.mode.minor != 0 && since_of(test) > options.mode.minor) continue;
    const auto failure = run_test(test, functions, options);
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
  const auto options = read_options(argc, argv);
  if (!options) {
    std::cerr << "usage: cel-conformance [--kubernetes] [--minor N] [--since] "
                 "[--shared FOLDER] FILE...\n";
    return 2;
  }
  FunctionRegistry functions;
  tidewaiter::cel::add_standard_functions(functions);
  if (options->mode.kubernetes) {
    // Not only where an authorizer is declared: Kubernetes has one set of functions.
    tidewaiter::cel::add_authorizer_functions(functions);
  }
  Totals totals;
  for (std::string file : options->files) {
    if (options->shared) file = (*options->shared / file).string();
    if (options->shared && !std::filesystem::exists(file)) {
      std::cout << "skipped, not here: " << file << '\n';
      continue;
    }
    run_file(file, functions, *options, totals);
  }
  std::cout << totals.passed << " passed, " << totals.failed << " failed\n";
  return totals.failed == 0 ? 0 : 1;
} catch (const std::exception& failure) {
  std::cerr << "cel-conformance: " << failure.what() << '\n';
  return 2;
}
