#ifndef TIDEWAITER_CLI_GRAPH_FORMATS_H_
#define TIDEWAITER_CLI_GRAPH_FORMATS_H_

#include <iosfwd>
#include <span>

#include "cli/graph_model.h"
#include "cli/options.h"

namespace tidewaiter::cli {

/// Writes the graphs of all scopes, in order. The same graphs give the same bytes. Names come
/// from manifests, so each format escapes what it would obey.
void write_graphs(std::span<const GraphModel> graphs, GraphFormat format, std::ostream& out);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_GRAPH_FORMATS_H_
