#include "yaml/place.h"

#include <algorithm>
#include <vector>

namespace tidewaiter::yaml {
namespace {

/// From the key to the value's end; the key alone before a collection or a value over several
/// lines.
ByteSpan place_of_entry(const Node& key, const Node& value) {
  const ByteSpan key_span = key.span();
  if (!value.is_scalar() || value.is_multiline()) return key_span;
  return {.begin = key_span.begin, .end = std::max(key_span.end, value.span().end)};
}

/// The entry that stands for a whole mapping: `name` if it is written there, else its first.
ByteSpan place_of_mapping(const Node& mapping, std::string_view name) {
  const Entry entry = mapping.find_entry(name);
  if (entry.value != nullptr && entry.value->parent() == &mapping) {
    return place_of_entry(*entry.key, *entry.value);
  }
  const Node* const first = mapping.first_key();
  if (first == nullptr) return mapping.span();
  return place_of_entry(*first, *first->value_of_key());
}

/// The part of a path that leads from its parent to `node`.
std::string path_part(const Node& node) {
  if (const Node* const key = node.key()) return std::string(key->as_string());
  const Node* const name = node.find("name");
  if (name != nullptr && name->is_string() && !name->as_string().empty()) {
    return std::string(name->as_string());
  }
  return std::to_string(node.index());
}

}  // namespace

ByteSpan place_of(const Node& start) {
  const Node* node = &start;
  if (node->is_key()) node = node->value_of_key();
  if (const Node* const key = node->key()) return place_of_entry(*key, *node);
  // A list that is itself an item is shown by its first item.
  while (node->is_sequence() && !node->is_alias() && node->size() > 0) node = &node->item(0);
  if (node->is_alias() || !node->is_mapping()) return node->span();
  return place_of_mapping(*node, node->parent() == nullptr ? "kind" : "name");
}

std::string path_of(const Node& start, const Node& root) {
  std::vector<std::string> parts;
  const Node* node = start.is_key() ? start.value_of_key() : &start;
  for (; node != &root && node->parent() != nullptr; node = node->parent()) {
    parts.push_back(path_part(*node));
  }
  std::string path;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    if (!path.empty()) path += '/';
    path += *part;
  }
  return path;
}

}  // namespace tidewaiter::yaml
