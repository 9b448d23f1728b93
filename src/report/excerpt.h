#ifndef TIDEWAITER_REPORT_EXCERPT_H_
#define TIDEWAITER_REPORT_EXCERPT_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "tidewaiter/finding.h"

namespace tidewaiter::report {

/// Line `line` of the file as far as the place's excerpt holds it; absent when it does not.
std::optional<std::string_view> excerpt_line(const Place& place, std::uint32_t line);

/// The text of the place; absent when the excerpt does not hold all of it.
std::optional<std::string_view> text_of(const Place& place);

/// The position after the last character of the excerpt; only `line` and `utf16_column` count.
Position excerpt_end(const Place& place);

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_EXCERPT_H_
