#ifndef TIDEWAITER_YAML_SUBSTITUTE_H_
#define TIDEWAITER_YAML_SUBSTITUTE_H_

#include <optional>
#include <string_view>

#include "yaml/file.h"
#include "yaml/node.h"

namespace tidewaiter::yaml {

/// Gives `mapping`, which `file` holds, another value under `key` than is written, in its place
/// or after all else. The value is a new node with the kind, content and place of `from`, a
/// scalar or mapping (of any file that lives as long) or, when given, another `text`; then it
/// is a string. What `Node::written` gives stays. An alias becomes a mapping of its own with
/// the entries of what it stood for; where `mapping` is itself what aliases stand for, they
/// show the value too. Does nothing when `mapping` is none or `from` a sequence. Not while
/// others read the file.
void substitute(File& file, const Node& mapping, std::string_view key, const Node& from,
                std::optional<std::string_view> text = {});

/// Gives `mapping`, which `file` holds, the entries of the mapping `from` (of any file that
/// lives as long) too, as they stand there: in place of its own with the same key or, with
/// `only_missing`, just those whose keys it lacks. Otherwise as `substitute`.
void add_entries(File& file, const Node& mapping, const Node& from, bool only_missing);

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_SUBSTITUTE_H_
