#include <algorithm>
#include <utility>

#include "fix/node_edits.h"

namespace tidewaiter::fix {
namespace {

using yaml::Node;
using yaml::Style;

/// So many entries, from the last, are looked at for one to write a scalar behind.
constexpr std::uint32_t kMostLookedAt = 64;
constexpr int kMostBlankLines = 64;

bool is_block_scalar(const Node& leaf) {
  return !leaf.is_alias() && leaf.is_scalar() &&
         (leaf.style() == Style::kLiteral || leaf.style() == Style::kFolded);
}

/// `|+` keeps the line ends behind its text.
bool keeps_line_ends(const Layout& layout, const Node& leaf) {
  for (const char c : layout.text(leaf.span()).substr(1)) {
    if (c == '+') return true;
    if (c != '-' && (c < '0' || c > '9')) break;
  }
  return false;
}

/// Blank lines below a block scalar may be part of it; `next` is where they would begin.
bool owns_lines_at(const Layout& layout, const Node& leaf, std::uint32_t next) {
  if (!is_block_scalar(leaf)) return false;
  const bool keeps = keeps_line_ends(layout, leaf);
  const std::string_view source = layout.source();
  for (int lines = 0; layout.is_blank_line(next); ++lines) {
    const bool empty = source[next] == '\n' || source[next] == '\r';
    if (keeps || !empty || lines == kMostBlankLines) return true;
    next += source.substr(next).starts_with("\r\n") ? 2U : 1U;
  }
  // Blanks without a line end, at the end of the text.
  return next < source.size() && source.find_first_not_of(" \t", next) == source.npos;
}

/// Where item or entry `child` begins on its line: its key, or its dash.
std::optional<std::uint32_t> mark_of(const Layout& layout, const Node& child) {
  if (const Node* const key = child.key()) return key->span().begin;
  const Gap gap = layout.gap_before(child);
  if (!gap.known || gap.has_properties) return std::nullopt;
  return gap.mark_end - 1;
}

/// The lines of `child`, from the begin of the first to the begin of the next after it.
struct Lines {
  std::uint32_t begin = 0;
  LineRest rest = {};
};

std::optional<Lines> lines_of(const Layout& layout, const Node& child) {
  const auto mark = mark_of(layout, child);
  if (!mark) return std::nullopt;
  const auto begin = layout.line_start(*mark);
  const Node& leaf = last_leaf(child);
  const auto rest = layout.rest_of_line(std::max(end_of(child), end_of(leaf)));
  if (!begin || !rest) return std::nullopt;
  return Lines{.begin = *begin, .rest = *rest};
}

/// Removes whole lines; at the end of a text that lacks the last line end, so does the result.
bool remove_lines(const Layout& layout, std::uint32_t begin, const LineRest& last,
                  std::uint32_t depth, PlacedEdits& out) {
  if (last.is_last()) {
    const auto before = layout.end_of_line_before(begin);
    if (!before) return false;
    begin = *before;
  }
  out.push_back({.span = {.begin = begin, .end = last.next}, .text = {}, .depth = depth});
  return true;
}

class BlockEditor {
 public:
  BlockEditor(const Layout& layout, const Order& order, PlacedEdits& out)
      : layout_(layout),
        order_(order),
        node_(*order.node),
        out_(out),
        depth_(depth_of(node_)) {}

  bool edit() {
    if (!order_.removed.empty() && order_.removes_all()) {
      return order_.added.items.empty() &&
             replace_block(layout_, node_, node_.is_mapping() ? "{}" : "[]", out_);
    }
    for (const std::uint32_t index : order_.removed) {
      if (!remove(index)) return false;
    }
    if (order_.added.items.empty()) return true;
    return node_.is_mapping() ? add_entries() : append_items();
  }

 private:
  bool remove(std::uint32_t index) {
    const Node& child = child_of(node_, index);
    if (const auto lines = lines_of(layout_, child)) {
      if (is_behind_block_scalar(index) && may_continue(lines->rest.next)) return false;
      return remove_lines(layout_, lines->begin, lines->rest, depth_, out_);
    }
    return index == 0 && remove_first(child);
  }

  bool is_behind_block_scalar(std::uint32_t index) const {
    while (index-- > 0) {
      if (!order_.removes(index)) return is_block_scalar(last_leaf(child_of(node_, index)));
    }
    return false;
  }

  /// A block scalar would take in the line that begins at `next`: a blank one, or a comment
  /// that is indented more than the children.
  bool may_continue(std::uint32_t next) const {
    const auto column = layout_.column(begin_of(child_of(node_, 0)));
    const std::string_view rest = layout_.source().substr(next);
    const std::size_t indentation = std::min(rest.find_first_not_of(' '), rest.size());
    return !column || layout_.is_blank_line(next) || indentation > *column ||
           (node_.is_sequence() && indentation > 0 &&
            rest.substr(indentation).starts_with('#'));
  }

