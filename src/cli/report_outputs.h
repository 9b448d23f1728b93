#ifndef TIDEWAITER_CLI_REPORT_OUTPUTS_H_
#define TIDEWAITER_CLI_REPORT_OUTPUTS_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/world.h"
#include "tidewaiter/finding.h"
#include "tidewaiter/reporter.h"
#include "tidewaiter/result.h"

namespace tidewaiter::cli {

/// One report to write.
struct ReportOutput {
  const Format* format = nullptr;
  std::optional<std::string> file = {};  ///< Absent: standard output.
};

/// What --format and --output ask for; text on standard output if nothing. Fails on an unknown
/// format, on two reports for one destination, and on an --output that no format needs.
Result<std::vector<ReportOutput>> report_outputs(const CheckOptions& options);

/// Writes every report. Fails with kIo when a file cannot be created or bytes are refused.
Result<void> write_reports(std::span<const ReportOutput> outputs, const ReportOptions& options,
                           const RunInfo& info, std::span<const Finding> findings,
                           const RunSummary& summary, const World& world);

/// Whether output to `world.out` is colored.
bool use_color(ColorChoice choice, const World& world);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_REPORT_OUTPUTS_H_
