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
  /// Where a node is written; both null for a node of no file of the run.
  struct Home {
    const Source* source = nullptr;
    const yaml::Document* document = nullptr;
  };

  void add(const Source& source, const yaml::File& file) {
    for (const yaml::Document& document : file.documents) {
      if (document.root == nullptr) continue;
      by_root_.emplace(document.root, Home{.source = &source, .document = &document});
    }
  }

  /// O(depth of the node).
  Home home_of(const yaml::Node& node) const {
    const yaml::Node* root = &node;
    while (root->parent() != nullptr) root = root->parent();
    const auto it = by_root_.find(root);
    return it == by_root_.end() ? Home{} : it->second;
  }

  /// The place of a finding about `node`; O(depth of the node).
  RawPlace place_of(const yaml::Node& node) const {
    return {.source = home_of(node).source, .span = yaml::place_of(node)};
  }

 private:
  std::unordered_map<const yaml::Node*, Home> by_root_;
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_SOURCE_MAP_H_
