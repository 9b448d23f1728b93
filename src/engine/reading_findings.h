#ifndef TIDEWAITER_ENGINE_READING_FINDINGS_H_
#define TIDEWAITER_ENGINE_READING_FINDINGS_H_

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/loaded_file.h"
#include "engine/raw_finding.h"
#include "engine/rule_evaluator.h"
#include "engine/selection.h"
#include "engine/suppressions.h"

namespace tidewaiter::engine {

/// Makes the findings of the rules about reading itself (`builtin: true`), those that are
/// selected.
class ReadingFindings {
 public:
  /// Borrows `rules`.
  explicit ReadingFindings(std::span<const SelectedRule> rules) : rules_(rules) {}

  /// TW001, 002, 003, 010, 011, 012, 013 for one file. Files must come in the order of their
  /// path: a chart's templates give one TW010, at the first of them.
  std::vector<RawFinding> of_file(const LoadedFile& file);
  /// TW009 for the suppressions of one file, once all its findings have been seen.
  std::vector<RawFinding> of_suppressions(const Source& source,
                                          const Suppressions& suppressions,
                                          bool require_reason) const;
  /// TW014 for an evaluation of a user's rule that failed.
  std::optional<RawFinding> of_failure(const RuleFailure& failure,
                                       const SourceMap& sources) const;
  /// What is said of it, finding or not.
  std::string message_of(const RuleFailure& failure) const;

 private:
  /// A finding of the rule `id` without related places; nothing when the rule is not selected.
  std::optional<RawFinding> make(std::string_view id, const Source& source, ByteSpan at,
                                 std::string message) const;
  bool is_selected(const rules::Rule& rule) const;

  std::span<const SelectedRule> rules_;
  std::set<std::string, std::less<>> seen_charts_;
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_READING_FINDINGS_H_
