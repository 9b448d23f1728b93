#ifndef TIDEWAITER_LINTER_H_
#define TIDEWAITER_LINTER_H_

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tidewaiter/finding.h"
#include "tidewaiter/reporter.h"
#include "tidewaiter/result.h"

// tidewaiter in another program: make a Linter, load manifests, check, report.
//
//   auto linter = tidewaiter::Linter::create();
//   if (!linter || !linter->load("k8s/")) return 2;
//   const auto outcome = linter->check();
//   if (!outcome || !tidewaiter::write_report(*outcome, "text", std::cout)) return 2;
//   return outcome->summary.exit_code;
namespace tidewaiter {

/// How to lint; the defaults are those of `tidewaiter check --no-config`.
struct LintOptions {
  std::vector<std::string> profiles = {"recommended"};
  std::vector<std::string> select = {};  ///< Rule names or ids; not empty: exactly these run.
  std::vector<std::string> ignore = {};  ///< Rule names or ids that do not run.
  /// The folder that uris are relative to; empty: the nearest one at or above the working
  /// folder that holds `.git`, else the working folder.
  std::string root = {};
  std::uint32_t kubernetes_minor = 34;  ///< 1.N
  unsigned threads = 0;                 ///< 0: one for each processor. Changes no outcome.
  bool require_reason = false;          ///< A suppression without a reason suppresses nothing.
  /// From this severity on a finding makes RunSummary::exit_code 1.
  Severity fail_on = Severity::kError;
};

/// The outcome of Linter::check: a value that borrows nothing.
struct Outcome {
  RunInfo info;
  std::vector<Finding> findings;  ///< Sorted by path, place, rule id; suppressed ones too.
  RunSummary summary;
};

/// Lints manifests with the built-in rules. Movable. Not safe to share among threads; several
/// linters are.
class Linter {
 public:
  /// Fails with kInvalidInput on a profile or rule that does not exist.
  static Result<Linter> create(LintOptions options = {});
  Linter(Linter&&) noexcept;
  Linter& operator=(Linter&&) noexcept;
  ~Linter();

  /// Adds a file, or all manifests in a folder and below, as `tidewaiter check PATH` finds
  /// them. They are read by check. Fails with kIo when nothing stands there.
  Result<void> load(const std::string& path);
  /// Adds a manifest that is in memory, under the path that reports shall show.
  void load_text(std::string path, std::string text);

  /// Lints all that was added, as resources that are deployed together. May be called again.
  /// Fails with kIo when a file cannot be read. A manifest that is not valid YAML is no
  /// failure but a finding.
  Result<Outcome> check() const;

 private:
  struct State;
  explicit Linter(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

/// Writes an outcome in the format of that name (see formats()). Fails with kInvalidInput when
/// there is no such format, with kIo when `out` refuses bytes.
Result<void> write_report(const Outcome& outcome, std::string_view format, std::ostream& out,
                          const ReportOptions& options = {});

}  // namespace tidewaiter

#endif  // TIDEWAITER_LINTER_H_
