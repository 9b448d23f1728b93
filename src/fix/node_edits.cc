#include "fix/node_edits.h"

#include <utility>

#include "fix/scalar_text.h"

namespace tidewaiter::fix {
namespace {

using yaml::Node;
using yaml::Style;

bool is_in_flow(const Node& node) {
  return node.parent()->style() == Style::kFlow;
}

bool is_block_collection(const Node& node) {
  return !node.is_alias() && !node.is_scalar() && node.style() == Style::kBlock;
}

bool is_block_scalar(const Node& node) {
  return !node.is_alias() && node.is_scalar() &&
         (node.style() == Style::kLiteral || node.style() == Style::kFolded);
}

/// Replaces one node by a value.
class Assignment {
 public:
  Assignment(const Layout& layout, const Node& node, const Value& value, bool json,
             PlacedEdits& out)
      : layout_(layout), node_(node), value_(value), out_(out) {
    style_.json = json || is_like_json();
  }

  bool make() {
    if (node_.parent() == nullptr) return false;
    gap_ = layout_.gap_before(node_);
    if (!gap_.known || gap_.has_properties || !keeps_comments()) return false;
    const bool as_lines = !value_.items.empty() && !is_in_flow(node_) && node_.key() != nullptr;
    if (as_lines) return write_lines();
    const auto text = inline_value();
    if (!text) return false;
    if (is_block_collection(node_)) return replace_block(layout_, node_, *text, out_);
    if (node_.span().empty()) {  // nothing stands there: behind the `:` or `-`
      push({.begin = gap_.mark_end, .end = gap_.mark_end}, ' ' + *text);
    } else {
      push(node_.span(), *text);
    }
    return true;
  }

 private:
  /// In a flow mapping whose keys are quoted, so are the new ones.
  bool is_like_json() const {
    const Node* const key = node_.key();
    return key != nullptr && is_in_flow(node_) && key->style() == Style::kDoubleQuoted;
  }

  /// A comment may stand inside what is replaced: behind a `|`, or between brackets.
  bool keeps_comments() const {
    if (is_block_scalar(node_)) {
      const std::string_view all = layout_.text(node_.span());
      return all.substr(0, all.find_first_of("\r\n")).find('#') == all.npos;
    }
    const bool brackets =
        !node_.is_alias() && !node_.is_scalar() && !is_block_collection(node_);
    return !brackets || layout_.text(node_.span()).find('#') == std::string_view::npos;
  }

  std::optional<std::string> inline_value() const {
    if (value_.kind == yaml::Kind::kString && !style_.json && node_.is_string()) {
      return string_text(value_.text, node_.is_alias() ? Style::kPlain : node_.style());
    }
    return inline_text(value_, style_);
  }

  /// A collection below its key; what stood behind the `:` goes, a comment there stays.
  bool write_lines() {
    const std::uint32_t key_begin = node_.key()->span().begin;
    const auto column = layout_.column(key_begin);
    if (!column) return false;
    const Node& mapping = *node_.parent();
    style_.step = indentation_step(layout_, mapping);
    style_.sequence_step = sequence_step(layout_, mapping);
    const std::uint32_t inner =
        *column + (value_.is_mapping() ? style_.step : style_.sequence_step);
    if (is_block_collection(node_)) return replace_lines(inner);

    const bool empty = node_.span().empty();
    if (!empty && (gap_.has_lines || node_.is_multiline() || is_block_scalar(node_))) {
      return false;
    }
    const std::uint32_t end = empty ? gap_.mark_end : node_.span().end;
    const auto rest = layout_.rest_of_line(end);
    if (!rest) return false;
    style_.line_break = layout_.line_break(*rest);
    const auto lines = block_lines(value_, inner, style_);
    if (!lines) return false;
    if (!empty) push({.begin = gap_.mark_end, .end = end}, "");
    push({.begin = rest->end, .end = rest->end}, new_line(inner, style_) + *lines);
    return true;
  }

  bool replace_lines(std::uint32_t inner) {
    const auto begin = layout_.line_start(node_.span().begin);
    const auto rest = layout_.rest_of_line(end_of(last_leaf(node_)));
    if (!begin || !rest) return false;
    style_.line_break = layout_.line_break(*rest);
    const auto lines = block_lines(value_, inner, style_);
    if (!lines) return false;
    push({.begin = *begin, .end = rest->end}, std::string(inner, ' ') + *lines);
    return true;
  }

  void push(ByteSpan span, std::string text) {
    out_.push_back({.span = span, .text = std::move(text), .depth = depth_of(node_)});
  }

  const Layout& layout_;
  const Node& node_;
  const Value& value_;
  PlacedEdits& out_;
  Gap gap_;
  WritingStyle style_;
};

/// A key begins its line, or follows a dash, a bracket or a comma: it has no anchor or tag.
bool is_bare_key(const Layout& layout, const Node& key) {
  if (layout.column(key.span().begin)) return true;
  const std::string_view before = layout.source().substr(0, key.span().begin);
  const std::size_t last = before.find_last_not_of(" \t\r\n");
  return last != before.npos && (before[last] == '{' || before[last] == ',');
}

}  // namespace

bool assign(const Layout& layout, const Node& node, const Value& value, bool json,
            PlacedEdits& out) {
  return Assignment(layout, node, value, json, out).make();
}

bool quote(const Layout& layout, const Node& node, PlacedEdits& out) {
  if (node.is_alias() || !node.is_scalar() || node.parent() == nullptr) return false;
  const std::string_view written = layout.text(node.span());
  if (written.starts_with('"') || written.starts_with('\'')) return true;
  if (!node.is_plain() || node.is_multiline() || written.starts_with('*')) return false;
  const auto text = double_quoted(written);
  if (!text) return false;
  const std::uint32_t depth = depth_of(node);
  if (node.is_key()) {
    if (!is_bare_key(layout, node) || written.empty()) return false;
    out.push_back({.span = node.span(), .text = *text, .depth = depth});
    return true;
  }
  const Gap gap = layout.gap_before(node);
  if (!gap.known || gap.has_properties) return false;
  if (written.empty()) {
    out.push_back({.span = {.begin = gap.mark_end, .end = gap.mark_end},
                   .text = ' ' + *text,
                   .depth = depth});
  } else {
    out.push_back({.span = node.span(), .text = *text, .depth = depth});
  }
  return true;
}

}  // namespace tidewaiter::fix
