#ifndef TIDEWAITER_CEL_NUMBER_TEXT_H_
#define TIDEWAITER_CEL_NUMBER_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Numbers as text the way Go reads and writes them, which is what Kubernetes shows.

namespace tidewaiter::cel {

/// strconv.FormatFloat(value, 'g', -1, 64): "1", "1e+21", "1.5", "NaN", "+Inf".
std::string format_double(double value);
/// strconv.ParseInt(text, 10, 64): an optional sign and digits, nothing else.
std::optional<std::int64_t> parse_int(std::string_view text);
/// strconv.ParseUint(text, 10, 64): digits.
std::optional<std::uint64_t> parse_uint(std::string_view text);
/// strconv.ParseFloat(text, 64), without underscores: "1.5", "1e3", "0x1p-2", "Infinity",
/// "-inf", "NaN"; nothing when out of range.
std::optional<double> parse_double(std::string_view text);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_NUMBER_TEXT_H_
