#include "yaml/yaml_reader.h"

#include <algorithm>

#include "yaml/comments.h"
#include "yaml/libyaml_events.h"
#include "yaml/line_end.h"
#include "yaml/syntax_messages.h"

namespace tidewaiter::yaml {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

class PieceReader {
 public:
  PieceReader(std::string_view source, ByteSpan piece, const Limits& limits,
              TreeBuilder& builder)
      : source_(source), piece_(piece), builder_(builder), position_(piece.begin) {
    builder.start(limits);
  }

  PieceResult read(bool add_line_end) {
    EventReader events(source_, piece_, add_line_end);
    Event event;
    while (!done_) {
      if (!events.next(event)) {
        result_.fault = explain(events.failure(), source_, piece_, builder_.open_bracket());
        return std::move(result_);
      }
      take(event);
      if (result_.fault) return std::move(result_);
      if (builder_.fault()) {
        result_.fault = builder_.fault();
        return std::move(result_);
      }
    }
    finish();
    return std::move(result_);
  }

 private:
  void take(const Event& event) {
    switch (event.type) {
      case EventType::kStreamStart: break;
      case EventType::kDocumentStart:
        if (event.foreign_version) result_.fault = foreign_version(event.span);
        break;
      case EventType::kScalar: take_scalar(event); break;
      case EventType::kAlias:
        pass(event.span);
        builder_.alias(event.anchor, event.span);
        break;
      case EventType::kSequenceStart:
      case EventType::kMappingStart: take_start(event); break;
      case EventType::kSequenceEnd:
      case EventType::kMappingEnd:
        pass(event.span);
        builder_.close(event.span.empty() ? 0 : event.span.end);
        break;
      case EventType::kDocumentEnd:
        has_document_ = true;
        done_ = true;
        break;
      case EventType::kStreamEnd: done_ = true; break;
    }
  }

  /// What lies before `span` is a gap between nodes, in which comments may stand.
  void pass(ByteSpan span) {
    if (span.empty()) return;
    if (span.begin > position_) {
      find_comments(source_, {.begin = position_, .end = span.begin}, result_.comments);
    }
    position_ = std::max(position_, span.end);
  }

  void take_scalar(const Event& event) {
    ByteSpan span = event.span;
    std::string_view tag = event.tag;
    if (!span.empty()) {
      const bool bare_tag = skip_properties(span, true);
      if (bare_tag && tag.empty()) tag = "!";
    }
    const bool block = event.style == Style::kLiteral || event.style == Style::kFolded;
    if (block && !span.empty()) {
      const std::uint32_t token_end = span.end;
      span.end = span.begin + 1 + trimmed_size(span.begin + 1, span.end);
      take_block_header(span);
      position_ = std::max(position_, token_end);
    } else {
      pass(span);
    }
    if (auto fault = go_yaml_rejects(event, span)) {
      result_.fault = std::move(fault);
      return;
    }
    builder_.scalar(event.value, tag, span, event.style, event.anchor);
  }

  /// What libyaml reads and go-yaml, an older port of it, does not.
  std::optional<Problem> go_yaml_rejects(const Event& event, ByteSpan span) const {
    const std::string_view written = source_.substr(span.begin, span.size());
    if (event.style == Style::kDoubleQuoted && written.size() != event.value.size() + 2) {
      for (std::size_t at = written.find('\\'); at != std::string_view::npos;
           at = written.find('\\', at + 2)) {
        if (written.substr(at).starts_with("\\/")) return slash_escape(span.begin + at);
      }
    } else if (event.style == Style::kPlain && builder_.open_bracket()) {
      const auto mark = written.find('?', 1);
      if (mark != std::string_view::npos) return question_mark(span.begin + mark);
    }
    return std::nullopt;
  }

  /// The comment behind the `|` or `>` of a block scalar belongs to its token.
  void take_block_header(ByteSpan& span) {
    pass({.begin = span.begin, .end = span.begin + 1});
    const std::uint32_t end = line_end(span.begin);
    find_comments(source_, {.begin = span.begin, .end = end}, result_.comments);
    if (span.end <= end) span.end = span.begin + 1 + header_size(span.begin + 1, end);
  }

  /// Of an empty block scalar only the indicators are the value.
  std::uint32_t header_size(std::uint32_t begin, std::uint32_t end) const {
    std::uint32_t at = begin;
    while (at < end &&
           std::string_view("+-0123456789").find(source_[at]) != std::string_view::npos)
      ++at;
    return at - begin;
  }

  std::uint32_t line_end(std::uint32_t at) const {
    return find_line_end(source_, at, piece_.end);
  }

  /// The bytes from `begin` to the last that is not blank before `end`.
  std::uint32_t trimmed_size(std::uint32_t begin, std::uint32_t end) const {
    while (end > begin && kBlank.find(source_[end - 1]) != std::string_view::npos) --end;
    return end - begin;
  }

  void take_start(const Event& event) {
    ByteSpan span = event.span;
    const bool has_properties = !event.anchor.empty() || !event.tag.empty();
    if (has_properties) skip_properties(span, false);
    pass({.begin = span.begin, .end = span.begin + (event.style == Style::kFlow ? 1 : 0)});
    const Kind kind = event.type == EventType::kMappingStart ? Kind::kMapping : Kind::kSequence;
    builder_.open(kind, event.style, span.begin, !event.tag.empty(), event.anchor);
  }

  /// Moves the front of `span` past anchor, tag and what separates them from the content; true
  /// if one of them was a tag. An empty scalar leaves an empty span behind the last of them.
  bool skip_properties(ByteSpan& span, bool scalar) {
    bool tag = false;
    std::uint32_t at = span.begin;
    while (at < piece_.end && (source_[at] == '&' || source_[at] == '!')) {
      tag = tag || source_[at] == '!';
      const auto blank = source_.substr(0, piece_.end).find_first_of(" \t\r\n,]}", at);
      at = blank == std::string_view::npos ? piece_.end : static_cast<std::uint32_t>(blank);
      const std::uint32_t property_end = at;
      at = skip_blanks_and_comments(at, scalar ? span.end : piece_.end);
      if (scalar && at >= span.end) {
        span = {.begin = property_end, .end = property_end};
        return tag;
      }
    }
    span.begin = at;
    return tag;
  }

  std::uint32_t skip_blanks_and_comments(std::uint32_t at, std::uint32_t end) const {
    while (at < end) {
      if (source_[at] == '#') {
        at = std::min(end, line_end(at));
      } else if (kBlank.find(source_[at]) != std::string_view::npos) {
        ++at;
      } else {
        break;
      }
    }
    return at;
  }

  void finish() {
    if (!has_document_) {
      find_comments(source_, {.begin = position_, .end = piece_.end}, result_.comments);
      return;
    }
    result_.root = builder_.finish();
    result_.fault = builder_.fault();
    if (result_.root == nullptr) return;
    // An implicit null root has no place of its own: a `---` or nothing at all was written.
    position_ = std::max(position_, result_.root->span().end);
    result_.ignored =
        find_ignored(source_, {.begin = position_, .end = piece_.end}, result_.comments);
  }

  std::string_view source_;
  ByteSpan piece_;
  TreeBuilder& builder_;
  PieceResult result_;
  std::uint32_t position_;  // all before it was looked through for comments
  bool has_document_ = false;
  bool done_ = false;
};

}  // namespace

PieceResult read_yaml(std::string_view source, ByteSpan piece, bool add_line_end,
                      const Limits& limits, TreeBuilder& builder) {
  return PieceReader(source, piece, limits, builder).read(add_line_end);
}

}  // namespace tidewaiter::yaml
