#ifndef TIDEWAITER_YAML_FILE_H_
#define TIDEWAITER_YAML_FILE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "yaml/node.h"

namespace tidewaiter::yaml {

/// What one document may cost at most (DESIGN: Reading). Each has a flag of `check`.
struct Limits {
  std::uint32_t depth = 100;                        ///< --max-depth
  std::uint64_t document_bytes = 8U * 1024 * 1024;  ///< --max-document-size
};

/// What was wrong with the text itself. The engine reports each under the rule named.
enum class ProblemKind : std::uint8_t {
  kSyntax,          ///< TW001
  kDuplicateKey,    ///< TW002
  kTemplate,        ///< TW010
  kLimit,           ///< TW011
  kEncoding,        ///< TW012
  kIgnoredContent,  ///< TW013
};

struct Problem {
  ProblemKind kind;
  std::string message;  ///< A finished sentence for the user.
  ByteSpan at;
  std::optional<ByteSpan> related = {};
  std::string related_message = {};
  std::uint32_t document = 0;  ///< Index of the piece it lies in.
};

/// What became of a piece of the stream.
enum class DocumentState : std::uint8_t {
  kRead,      ///< `root` is set and no null.
  kNull,      ///< Only blanks, comments or an explicit null.
  kRejected,  ///< A Problem says why; `root` is null.
  kTemplate,  ///< An unrendered template; `root` is null. The first one of a file is a Problem.
};

/// One piece of a stream: what stands between two `---` lines.
struct Document {
  const Source* source = nullptr;  ///< The stream.
  const Node* root = nullptr;
  ByteSpan span;            ///< All bytes of the piece.
  std::uint32_t index = 0;  ///< From 0; null pieces count.
  DocumentState state = DocumentState::kNull;
  bool json = false;                  ///< Read as JSON: 2.0 and 1e3 are doubles.
  std::string_view error = {};        ///< The reason in one line when rejected (for `dump`).
  std::string_view source_path = {};  ///< Of a `# Source: path` comment (helm template).
  std::span<const ByteSpan> comments = {};  ///< From `#` to before the line end, in order.
};

/// What becomes of templates that were not rendered (DESIGN: Templates).
enum class Templates : std::uint8_t {
  kSkip,  ///< A document with marks of one is not read: kTemplate.
  kRead,  ///< Marks mean nothing; what kubectl would read is read.
  kAll,   ///< The file lies below a chart's `templates/`: every document is one.
};

class Arena;  // the memory of the nodes

/// All that was read from one Source. Nodes and spans borrow from the Source and from this.
/// Movable; nodes stay where they are.
class File {
 public:
  File();
  File(File&&) noexcept;
  File& operator=(File&&) noexcept;
  ~File();

  std::vector<Document> documents;
  std::vector<Problem> problems;  ///< In the order of their place.

 private:
  friend File read(const Source& source, const Limits& limits, Templates templates);
  friend void substitute(File& file, const Node& mapping, std::string_view key,
                         const Node& from, std::optional<std::string_view> text);
  std::unique_ptr<Arena> arena_;
};

/// Reads a stream as kubectl does (docs/yaml.md, shared facts of sigs.k8s.io/yaml), every piece
/// on its own, so that one broken document hides no other. Never fails: what is wrong is in
/// `problems`. Bounded memory and time on any input; no recursion on its depth.
File read(const Source& source, const Limits& limits = {},
          Templates templates = Templates::kSkip);

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_FILE_H_
