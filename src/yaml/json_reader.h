#ifndef TIDEWAITER_YAML_JSON_READER_H_
#define TIDEWAITER_YAML_JSON_READER_H_

#include <cstdint>
#include <string_view>

#include "tidewaiter/span.h"
#include "yaml/tree_builder.h"

namespace tidewaiter::yaml {

/// Reads one JSON value that begins at `at` within `source[piece]` into `builder`, which was
/// started, as strictly as Go's encoding/json: what is not UTF-8 in a string becomes U+FFFD.
/// True when the value is complete, and then `at` is behind it; false when the text is no JSON
/// or the builder has a fault. Does not recurse.
bool read_json(std::string_view source, ByteSpan piece, std::uint32_t& at,
               TreeBuilder& builder);

/// The first byte at or after `at` that is no JSON white space, at most `end`.
std::uint32_t skip_json_blanks(std::string_view source, std::uint32_t at, std::uint32_t end);

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_JSON_READER_H_
