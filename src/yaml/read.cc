#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "yaml/comments.h"
#include "yaml/encoding.h"
#include "yaml/file.h"
#include "yaml/json_reader.h"
#include "yaml/line_end.h"
#include "yaml/place.h"
#include "yaml/stream.h"
#include "yaml/template_marks.h"
#include "yaml/tree_builder.h"
#include "yaml/yaml_reader.h"

namespace tidewaiter::yaml {
namespace {

constexpr int kMostEncodingProblems = 10;
/// So many lines of `%` are no manifest; libyaml compares each %TAG with all before it.
constexpr int kMostDirectives = 100;

class StreamReader {
 public:
  StreamReader(const Source& source, const Limits& limits, Templates templates, Arena& arena,
               File& file)
      : source_(source),
        text_(source.text()),
        limits_(limits),
        templates_(templates),
        arena_(arena),
        builder_(arena, text_),
        file_(file) {}

  void read() {
    if (const auto encoding = foreign_byte_order_mark(text_); !encoding.empty()) {
      return reject_encoding(encoding);
    }
    const std::vector<Piece> pieces = split_stream(text_);
    file_.documents.reserve(pieces.size());
    for (const Piece& piece : pieces) {
      const std::size_t mark = byte_order_mark_size(text_.substr(piece.span.begin));
      content_ = {.begin = piece.span.begin + static_cast<std::uint32_t>(mark),
                  .end = piece.span.end};
      read_piece(piece);
    }
    std::ranges::stable_sort(file_.problems, {},
                             [](const Problem& problem) { return problem.at.begin; });
  }

 private:
  void reject_encoding(std::string_view encoding) {
    const auto end = static_cast<std::uint32_t>(text_.size());
    Document document{.source = &source_, .span = {.begin = 0, .end = end}};
    reject(document, {.kind = ProblemKind::kEncoding,
                      .message = fmt::format("The file is encoded in {}, as its first bytes "
                                             "(offset 0) say; Kubernetes manifests are UTF-8. "
                                             "Save it as UTF-8.",
                                             encoding),
                      .at = {.begin = 0, .end = std::min(end, 2U)}});
    file_.documents.push_back(document);
  }

  void read_piece(const Piece& piece) {
    Document document{.source = &source_, .span = piece.span, .index = next_index()};
    comments_.clear();
    if (!piece.separator_comment.empty()) comments_.push_back(piece.separator_comment);
    const bool encoded = check_encoding();
    if (piece.span.size() > limits_.document_bytes) {
      reject(document, too_large());
    } else if (skip_template(document)) {
      const auto lines = find_comment_lines(text_, content_);
      comments_.insert(comments_.end(), lines.begin(), lines.end());
    } else if (!piece.bad_separators.empty()) {
      for (const ByteSpan line : piece.bad_separators) reject(document, bad_separator(line));
      if (piece.has_more_bad_separators) {
        file_.problems.back().message += " More such lines of this document are not listed.";
      }
    } else if (may_be_json() && read_json_objects(document)) {
      return;
    } else if (!encoded) {
      document.state = DocumentState::kRejected;
      document.error = "The document holds bytes that YAML does not allow.";
    } else if (auto fault = too_many_directives()) {
      reject(document, *std::move(fault));
    } else {
      read_yaml_document(document);
    }
    keep_comments(document);
    document.source_path = source_comment(text_, document.comments);
    file_.documents.push_back(document);
  }

  void keep_comments(Document& document) {
    auto* const kept = arena_.make<ByteSpan>(comments_.size());
    std::ranges::copy(comments_, kept);
    document.comments = {kept, comments_.size()};
  }

  /// kubectl tries JSON only at the start of a stream.
  bool may_be_json() const {
    return file_.documents.empty() && text_.substr(content_.begin + blanks()).starts_with('{');
  }

  /// How many blanks lead the piece; 0 if there is nothing else.
  std::uint32_t blanks() const {
    const std::uint32_t first = skip_json_blanks(text_, content_.begin, content_.end);
    return first == content_.end ? 0 : first - content_.begin;
  }

