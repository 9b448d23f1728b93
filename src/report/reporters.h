#ifndef TIDEWAITER_REPORT_REPORTERS_H_
#define TIDEWAITER_REPORT_REPORTERS_H_

#include <iosfwd>
#include <memory>

#include "tidewaiter/reporter.h"

namespace tidewaiter::report {

// One function a format; formats() lists them. Each borrows `out`. docs/output.md describes
// what they write.

std::unique_ptr<Reporter> make_text_reporter(std::ostream& out, const ReportOptions& options);
std::unique_ptr<Reporter> make_json_reporter(std::ostream& out, const ReportOptions& options);
std::unique_ptr<Reporter> make_sarif_reporter(std::ostream& out, const ReportOptions& options);
std::unique_ptr<Reporter> make_github_reporter(std::ostream& out, const ReportOptions& options);

/// What Reporter::end returns: an error when `out` refused any of the bytes.
Result<void> written_to(std::ostream& out);

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_REPORTERS_H_
