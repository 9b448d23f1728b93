#ifndef TIDEWAITER_ENGINE_RUN_TALLY_H_
#define TIDEWAITER_ENGINE_RUN_TALLY_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "engine/judgment.h"
#include "engine/run.h"
#include "engine/selection.h"
#include "k8s/extract.h"
#include "tidewaiter/finding.h"
#include "tidewaiter/reporter.h"

namespace tidewaiter::engine {

/// What a run counts and notes besides its findings, part by part.
class RunTally {
 public:
  /// Borrows the rules, the selected ones, until the last part: those of policies go with it.
  explicit RunTally(std::span<const SelectedRule> rules);

  void count(const Finding& finding);
  void count(k8s::Content content, bool is_linted);
  void add_file(FileRecord file);
  /// Something that no document shows was not understood, either.
  void add_not_understood() { ++result_.not_understood; }
  /// `position`: that of the file among the inputs, in whose order they are told.
  void notify(std::size_t position, Notification notification);
  /// A built-in rule that stays silent about a resource of the file at `position`; the reason
  /// told is that of the first file. Failures of a resource follow each other.
  void silence(std::size_t position, const RuleFailure& failure);

  /// All of it, without findings.
  RunResult result() &&;

 private:
  struct Placed {
    std::size_t position = 0;
    Notification notification;
  };

  struct PlacedSilence {
    std::size_t first = 0;  // position of the file that the reason is about
    Silence silence;
    // Counted last. The position tells a resource from one that had the address before it.
    std::size_t last_position = 0;
    const k8s::Resource* last = nullptr;
  };

  std::span<const SelectedRule> rules_;
  RunResult result_;
  std::vector<Placed> notifications_;
  std::map<std::uint32_t, PlacedSilence> silences_;  // by rule
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_RUN_TALLY_H_
