#include "yaml/template_marks.h"

#include <algorithm>
#include <cstdint>

#include "yaml/line_end.h"

namespace tidewaiter::yaml {
namespace {

constexpr std::string_view kLineEnds = "\r\n";

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool may_hold_marks(std::string_view text) {
  return text.find("{{") != std::string_view::npos ||
         text.find("{%") != std::string_view::npos || text.find("<%") != std::string_view::npos;
}

/// Tells quoted scalars, block scalars and comments from the rest, line by line, in text that
/// need not be YAML: so it knows no more of the structure than it needs.
class MarkFinder {
 public:
  MarkFinder(std::string_view text, std::uint32_t begin) : text_(text), at_(begin) {}

  std::optional<ByteSpan> find() {
    while (at_ < text_.size() && !mark_) line();
    return mark_;
  }

 private:
  void line() {
    const std::uint32_t begin = at_;
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    const auto indent = static_cast<std::int64_t>(at_ - begin);
    if (in_block_ && (at_line_end() || indent > block_parent_)) return next_line();
    in_block_ = false;
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    if (rest_starts_with("{%") || rest_starts_with("<%")) return found();
    parent_ = indent - 1;
    line_begin_ = begin;
    token_start_ = true;
    while (at_ < text_.size() && !mark_ && !in_block_ && !at_line_end()) character();
    if (!mark_ && !in_block_) next_line();
  }

  void character() {
    const char c = text_[at_];
    const char before = at_ == line_begin_ ? ' ' : text_[at_ - 1];
    if (rest_starts_with("{{")) return found();
    if (c == '#' && is_blank(before)) return skip_line();
    if (is_blank(c)) {
      ++at_;
      return;
    }
    if (token_start_ && (c == '"' || c == '\'')) return quoted(c);
    if (token_start_ && flow_depth_ == 0 && (c == '|' || c == '>') && is_block_header()) {
      in_block_ = true;
      block_parent_ = parent_;
      return next_line();
    }
    punctuation(c);
    ++at_;
  }

  /// Keeps track of where a token can start, and of the brackets that are open.
  void punctuation(char c) {
    const bool blank_follows = at_ + 1 >= text_.size() || is_blank(text_[at_ + 1]) ||
                               kLineEnds.find(text_[at_ + 1]) != std::string_view::npos;
    const bool in_flow = flow_depth_ > 0;
    if ((c == '[' || c == '{') && (token_start_ || in_flow)) {
      ++flow_depth_;
      token_start_ = true;
    } else if ((c == ']' || c == '}') && in_flow) {
      --flow_depth_;
      token_start_ = false;
    } else if (c == ',' && in_flow) {
      token_start_ = true;
    } else if ((c == '-' || c == '?') && token_start_ && blank_follows) {
      parent_ = static_cast<std::int64_t>(at_ - line_begin_);
      token_column_ = -1;
    } else if (c == ':' && (blank_follows || (in_flow && after_quote_))) {
      if (token_column_ >= 0) parent_ = token_column_;
      token_start_ = true;
      token_column_ = -1;
    } else if ((c == '!' || c == '&') && token_start_) {
      // A tag or an anchor: what follows it is still the start.
      while (at_ + 1 < text_.size() && !is_blank(text_[at_ + 1]) &&
             kLineEnds.find(text_[at_ + 1]) == std::string_view::npos) {
        ++at_;
      }
    } else {
      begin_token();
    }
    after_quote_ = false;
  }

  void begin_token() {
    if (token_start_) token_column_ = static_cast<std::int64_t>(at_ - line_begin_);
    token_start_ = false;
  }

  void quoted(char quote) {
    begin_token();
    ++at_;
    while (at_ < text_.size() && text_[at_] != quote) {
      at_ += text_[at_] == '\\' && quote == '"' ? 2U : 1U;
      if (quote == '\'' && rest_starts_with("''")) at_ += 2;
    }
    at_ = std::min(at_ + 1, static_cast<std::uint32_t>(text_.size()));
    after_quote_ = true;
  }

  /// Behind a `|` or `>` only indicators and a comment may stand.
  bool is_block_header() const {
    std::uint32_t at = at_ + 1;
    while (at < text_.size() &&
           std::string_view("+-0123456789").find(text_[at]) != std::string_view::npos) {
      ++at;
    }
    const bool blank = at < text_.size() && is_blank(text_[at]);
    while (at < text_.size() && is_blank(text_[at])) ++at;
    return at >= text_.size() || kLineEnds.find(text_[at]) != std::string_view::npos ||
           (blank && text_[at] == '#');
  }

  void found() {
    const std::string_view rest = text_.substr(at_, line_end() - at_);
    const std::string_view closing = rest.starts_with("{{") ? "}}" : "%}";
    const auto end = rest.starts_with('<') ? rest.find("%>") : rest.find(closing);
    const std::size_t size = end == std::string_view::npos ? 2 : end + 2;
    mark_ = ByteSpan{.begin = at_, .end = at_ + static_cast<std::uint32_t>(size)};
  }

  bool rest_starts_with(std::string_view what) const {
    return text_.substr(std::min<std::size_t>(at_, text_.size())).starts_with(what);
  }
  bool at_line_end() const {
    return at_ >= text_.size() || kLineEnds.find(text_[at_]) != std::string_view::npos;
  }
  std::uint32_t line_end() const { return find_line_end(text_, at_, text_.size()); }
  void skip_line() { at_ = line_end(); }
  void next_line() {
    skip_line();
    if (rest_starts_with("\r\n")) ++at_;
    ++at_;
  }

  std::string_view text_;
  std::uint32_t at_;
  std::uint32_t line_begin_ = 0;
  std::int64_t parent_ = -1;        // the column that a block scalar must exceed
  std::int64_t token_column_ = -1;  // of what may turn out to be a key
  std::int64_t block_parent_ = -1;
  std::uint32_t flow_depth_ = 0;
  bool in_block_ = false;
  bool token_start_ = true;
  bool after_quote_ = false;
  std::optional<ByteSpan> mark_;
};

}  // namespace

std::optional<ByteSpan> find_template_mark(std::string_view source, ByteSpan piece) {
  if (!may_hold_marks(source.substr(piece.begin, piece.size()))) return std::nullopt;
  return MarkFinder(source.substr(0, piece.end), piece.begin).find();
}

std::vector<ByteSpan> find_comment_lines(std::string_view source, ByteSpan piece) {
  std::vector<ByteSpan> comments;
  const std::string_view text = source.substr(0, piece.end);
  for (std::size_t at = piece.begin; at < text.size();) {
    const std::size_t end = find_line_end(text, at, text.size());
    const std::size_t first = text.find_first_not_of(" \t", at);
    if (first < end && text[first] == '#') {
      comments.push_back(
          {.begin = static_cast<std::uint32_t>(first), .end = static_cast<std::uint32_t>(end)});
    }
    at = end + 1;
  }
  return comments;
}

std::string_view template_message(std::string_view mark) {
  if (mark.starts_with("{%")) {
    return "This is a template (Jinja, it seems) that was not rendered, so it is not linted; "
           "render it and check the result.";
  }
  if (mark.starts_with("<%")) {
    return "This is a template (ERB, it seems) that was not rendered, so it is not linted; "
           "render it and check the result.";
  }
  return "This is a template that was not rendered, so it is not linted; render it and check "
         "the result, for a Helm chart with 'helm template CHART | tidewaiter check -'.";
}

}  // namespace tidewaiter::yaml
