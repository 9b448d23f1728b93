#ifndef TIDEWAITER_REPORT_SARIF_RESULT_H_
#define TIDEWAITER_REPORT_SARIF_RESULT_H_

#include "report/json_writer.h"
#include "tidewaiter/reporter.h"

namespace tidewaiter::report {

/// The name under which SARIF knows the root (originalUriBaseIds).
inline constexpr char kSarifRoot[] = "%SRCROOT%";

/// Writes the member `artifactLocation` (or another of that type) for a file.
void write_sarif_artifact(JsonWriter& json, std::string_view name, const FileName& file);

/// Writes one result. With `with_suppressed` each result says whether it is suppressed, since
/// SARIF wants that of all results or of none.
void write_sarif_result(JsonWriter& json, const Finding& finding, const RuleInfo& rule,
                        bool with_suppressed);

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_SARIF_RESULT_H_
