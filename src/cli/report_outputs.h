#ifndef TIDEWAITER_CLI_REPORT_OUTPUTS_H_
#define TIDEWAITER_CLI_REPORT_OUTPUTS_H_

#include <memory>
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
  bool with_suppressed = true;           ///< ReportOptions::with_suppressed
};

/// What --format and --output ask for; text on standard output if nothing. Fails on an unknown
/// format, on two reports for one destination, and on an --output that no format needs.
Result<std::vector<ReportOutput>> report_outputs(const CheckOptions& options);

/// The reports of one run while they are written. Nothing is created before the first finding
/// or the end, so that a run that fails leaves the files of an earlier one alone. Borrows all.
class Reports {
 public:
  Reports(std::span<const ReportOutput> outputs, const ReportOptions& options,
          const RunInfo& info, const World& world);
  Reports(const Reports&) = delete;
  Reports& operator=(const Reports&) = delete;
  ~Reports();

  void add(const Finding& finding);
  /// Fails with kIo when a file could not be created or bytes were refused.
  Result<void> end(const RunSummary& summary);

 private:
  struct Open;
  void open();

  std::span<const ReportOutput> outputs_;
  const ReportOptions& options_;
  const RunInfo& info_;
  const World& world_;
  bool is_open_ = false;
  std::vector<std::unique_ptr<Open>> reports_;
  std::optional<Error> error_;
};

/// Whether output to `world.out` is colored.
bool use_color(ColorChoice choice, const World& world);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_REPORT_OUTPUTS_H_
