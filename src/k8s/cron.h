#ifndef TIDEWAITER_K8S_CRON_H_
#define TIDEWAITER_K8S_CRON_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tidewaiter/result.h"

namespace tidewaiter::k8s {

/// A schedule of a CronJob as Kubernetes reads it: robfig/cron v3.0.1, ParseStandard.
struct CronSchedule {
  /// One field: bit n is set when the schedule fires at n. `any`: a `*` or `?` with step 1 was
  /// among its members, which makes day of month and day of week both apply.
  struct Field {
    std::uint64_t values = 0;
    bool any = false;
  };

  Field minute;
  Field hour;
  Field day_of_month;
  Field month;
  Field day_of_week;  ///< 0 is Sunday.
  /// Of `@every`: the fixed delay in whole seconds, at least 1; then the fields mean nothing.
  std::optional<std::int64_t> every = {};

  /// The shortest gap in seconds between two consecutive fire times over the 366 days from
  /// 2024-01-01; nothing when it fires less than twice in them.
  std::optional<std::int64_t> interval() const;
  /// No fire time in 2024 to 2031.
  bool never_fires() const;
};

/// Parses a schedule. A prefix `TZ=zone ` or `CRON_TZ=zone ` (up to the first blank) is skipped
/// unread. The error's message is the end of a sentence that names the field at fault: "the
/// hour '24' is above 23". Time is linear in the text.
Result<CronSchedule> parse_cron(std::string_view text);

}  // namespace tidewaiter::k8s

#endif  // TIDEWAITER_K8S_CRON_H_
