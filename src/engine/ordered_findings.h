#ifndef TIDEWAITER_ENGINE_ORDERED_FINDINGS_H_
#define TIDEWAITER_ENGINE_ORDERED_FINDINGS_H_

#include <cstddef>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "tidewaiter/finding.h"

namespace tidewaiter::engine {

/// Hands findings on in the order of the files, although the parts of a run interleave: those
/// in a file before which others may still come wait.
class OrderedFindings {
 public:
  using Sink = std::function<void(Finding&&)>;

  explicit OrderedFindings(Sink sink) : sink_(std::move(sink)) {}

  /// From now on nothing more comes in the files before `position` but from this part.
  void begin_part(std::size_t position) { complete_below_ = position; }
  /// A finding in the file at `position`; those of one part come in order, and those in one
  /// file from one part.
  void add(std::size_t position, Finding&& finding) {
    if (position >= complete_below_) {
      waiting_[position].push_back(std::move(finding));
      return;
    }
    release(position);
    sink_(std::move(finding));
  }
  void end_part() { release(complete_below_); }

 private:
  void release(std::size_t below) {
    while (!waiting_.empty() && waiting_.begin()->first < below) {
      for (Finding& finding : waiting_.begin()->second) sink_(std::move(finding));
      waiting_.erase(waiting_.begin());
    }
  }

  Sink sink_;
  std::size_t complete_below_ = 0;
  std::map<std::size_t, std::vector<Finding>> waiting_;  // by position
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_ORDERED_FINDINGS_H_
