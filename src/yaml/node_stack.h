#ifndef TIDEWAITER_YAML_NODE_STACK_H_
#define TIDEWAITER_YAML_NODE_STACK_H_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include "yaml/node.h"

namespace tidewaiter::yaml {

/// A stack of nodes that never moves them and gives its memory back while it shrinks, in chunks
/// large enough for the system to take them.
class NodeStack {
 public:
  std::size_t size() const { return size_; }
  /// The node on top; the stack is not empty.
  const Node& back() const { return chunks_.back().nodes[chunks_.back().used - 1]; }

  void push_back(const Node& node) {
    if (chunks_.empty() || chunks_.back().used == chunks_.back().capacity) add_chunk();
    Chunk& chunk = chunks_.back();
    chunk.nodes[chunk.used++] = node;
    ++size_;
  }

  void pop_back() {
    --size_;
    if (--chunks_.back().used == 0 && chunks_.size() > 1) chunks_.pop_back();
  }

  void clear() {
    while (size_ > 0) pop_back();
  }

 private:
  static constexpr std::size_t kSmallestChunk = 128;
  static constexpr std::size_t kLargestChunk = 32 * 1024;

  struct Chunk {
    std::unique_ptr<Node[]> nodes;
    std::size_t capacity = 0;
    std::size_t used = 0;
  };

  void add_chunk() {
    const std::size_t capacity = std::clamp(size_, kSmallestChunk, kLargestChunk);
    chunks_.push_back({.nodes = std::make_unique<Node[]>(capacity), .capacity = capacity});
  }

  std::vector<Chunk> chunks_;
  std::size_t size_ = 0;
};

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_NODE_STACK_H_
