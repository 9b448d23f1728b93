#ifndef TIDEWAITER_YAML_SUBSTITUTE_H_
#define TIDEWAITER_YAML_SUBSTITUTE_H_

#include <optional>
#include <string_view>

#include "yaml/file.h"
#include "yaml/node.h"

namespace tidewaiter::yaml {

/// Gives `mapping`, which `file` holds, another value under `key` than is written, in its place
/// or after all else. The value is a scalar, a new node with the kind and place of `from` (of
/// any file that lives as long) and, when given, another `text`; then it is a string. What
/// `Node::written` gives stays, and `Node::instead_of` is the value before. An alias becomes a
/// mapping of its own with the entries of what it stood for; where `mapping` is itself what
/// aliases stand for, they show the value too. Does nothing when `mapping` is none or `from` no
/// scalar. Not while others read the file.
void substitute(File& file, const Node& mapping, std::string_view key, const Node& from,
                std::optional<std::string_view> text = {});

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_SUBSTITUTE_H_
