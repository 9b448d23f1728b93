#ifndef TIDEWAITER_K8S_TIME_ZONE_H_
#define TIDEWAITER_K8S_TIME_ZONE_H_

#include <span>
#include <string_view>

namespace tidewaiter::k8s {

/// Every name of the IANA time zone database, links included, in byte order.
std::span<const std::string_view> time_zone_names();
/// The release of the database that the names are from: "2025b".
std::string_view time_zone_version();

/// True for a name of the IANA database in its exact spelling, links such as US/Pacific and
/// plain UTC included. What the API server takes for a CronJob's timeZone (its "Local" and
/// empty exceptions are no names either).
bool is_time_zone(std::string_view name);
/// The name that is spelled so in other letter case, or empty: "asia/seoul" -> "Asia/Seoul".
std::string_view time_zone_in_right_case(std::string_view name);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_TIME_ZONE_H_