  /// Reports bytes that do not belong here, one a line; true if Kubernetes rejects none.
  bool check_encoding() {
    bool accepted = true;
    for (std::size_t at = content_.begin; at < content_.end;) {
      const auto bad = find_bad_bytes(text_.substr(0, content_.end), at);
      if (!bad) break;
      accepted = accepted && !bad->rejected;
      if (encoding_problems_ < kMostEncodingProblems) {
        add(encoding_problem(*bad));
        at = find_line_end(text_, bad->offset, content_.end);
      } else {
        if (!accepted) break;
        at = bad->offset + bad->size;
      }
    }
    return accepted;
  }

  Problem encoding_problem(const BadBytes& bad) {
    std::string message =
        fmt::format("Here is {} (byte offset {}), {}.", bad.what, bad.offset,
                    bad.rejected ? "which Kubernetes rejects"
                                 : "which Kubernetes takes as part of the text; remove it");
    // Text of other encodings has a NUL in every character of ASCII.
    if (bad.offset < 4 && text_[bad.offset] == '\0') {
      message += " The file looks like UTF-16 or UTF-32; save it as UTF-8.";
    }
    if (++encoding_problems_ == kMostEncodingProblems) {
      message += " Further lines of this file are not listed.";
    }
    return {.kind = ProblemKind::kEncoding,
            .message = std::move(message),
            .at = {.begin = bad.offset, .end = bad.offset + bad.size}};
  }

  Problem too_large() const {
    return {.kind = ProblemKind::kLimit,
            .message = fmt::format("The document has {} bytes, more than the limit of {}; "
                                   "'--max-document-size' raises it.",
                                   content_.size(), limits_.document_bytes),
            .at = first_line()};
  }

  std::optional<Problem> too_many_directives() const {
    int count = 0;
    for (std::size_t at = content_.begin; at < content_.end;) {
      if (text_[at] == '%' && ++count > kMostDirectives) {
        return Problem{.kind = ProblemKind::kLimit,
                       .message = fmt::format("The document begins with more than {} lines of "
                                              "'%' directives; no flag raises this limit.",
                                              kMostDirectives),
                       .at = {.begin = static_cast<std::uint32_t>(at),
                              .end = static_cast<std::uint32_t>(at + 1)}};
      }
      if (std::string_view("%#\r\n ").find(text_[at]) == std::string_view::npos) break;
      const auto end = text_.find('\n', at);
      at = end == std::string_view::npos ? content_.end : end + 1;
    }
    return std::nullopt;
  }

  static Problem bad_separator(ByteSpan line) {
    return {.kind = ProblemKind::kIgnoredContent,
            .message =
                "A line that starts with '---' separates documents, and kubectl rejects "
                "the stream where more than a comment follows; put the rest on a line "
                "of its own.",
            .at = line};
  }

  /// The first line with anything but blanks.
  ByteSpan first_line() const {
    const std::uint32_t begin = content_.begin + blanks();
    return {.begin = begin, .end = find_line_end(text_, begin, content_.end)};
  }

  /// Where a document begins: its first line that is neither comment nor `---`.
  ByteSpan first_content_line() const {
    std::vector<ByteSpan> comments;
    ByteSpan rest = content_;
    if (text_.substr(rest.begin, rest.size()).starts_with("---")) rest.begin += 3;
    return find_ignored(text_, rest, comments);
  }

  bool skip_template(Document& document) {
    if (templates_ == Templates::kRead) return false;
    const auto mark = find_template_mark(text_, content_);
    if (templates_ == Templates::kSkip && !mark) return false;
    const ByteSpan line = first_content_line();
    if (line.empty()) return false;  // only comments
    document.state = DocumentState::kTemplate;
    if (std::exchange(has_template_, true)) return true;
    const ByteSpan at = mark.value_or(line);
    const auto text = mark ? text_.substr(at.begin, at.size()) : std::string_view{};
    add({.kind = ProblemKind::kTemplate,
         .message = std::string(template_message(text)),
         .at = at});
    return true;
  }

