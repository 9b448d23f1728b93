#ifndef TIDEWAITER_REPORT_RUN_TEXT_H_
#define TIDEWAITER_REPORT_RUN_TEXT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "tidewaiter/reporter.h"

// What every report for people says in the same words. All are safe to print, see shown_text.h.
namespace tidewaiter::report {

/// "1 error", "2 errors".
std::string counted(std::uint64_t count, std::string_view noun);

/// "k8s/web.yaml:14:7:", the file as the user typed it.
std::string position_text(const FileName& file, Position start);

/// "[job-ttl TW201]"; of a policy, which has one name only, "[require-team]".
std::string rule_text(const RuleInfo& rule);

/// What to do about the findings of a rule, in one sentence; may be empty.
std::string help_sentence(const RuleInfo& rule);

/// Whether a finding says what the notification does: those about reading come as both.
bool is_also_finding(const Notification& notification, const RunInfo& info);

/// Counts files as findings come by, which are sorted by file.
class FileCounter {
 public:
  void add(const std::shared_ptr<const FileName>& file);
  std::uint64_t count() const { return count_; }

 private:
  std::shared_ptr<const FileName> last_;
  std::uint64_t count_ = 0;
};

/// Marks a count of findings by its severity, and "No findings" without one.
using Paint = std::function<std::string(std::optional<Severity>, std::string)>;

/// "Found 1 error and 2 warnings in 2 files (1 suppressed)."
std::string findings_sentence(const RunSummary& summary, std::uint64_t files,
                              const Paint& paint);

/// "Linted 8 documents in 9 files. Not linted: 1 rejected and 2 templates."
std::string documents_sentence(const RunSummary& summary);

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_RUN_TEXT_H_
