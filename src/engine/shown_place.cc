#include "engine/shown_place.h"

#include "yaml/scalar_offsets.h"

namespace tidewaiter::engine {

ShownPlace shown_place(const yaml::Node& node, const SourceMap& sources,
                       const rules::EmbeddedDocuments& embedded) {
  const auto inside = embedded.place_of(node);
  if (!inside) return {.node = &node, .place = sources.place_of(node)};
  RawPlace place = sources.place_of(*inside->host);
  if (place.source != nullptr) {
    place.span = yaml::written_span(place.source->text(), *inside->host, inside->range);
  }
  return {.node = inside->host, .place = place};
}

}  // namespace tidewaiter::engine
