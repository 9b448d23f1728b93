#ifndef TIDEWAITER_ENGINE_SUPPRESSIONS_H_
#define TIDEWAITER_ENGINE_SUPPRESSIONS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "engine/raw_finding.h"
#include "engine/selection.h"
#include "k8s/resource.h"
#include "yaml/file.h"

namespace tidewaiter::engine {

/// One name in a suppression comment or annotation (DESIGN 6).
struct SuppressionEntry {
  const rules::Rule* rule = nullptr;        ///< Null when the name is no rule's.
  std::string_view name = {};               ///< As written; empty when the comment names none.
  std::string_view reason = {};             ///< May be empty.
  ByteSpan place = {};                      ///< The comment, or the annotation's entry.
  ByteSpan covered = {};                    ///< What it covers: findings that begin there.
  const k8s::Resource* resource = nullptr;  ///< Of an annotation: this resource only.
  bool whole_file = false;
  bool judged = true;  ///< False where rules could not run: never unused.
  bool used = false;
};

/// Everything that suppresses findings in one file.
class Suppressions {
 public:
  /// Collects comments and annotations. `resources` are the file's. Borrows all.
  Suppressions(const Source& source, const yaml::File& file,
               std::span<const k8s::Resource> resources, const RuleNames& names);

  const RuleNames& names() const { return names_; }

  /// Marks every entry that covers the byte at `at` for a finding as used and returns the
  /// innermost; null when the finding stands. An entry without a reason covers nothing when
  /// `require_reason`.
  const SuppressionEntry* apply(const RawFinding& finding, std::uint32_t at,
                                const rules::Rule& rule, bool require_reason);

  const std::vector<SuppressionEntry>& entries() const { return entries_; }

 private:
  void add_comments(const yaml::Document& document, const yaml::Document* next);
  /// Adds `entry` once for each of the names, which blanks and commas part.
  void add_named(std::string_view names, SuppressionEntry entry);
  void add_annotations(const k8s::Resource& resource, const yaml::Node* annotations,
                       bool of_pod);
  void link();

  const Source& source_;
  const RuleNames& names_;
  std::vector<SuppressionEntry> entries_;
  std::vector<std::uint32_t> enclosing_;  // index of the entry around it of the same rule
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_SUPPRESSIONS_H_
