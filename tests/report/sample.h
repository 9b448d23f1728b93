#ifndef TIDEWAITER_TESTS_REPORT_SAMPLE_H_
#define TIDEWAITER_TESTS_REPORT_SAMPLE_H_

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "tidewaiter/reporter.h"

namespace tidewaiter::testing {

/// A run whose findings were made by hand over the files of testdata/report/sample.
struct SampleRun {
  RunInfo info;
  std::vector<Finding> findings;
  RunSummary summary;
};

SampleRun sample_run();

/// What the format `name` writes about a run.
std::string report(std::string_view name, const SampleRun& run,
                   const ReportOptions& options = {});

/// As above, to a stream.
Result<void> report_to(std::ostream& out, std::string_view name, const SampleRun& run,
                       const ReportOptions& options = {});

}  // namespace tidewaiter::testing

#endif  // TIDEWAITER_TESTS_REPORT_SAMPLE_H_
