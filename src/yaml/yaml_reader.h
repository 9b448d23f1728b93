#ifndef TIDEWAITER_YAML_YAML_READER_H_
#define TIDEWAITER_YAML_YAML_READER_H_

#include <optional>
#include <string_view>
#include <vector>

#include "tidewaiter/span.h"
#include "yaml/file.h"
#include "yaml/tree_builder.h"

namespace tidewaiter::yaml {

/// What was read of one piece of a stream.
struct PieceResult {
  const Node* root = nullptr;         ///< Null when there is no document, and on a fault.
  std::optional<Problem> fault = {};  ///< Why the piece is rejected: kSyntax or kLimit.
  ByteSpan ignored = {};              ///< Not empty: what Kubernetes drops begins here.
  std::vector<ByteSpan> comments = {};
};

/// Reads the first YAML document in `source[piece]`, which is valid UTF-8, without looking for
/// `---` lines; duplicates stay in `builder`. `add_line_end`: a last line without line end gets
/// one, as kubectl does when it splits a stream.
PieceResult read_yaml(std::string_view source, ByteSpan piece, bool add_line_end,
                      const Limits& limits, TreeBuilder& builder);

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_YAML_READER_H_
