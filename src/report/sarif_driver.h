#ifndef TIDEWAITER_REPORT_SARIF_DRIVER_H_
#define TIDEWAITER_REPORT_SARIF_DRIVER_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/json_writer.h"
#include "report/sarif_taxonomies.h"
#include "tidewaiter/reporter.h"

namespace tidewaiter::report {

/// The longest message, and the longest short or full description, that every consumer takes
/// (GitHub, GitLab); in bytes, so never more characters.
inline constexpr std::size_t kMaxSarifMessage = 2000;
inline constexpr std::size_t kMaxSarifDescription = 1000;

/// What tells of the run itself: the descriptors that notifications of a SARIF log refer to.
struct NotificationDescriptor {
  std::string id;
  std::string name;  ///< Kebab-case.
  std::string summary;
};

/// The rules about reading among `rules`, then tidewaiter's own words.
std::vector<NotificationDescriptor> notification_descriptors(
    const std::vector<RuleInfo>& rules);

/// Writes the members `tool`, a line a rule, and `taxonomies`. The object `run` must be open.
void write_sarif_tool(JsonWriter& json, const std::vector<RuleInfo>& rules,
                      const std::vector<NotificationDescriptor>& notifications,
                      const SarifTaxonomies& taxonomies);

/// Writes the member `name` as a SARIF message: {"text": text}.
void write_sarif_message(JsonWriter& json, std::string_view name, std::string_view text);

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_SARIF_DRIVER_H_
