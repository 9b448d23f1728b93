#ifndef TIDEWAITER_REPORT_SARIF_TAXONOMIES_H_
#define TIDEWAITER_REPORT_SARIF_TAXONOMIES_H_

#include <cstddef>
#include <vector>

#include "report/json_writer.h"
#include "report/standards.h"
#include "tidewaiter/reporter.h"

namespace tidewaiter::report {

/// The parts of a SARIF log that tell which standards rules are about. Only what the rules of a
/// run name is written; without any, nothing.
class SarifTaxonomies {
 public:
  explicit SarifTaxonomies(const std::vector<RuleInfo>& rules);

  /// The member `supportedTaxonomies` of the driver.
  void write_supported(JsonWriter& json) const;
  /// The member `relationships` of a rule. CWEs come last.
  void write_relationships(JsonWriter& json, const RuleInfo& rule) const;
  /// The member `taxonomies` of the run. Its container must be on lines.
  void write_taxonomies(JsonWriter& json) const;

 private:
  /// A standard that is used, and what of it.
  struct Used {
    std::size_t taxonomy;  ///< Index into taxonomies().
    std::vector<Taxon> taxa;
  };

  void write_relationship(JsonWriter& json, const Taxon& taxon) const;

  std::vector<Used> used_;  // as SARIF's run.taxonomies
};

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_SARIF_TAXONOMIES_H_
