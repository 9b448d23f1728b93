#include <ostream>

#include "report/reporters.h"
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
  };
  return kFormats;
}

namespace report {

Result<void> written_to(std::ostream& out) {
  out.flush();
  if (out) return {};
  return Error{.code = ErrorCode::kIo, .message = "The report could not be written."};
}

}  // namespace report
}  // namespace tidewaiter
