#ifndef TIDEWAITER_YAML_COMMENTS_H_
#define TIDEWAITER_YAML_COMMENTS_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tidewaiter/span.h"

namespace tidewaiter::yaml {

/// Adds to `comments` those in `gap`, a part of `source` in which no scalar lies, so that every
/// `#` begins one: from the `#` to before the line end or the end of the gap.
void find_comments(std::string_view source, ByteSpan gap, std::vector<ByteSpan>& comments);

/// The path in the first comment `# Source: path` (what `helm template` writes); else empty.
std::string_view source_comment(std::string_view source, std::span<const ByteSpan> comments);

/// Where the text after a document's root stops being blanks, comments and lines of `...`: the
/// rest of the first line that Kubernetes drops. Comments before it are added to `comments`.
/// Empty, at the end of `rest`, when nothing is dropped.
ByteSpan find_ignored(std::string_view source, ByteSpan rest, std::vector<ByteSpan>& comments);

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_COMMENTS_H_
