#ifndef TIDEWAITER_ENGINE_SHOWN_PLACE_H_
#define TIDEWAITER_ENGINE_SHOWN_PLACE_H_

#include "engine/raw_finding.h"
#include "engine/source_map.h"
#include "rules/embedded_documents.h"
#include "yaml/node.h"

namespace tidewaiter::engine {

/// A node of a manifest, and the place to show.
struct ShownPlace {
  const yaml::Node* node = nullptr;
  RawPlace place;
};

/// What stands for a node that may lie in a document within a string: that string, which
/// outlives the evaluation, and the place in it. For any other node the node and its place.
ShownPlace shown_place(const yaml::Node& node, const SourceMap& sources,
                       const rules::EmbeddedDocuments& embedded);

}  // namespace tidewaiter::engine

#endif  // TIDEWAITER_ENGINE_SHOWN_PLACE_H_