  /// Reads the objects of a JSON stream, each a document. False, with nothing done, when not
  /// even the first is JSON.
  bool read_json_objects(const Document& first) {
    std::uint32_t at = content_.begin + blanks();
    std::uint32_t end = at;
    while (at < content_.end) {
      Document document = first;
      document.index = next_index();
      document.json = true;
      document.span.begin = file_.documents.empty() ? first.span.begin : at;
      builder_.start(limits_);
      const bool complete = read_json(text_, content_, at, builder_);
      const bool limited = !complete && builder_.fault().has_value();
      if (!complete && !limited) break;
      if (limited) at = content_.end;
      end = at;
      at = skip_json_blanks(text_, at, content_.end);
      document.span.end = at;
      take(document, complete ? builder_.finish() : nullptr);
      file_.documents.push_back(document);
    }
    if (file_.documents.empty()) return false;
    Document& last = file_.documents.back();
    last.span.end = first.span.end;
    comments_.clear();
    const ByteSpan rest = find_ignored(text_, {.begin = end, .end = content_.end}, comments_);
    keep_comments(last);
    if (!rest.empty()) read_behind_json(rest, last);
    return true;
  }

  /// What follows JSON objects and is no JSON: kubectl reads it as YAML behind a single object,
  /// and rejects it behind several.
  void read_behind_json(ByteSpan rest, Document& last) {
    if (std::string_view("}],").find(text_[rest.begin]) != std::string_view::npos) {
      return report_ignored(rest, last);
    }
    last.span.end = rest.begin;
    content_.begin = rest.begin;
    comments_.clear();
    Document document{.source = &source_, .span = content_, .index = next_index()};
    if (document.index == 1) {
      read_yaml_document(document);
    } else {
      reject(document, {.kind = ProblemKind::kSyntax,
                        .message = "This is not a JSON object, and after several JSON objects "
                                   "kubectl reads nothing else.",
                        .at = rest});
    }
    keep_comments(document);
    file_.documents.push_back(document);
  }

  void read_yaml_document(Document& document) {
    PieceResult result = read_yaml(text_, document.span, true, limits_, builder_);
    comments_.insert(comments_.end(), result.comments.begin(), result.comments.end());
    if (result.fault) return reject(document, *std::move(result.fault));
    take(document, result.root);
    if (!result.ignored.empty()) report_ignored(result.ignored, document);
  }

  /// Gives a document the root that the builder finished, or its fault.
  void take(Document& document, const Node* root) {
    if (builder_.fault()) return reject(document, *builder_.fault());
    for (Problem& problem : builder_.duplicates()) add(std::move(problem));
    if (root == nullptr || root->is_null()) return;
    document.state = DocumentState::kRead;
    document.root = root;
  }

  void report_ignored(ByteSpan at, const Document& document) {
    Problem problem{.kind = ProblemKind::kIgnoredContent,
                    .message =
                        "The document ends before this, and Kubernetes drops it and all "
                        "up to the next '---' line without a word; put a line '---' "
                        "between two documents, or remove what is left over.",
                    .at = at};
    if (document.root != nullptr) {
      problem.related = place_of(*document.root);
      problem.related_message = "This is the document that is read.";
    }
    add(std::move(problem), document.index);
  }

  void reject(Document& document, Problem problem) {
    document.state = DocumentState::kRejected;
    if (document.error.empty()) document.error = arena_.copy(problem.message);
    add(std::move(problem));
  }

  std::uint32_t next_index() const {
    return static_cast<std::uint32_t>(file_.documents.size());
  }

  /// Of the document that is being read.
  void add(Problem problem) { add(std::move(problem), next_index()); }
  void add(Problem problem, std::uint32_t document) {
    problem.document = document;
    file_.problems.push_back(std::move(problem));
  }

  const Source& source_;
  std::string_view text_;
  Limits limits_;
  Templates templates_;
  Arena& arena_;
  TreeBuilder builder_;
  File& file_;
  ByteSpan content_;                // the piece that is being read, without byte order mark
  std::vector<ByteSpan> comments_;  // of the document that is being read
  int encoding_problems_ = 0;
  bool has_template_ = false;
};

}  // namespace

File::File() = default;
File::File(File&&) noexcept = default;
File& File::operator=(File&&) noexcept = default;
File::~File() = default;

File read(const Source& source, const Limits& limits, Templates templates) {
  File file;
  file.arena_ = std::make_unique<Arena>();
  StreamReader(source, limits, templates, *file.arena_, file).read();
  return file;
}

}  // namespace tidewaiter::yaml
