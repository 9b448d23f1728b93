#ifndef TIDEWAITER_REPORTER_H_
#define TIDEWAITER_REPORTER_H_

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tidewaiter/finding.h"
#include "tidewaiter/result.h"

namespace tidewaiter {

/// Where a rule comes from.
enum class RuleOrigin : std::uint8_t {
  kBuiltIn,  ///< tidewaiter's own; it has a page in the documentation.
  kOwn,      ///< A rule file of the user.
  kPolicy,   ///< A ValidatingAdmissionPolicy; id and name are the policy's name.
};

/// What a report says about a rule; taken from its rule file.
struct RuleInfo {
  std::string id;         ///< "TW201"
  std::string name = {};  ///< "job-ttl"
  Severity severity = Severity::kWarning;
  bool severity_set_by_user = false;
  std::string summary = {};  ///< One line, no full stop.
  std::string rationale = {};
  std::string remediation = {};
  std::string when_to_ignore = {};     ///< May be empty.
  std::string precision = {};          ///< "very-high", "high", "medium" or "low".
  std::string security_severity = {};  ///< "8.8"; empty unless a security rule.
  std::string status = {};             ///< "stable", "preview" or "deprecated".
  std::vector<std::string> profiles = {};
  std::vector<std::string> tags = {};
  std::vector<std::string> standards = {};   ///< "pss/baseline", "CWE-250", ...
  std::vector<std::string> references = {};  ///< URLs.
  RuleOrigin origin = RuleOrigin::kBuiltIn;
};

/// All that is known before the first finding.
struct RunInfo {
  std::vector<RuleInfo> rules;  ///< Every rule that is run, by id.
  std::string root = {};        ///< Absolute path of the root; empty with --reproducible.
};

/// Something about the run itself that a reader of the report should know.
struct Notification {
  Severity level = Severity::kWarning;
  std::string id;       ///< "TW001" for a rule about reading, else a kebab-case word.
  std::string message;  ///< A full sentence.
  std::shared_ptr<const FileName> file = {};  ///< May be null.
  Position start = {};                        ///< Used when `file` is not null.
};

/// How many documents went where. Every document read is counted in exactly one of
/// these, so that nothing is ever left out in silence.
struct DocumentCounts {
  std::uint64_t linted = 0;          ///< Kubernetes objects of a kind that some rule can judge.
  std::uint64_t without_rules = 0;   ///< Kubernetes objects of other kinds.
  std::uint64_t not_kubernetes = 0;  ///< YAML or JSON, neither apiVersion nor kind.
  std::uint64_t templates = 0;       ///< Unrendered templates.
  std::uint64_t rejected = 0;        ///< Not readable: syntax, limits, encoding.
  std::uint64_t empty = 0;           ///< Null documents and comments only.
  std::uint64_t partial = 0;  ///< Patches and other files of a kustomization that no object is.
};

/// One file that was read.
struct FileRecord {
  std::shared_ptr<const FileName> file = {};
  std::uint64_t size = 0;   ///< Bytes.
  std::string sha256 = {};  ///< Lower-case hex.
};

/// All that is known after the last finding.
struct RunSummary {
  std::uint64_t files = 0;
  DocumentCounts documents = {};
  std::uint64_t errors = 0;  ///< Unsuppressed findings by severity.
  std::uint64_t warnings = 0;
  std::uint64_t notes = 0;
  std::uint64_t suppressed = 0;
  std::vector<Notification> notifications = {};
  std::vector<FileRecord> inputs = {};  ///< In the order of their uri.
  /// Parallel to RunInfo::rules, or empty: on how many resources a rule could not be evaluated,
  /// because the manifest has another type there than the API.
  std::vector<std::uint64_t> unjudged = {};
  int exit_code = 0;
};

/// Writes the outcome of one run in one format: begin, then add for each finding in output
/// order, then end. Streams: a finding may be freed after add returns. The same calls give the
/// same bytes: no clock, locale, environment or absolute path is consulted.
class Reporter {
 public:
  virtual ~Reporter() = default;

  /// Borrows `info` until end returns.
  virtual void begin(const RunInfo& info) = 0;
  virtual void add(const Finding& finding) = 0;
  /// Fails with kIo when the stream refused any of the bytes.
  virtual Result<void> end(const RunSummary& summary) = 0;
};

/// How a report is to look. Formats ignore what they have no use for.
struct ReportOptions {
  bool color = false;    ///< ANSI colors in text.
  bool quiet = false;    ///< Text: one line a finding, no excerpts, no summary.
  bool verbose = false;  ///< Text: suppressed findings too.
  /// SARIF, JSON: include suppressed findings. (GitHub shows those as open alerts.)
  bool with_suppressed = true;
};

/// A format that `--format` accepts.
struct Format {
  std::string_view name;
  std::string_view summary;  ///< One line for `--help`.
  std::unique_ptr<Reporter> (*make)(std::ostream& out, const ReportOptions& options);
};

/// Every format, in the order `--help` lists them.
std::span<const Format> formats();

}  // namespace tidewaiter

#endif  // TIDEWAITER_REPORTER_H_