  /// `- name: x` and more entries below: the next moves up behind the dash.
  bool remove_first(const Node& child) {
    if (child.key() == nullptr || order_.removes(1)) return false;
    const std::uint32_t begin = begin_of(child);
    const std::uint32_t next = begin_of(child_of(node_, 1));
    const auto rest = layout_.rest_of_line(end_of(last_leaf(child)));
    if (!layout_.column(begin) || !rest) return false;
    const auto content = layout_.source().find_first_not_of(" \t\r\n", rest->end);
    if (content != next) return false;  // a comment on a line of its own
    out_.push_back({.span = {.begin = begin, .end = next}, .text = {}, .depth = depth_});
    return true;
  }

  /// The last child that stays; `scalar`: the last that is a scalar on one line, if there is.
  const Node* anchor(bool scalar) const {
    const Node* last = nullptr;
    const std::uint32_t count = count_of(node_);
    const std::uint32_t least = count > kMostLookedAt ? count - kMostLookedAt : 0;
    for (std::uint32_t i = count; i-- > least;) {
      if (order_.removes(i)) continue;
      const Node& child = child_of(node_, i);
      if (last == nullptr) last = &child;
      if (!scalar) break;
      if (child.is_scalar() && !child.is_null() && !child.is_multiline()) return &child;
    }
    return last;
  }

  WritingStyle style_behind(const LineRest& rest) const {
    return {.line_break = layout_.line_break(rest),
            .step = indentation_step(layout_, node_),
            .sequence_step = sequence_step(layout_, node_)};
  }

  /// Scalars come behind the last scalar, where people look for them, but not in the root,
  /// whose first lines say what it is; collections come at the end.
  bool add_entries() {
    const auto column = layout_.column(node_.first_key()->span().begin);
    if (!column) return false;
    const Value& added = order_.added;
    for (const bool on_one_line : {true, false}) {
      for (std::size_t i = 0; i < added.items.size(); ++i) {
        if (added.items[i].items.empty() != on_one_line) continue;
        const auto rest = behind(anchor(on_one_line && node_.parent() != nullptr));
        if (!rest) return false;
        const WritingStyle style = style_behind(*rest);
        const auto text = block_entry(added.keys[i], added.items[i], *column, style);
        if (!text) return false;
        insert(rest->end, new_line(*column, style) + *text);
      }
    }
    return true;
  }

  bool append_items() {
    const auto mark = mark_of(layout_, node_.item(0));
    const auto column = mark ? layout_.column(*mark) : std::nullopt;
    const auto rest = behind(anchor(/*scalar=*/false));
    if (!column || !rest) return false;
    const WritingStyle style = style_behind(*rest);
    for (const Value& item : order_.added.items) {
      const auto text = block_item(item, *column, style);
      if (!text) return false;
      insert(rest->end, new_line(*column, style) + *text);
    }
    return true;
  }

  std::optional<LineRest> behind(const Node* child) const {
    return child == nullptr ? std::nullopt : line_behind(layout_, *child);
  }

  void insert(std::uint32_t at, std::string text) {
    out_.push_back(
        {.span = {.begin = at, .end = at}, .text = std::move(text), .depth = depth_});
  }

  const Layout& layout_;
  const Order& order_;
  const Node& node_;
  PlacedEdits& out_;
  std::uint32_t depth_;
};

}  // namespace

bool Order::removes(std::uint32_t index) const {
  return std::ranges::binary_search(removed, index);
}

std::uint32_t depth_of(const Node& node) {
  std::uint32_t depth = 0;
  for (const Node* at = node.parent(); at != nullptr; at = at->parent()) ++depth;
  return depth;
}

std::optional<LineRest> line_behind(const Layout& layout, const Node& child) {
  const Node& leaf = last_leaf(child);
  const auto rest = layout.rest_of_line(std::max(end_of(child), end_of(leaf)));
  if (!rest || owns_lines_at(layout, leaf, rest->next)) return std::nullopt;
  return rest;
}

bool edit_block(const Layout& layout, const Order& order, PlacedEdits& out) {
  return BlockEditor(layout, order, out).edit();
}

bool replace_block(const Layout& layout, const Node& node, const std::string& inline_value,
                   PlacedEdits& out) {
  if (node.parent() == nullptr) return false;
  const std::uint32_t depth = depth_of(node);
  const Gap gap = layout.gap_before(node);
  if (!gap.known || gap.has_properties) return false;
  const std::uint32_t end = end_of(last_leaf(node));
  if (node.key() == nullptr) {  // an item: its dash stays where it is
    if (!layout.rest_of_line(end)) return false;
    out.push_back({.span = {.begin = node.span().begin, .end = end},
                   .text = inline_value,
                   .depth = depth});
    return true;
  }
  const auto first = lines_of(layout, child_of(node, 0));
  const auto last = layout.rest_of_line(end);
  if (!first || !last) return false;
  out.push_back({.span = {.begin = gap.mark_end, .end = gap.mark_end},
                 .text = ' ' + inline_value,
                 .depth = depth});
  return remove_lines(layout, first->begin, *last, depth, out);
}

}  // namespace tidewaiter::fix
