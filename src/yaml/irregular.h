#ifndef TIDEWAITER_YAML_IRREGULAR_H_
#define TIDEWAITER_YAML_IRREGULAR_H_

#include <cstdint>
#include <string_view>

#include "yaml/node.h"

namespace tidewaiter::yaml {

/// From this many entries on a mapping has an index, and is Irregular.
inline constexpr std::uint32_t kIndexedMappingSize = 17;

/// A mapping whose entries are not simply its children in order: it has duplicate keys, merges,
/// or so many entries that it needs an index. Lives in the arena.
struct Node::Irregular {
  const Siblings* children = nullptr;     ///< As written; null when nothing is.
  std::uint32_t size = 0;                 ///< How many entries Kubernetes sees.
  const Entry* entries = nullptr;         ///< What Kubernetes sees; null: exactly `children`.
  const std::uint32_t* by_key = nullptr;  ///< Entry numbers by key; null: too few to matter.

  Entry entry(std::uint32_t index) const;
  Entry find(std::string_view key) const;
};

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_IRREGULAR_H_
