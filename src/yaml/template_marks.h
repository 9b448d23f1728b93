#ifndef TIDEWAITER_YAML_TEMPLATE_MARKS_H_
#define TIDEWAITER_YAML_TEMPLATE_MARKS_H_

#include <optional>
#include <string_view>
#include <vector>

#include "tidewaiter/span.h"

namespace tidewaiter::yaml {

/// The first mark of a template in `source[piece]` (DESIGN: Templates): `{{` outside quoted
/// scalars, block scalars and comments, or a line that starts with `{%` or `<%`. It need not be
/// YAML. The span reaches to the `}}` if that is on the same line. Costs two searches where the
/// text has no such characters at all.
std::optional<ByteSpan> find_template_mark(std::string_view source, ByteSpan piece);

/// The lines of a template that are comments: from their `#` to the line's end.
std::vector<ByteSpan> find_comment_lines(std::string_view source, ByteSpan piece);

/// What to tell about a document that was skipped: `mark` is empty where only the folder says
/// that it is a template.
std::string_view template_message(std::string_view mark);

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_TEMPLATE_MARKS_H_
