#ifndef TIDEWAITER_CLI_TEST_REPORT_H_
#define TIDEWAITER_CLI_TEST_REPORT_H_

#include <cstddef>
#include <iosfwd>
#include <vector>

#include "cli/rule_test.h"

// How `tidewaiter test` shows what it found.
namespace tidewaiter::cli {

/// All tests of one run, by rule id.
struct TestRun {
  std::vector<RuleTest> tests;
  std::size_t faulty = 0;  ///< Rules that could not be tested; that was printed.
};

/// A table of the rules, then each fault with the lines around it, then a line of totals.
void write_test_text(const TestRun& run, std::ostream& out);

/// The same for programs: docs/writing-rules.md describes it.
void write_test_json(const TestRun& run, std::ostream& out);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_TEST_REPORT_H_
