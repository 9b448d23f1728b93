#ifndef TIDEWAITER_YAML_PLACE_H_
#define TIDEWAITER_YAML_PLACE_H_

#include <string>

#include "tidewaiter/span.h"
#include "yaml/node.h"

namespace tidewaiter::yaml {

/// Where a finding about `node` is shown (DESIGN: Places): a mapping entry with a scalar value
/// from its key to the value's end (a scalar over several lines: its key); with a collection:
/// its key; a sequence item that is a mapping: its `name:` entry, else its first entry; a
/// scalar item: its span; a root mapping: its `kind:` entry, else its first entry; a key node:
/// its entry's place. An alias or merged collection: where the alias or `<<` stands.
ByteSpan place_of(const Node& node);

/// The path from the root of the resource `root` to `node`, parts joined by '/', list items by
/// their `name` where they have one that is a string, else by index:
/// "spec/containers/app/image". Empty for the root itself. Follows the text: an aliased value
/// has the path of its own text.
std::string path_of(const Node& node, const Node& root);

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_PLACE_H_
