#include <fmt/core.h>

#include <algorithm>
#include <ostream>

#include "report/reporters.h"
#include "tidewaiter/linter.h"
#include "tidewaiter/reporter.h"

namespace tidewaiter {

std::span<const Format> formats() {
  static constexpr Format kFormats[] = {
      {.name = "text",
       .summary = "for people and problem matchers: places, source lines, help",
       .make = &report::make_text_reporter},
      {.name = "json",
       .summary = "for programs: everything that is known about each finding",
       .make = &report::make_json_reporter},
      {.name = "sarif",
       .summary = "SARIF 2.1.0, for code scanning services and editors",
       .make = &report::make_sarif_reporter},
      {.name = "github",
       .summary = "annotations of GitHub Actions, and the whole list in the step's log",
       .make = &report::make_github_reporter},
  };
  return kFormats;
}

Result<void> write_report(const Outcome& outcome, std::string_view format, std::ostream& out,
                          const ReportOptions& options) {
  const auto known = std::ranges::find(formats(), format, &Format::name);
  if (known == formats().end()) {
    return Error{.message = fmt::format("There is no format '{}'.", format)};
  }
  const std::unique_ptr<Reporter> reporter = known->make(out, options);
  reporter->begin(outcome.info);
  for (const Finding& finding : outcome.findings) reporter->add(finding);
  return reporter->end(outcome.summary);
}

namespace report {

Result<void> written_to(std::ostream& out) {
  out.flush();
  if (out) return {};
  return Error{.code = ErrorCode::kIo, .message = "The report could not be written."};
}

}  // namespace report
}  // namespace tidewaiter
