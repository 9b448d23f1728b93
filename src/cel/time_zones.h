#ifndef TIDEWAITER_CEL_TIME_ZONES_H_
#define TIDEWAITER_CEL_TIME_ZONES_H_

#include <span>
#include <string_view>

namespace tidewaiter::cel {

/// A zone of the IANA database and the rule that holds in it today, as a POSIX TZ string
/// ("EST5EDT,M3.2.0,M11.1.0"). Expressions need no history: the rule is applied to any moment,
/// so hours of years before a zone's last change of law may be off.
struct ZoneRule {
  std::string_view name;
  std::string_view rule;
};

/// Sorted by name; made by tools/generate_cel_time_zones, never edited.
std::span<const ZoneRule> zone_rules();

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_TIME_ZONES_H_
