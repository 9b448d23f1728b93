// policy-conformance CASES.json...
//
// Runs cases of ValidatingAdmissionPolicies (the format is described in shared/policies),
// prints each failure and last a summary. Exit code 1 when a case fails.

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "conformance/policy_case.h"

namespace {

struct Totals {
  int passed = 0;
  int failed = 0;
};

std::vector<std::string> differences_of(tidewaiter::conformance::PolicyCases& cases,
                                        const nlohmann::json& test) try {
  return cases.run(test);
} catch (const std::exception& failure) {
  return {failure.what()};
}

void run_file(const std::string& path, Totals& totals) {
  std::ifstream file(path);
  const nlohmann::json tests = nlohmann::json::parse(file);
  tidewaiter::conformance::PolicyCases cases(std::filesystem::path(path).parent_path());
  for (const nlohmann::json& test : tests) {
    const std::vector<std::string> differences = differences_of(cases, test);
    if (differences.empty()) {
      ++totals.passed;
      continue;
    }
    ++totals.failed;
    std::cout << test.value("id", "(no id)") << '\n';
    for (const std::string& difference : differences) std::cout << "  " << difference << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) {
    std::cerr << "usage: policy-conformance CASES.json...\n";
    return 2;
  }
  Totals totals;
  for (int i = 1; i < argc; ++i) run_file(argv[i], totals);
  std::cout << totals.passed << " passed, " << totals.failed << " failed\n";
  return totals.failed == 0 ? 0 : 1;
} catch (const std::exception& failure) {
  std::cerr << "policy-conformance: " << failure.what() << '\n';
  return 2;
}
