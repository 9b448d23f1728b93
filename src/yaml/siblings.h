#ifndef TIDEWAITER_YAML_SIBLINGS_H_
#define TIDEWAITER_YAML_SIBLINGS_H_

#include <cstddef>
#include <cstdint>
#include <new>

#include "yaml/arena.h"
#include "yaml/node.h"

namespace tidewaiter::yaml {

/// What the nodes of one collection have in common; they follow it in the arena. That way a
/// node finds its parent by its index, at the cost of 16 bytes a collection instead of 8 bytes
/// a node.
struct Node::Siblings {
  const Node* parent = nullptr;
  std::uint32_t count = 0;

  /// With room for `count` (> 0) nodes that the caller constructs.
  static Siblings* with_room(Arena& arena, std::uint32_t count, const Node* parent) {
    void* const room = arena.room(sizeof(Siblings) + count * sizeof(Node), alignof(Siblings));
    return new (room) Siblings{.parent = parent, .count = count};
  }
  /// Those of a node that lies in an arena.
  static const Siblings& of(const Node& node) {
    return *(reinterpret_cast<const Siblings*>(&node - node.index_) - 1);
  }
  /// Constructs the node at `index`.
  void put(std::uint32_t index, const Node& node) {
    (new (nodes() + index) Node(node))->index_ = index;
  }

  Node* nodes() { return reinterpret_cast<Node*>(this + 1); }
  const Node* nodes() const { return reinterpret_cast<const Node*>(this + 1); }
};

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_SIBLINGS_H_
