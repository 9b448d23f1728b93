#ifndef TIDEWAITER_YAML_TAGGED_TEXT_H_
#define TIDEWAITER_YAML_TAGGED_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

namespace tidewaiter::yaml {

/// Whether go-yaml takes `text` as a `!!timestamp`: a date, or a date and a time with or
/// without a zone, in one of its four layouts.
bool is_timestamp(std::string_view text);

/// The bytes of a `!!binary`, as Go's base64.StdEncoding reads them: padded, line ends ignored;
/// absent when `text` is not that.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_TAGGED_TEXT_H_
