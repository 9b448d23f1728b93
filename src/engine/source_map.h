#ifndef TIDEWAITER_ENGINE_SOURCE_MAP_H_
#define TIDEWAITER_ENGINE_SOURCE_MAP_H_

#include <unordered_map>

#include "base/source.h"
#include "engine/raw_finding.h"
#include "yaml/file.h"
#include "yaml/node.h"
#include "yaml/place.h"

namespace tidewaiter::engine {

/// Knows the source of every node of a run, so that a finding may point into any file of its
/// scope. Filled before the rules run, then read-only.
class SourceMap {
 public:
  void add(const Source& source, const yaml::File& file) {
    for (const yaml::Document& document : file.documents) {
      if (document.root != nullptr) by_root_.emplace(document.root, &source);
    }
  }

  /// The place of a finding about `node`; O(depth of the node).
  RawPlace place_of(const yaml::Node& node) const {
    const yaml::Node* root = &node;
    while (root->parent() != nullptr) root = root->parent();
    const auto it = by_root_.find(root);
    return {.source = it == by_root_.end() ? nullptr : it->second,
            .span = yaml::place_of(node)};
  }

 private:
  std::unordered_map<const yaml::Node*, const Source*> by_root_;
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_SOURCE_MAP_H_
