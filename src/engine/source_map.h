#ifndef TIDEWAITER_ENGINE_SOURCE_MAP_H_
#define TIDEWAITER_ENGINE_SOURCE_MAP_H_

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "base/source.h"
#include "engine/raw_finding.h"
#include "yaml/file.h"
#include "yaml/node.h"
#include "yaml/place.h"

namespace tidewaiter::engine {

/// Knows the source of every node of a run, so that a finding may point into any file of its
/// scope. Immutable.
class SourceMap {
 public:
  /// Where a node is written; both null for a node of no file of the run.
  struct Home {
    const Source* source = nullptr;
    const yaml::Document* document = nullptr;
  };

  SourceMap() = default;
  /// Those without a root may be among them. Borrows the documents.
  explicit SourceMap(std::vector<const yaml::Document*> documents)
      : documents_(std::move(documents)) {
    std::erase_if(documents_, [](const auto* document) { return document->root == nullptr; });
    std::ranges::sort(documents_, std::less<>(), &yaml::Document::root);
  }

  /// O(depth of the node), O(log n) in the documents.
  Home home_of(const yaml::Node& node) const {
    const yaml::Node* root = &node;
    while (root->parent() != nullptr) root = root->parent();
    const auto it =
        std::ranges::lower_bound(documents_, root, std::less<>(), &yaml::Document::root);
    if (it == documents_.end() || (*it)->root != root) return {};
    return {.source = (*it)->source, .document = *it};
  }

  /// The place of a finding about `node`; O(depth of the node).
  RawPlace place_of(const yaml::Node& node) const {
    return {.source = home_of(node).source, .span = yaml::place_of(node)};
  }

 private:
  std::vector<const yaml::Document*> documents_;  // by their roots
};

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_SOURCE_MAP_H_
