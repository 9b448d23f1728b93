#include <algorithm>

#include <fmt/format.h>

#include "yaml/comments.h"
#include "yaml/encoding.h"
#include "yaml/file.h"
#include "yaml/place.h"
#include "yaml/stream.h"
#include "yaml/tree_builder.h"
#include "yaml/yaml_reader.h"

namespace tidewaiter::yaml {
namespace {

class StreamReader {
 public:
  StreamReader(std::string_view text, const Limits& limits, Arena& arena, File& file)
      : text_(text), limits_(limits), builder_(arena, text), file_(file) {}

  void read() {
    for (const Piece& piece : split_stream(text_)) read_piece(piece);
    std::ranges::stable_sort(file_.problems, {},
                             [](const Problem& problem) { return problem.at.begin; });
  }

 private:
  void read_piece(const Piece& piece) {
    Document document{.span = piece.span, .index = next_index()};
    PieceResult result = read_yaml(text_, piece.span, true, limits_, builder_);
    document.comments = std::move(result.comments);
    if (!piece.separator_comment.empty()) {
      document.comments.insert(document.comments.begin(), piece.separator_comment);
    }
    document.source_path = source_comment(text_, document.comments);
    if (result.fault) {
      document.state = DocumentState::kRejected;
      document.error = result.fault->message;
      add(*std::move(result.fault));
    } else if (result.root != nullptr && !result.root->is_null()) {
      document.state = DocumentState::kRead;
      document.root = result.root;
    }
    if (!result.fault) {
      for (Problem& problem : builder_.duplicates()) add(std::move(problem));
    }
    file_.documents.push_back(std::move(document));
  }

  std::uint32_t next_index() const {
    return static_cast<std::uint32_t>(file_.documents.size());
  }

  /// Of the document that is being read.
  void add(Problem problem) {
    problem.document = next_index();
    file_.problems.push_back(std::move(problem));
  }

  std::string_view text_;
  Limits limits_;
  TreeBuilder builder_;
  File& file_;
};

}  // namespace

File::File() = default;
File::File(File&&) noexcept = default;
File& File::operator=(File&&) noexcept = default;
File::~File() = default;

File read(const Source& source, const Limits& limits) {
  File file;
  file.arena_ = std::make_unique<Arena>();
  StreamReader(source.text(), limits, *file.arena_, file).read();
  return file;
}

}  // namespace tidewaiter::yaml
