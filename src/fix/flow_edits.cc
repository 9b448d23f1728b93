#include <utility>

#include "fix/node_edits.h"

namespace tidewaiter::fix {
namespace {

using yaml::Node;
using yaml::Style;

class FlowEditor {
 public:
  FlowEditor(const Layout& layout, const Order& order, bool json, PlacedEdits& out)
      : layout_(layout),
        order_(order),
        node_(*order.node),
        out_(out),
        depth_(depth_of(node_)),
        count_(count_of(node_)) {
    style_.json =
        json || (node_.is_mapping() && node_.first_key()->style() == Style::kDoubleQuoted);
    style_.compact = json && is_compact();
  }

  bool edit() {
    const char open = layout_.source()[node_.span().begin];
    // `[a: 1]` has a mapping without brackets.
    if (open != (node_.is_mapping() ? '{' : '[') || count_ == 0) return false;
    if (!order_.removed.empty() && !remove()) return false;
    if (order_.added.items.empty()) return true;
    return !order_.removes(count_ - 1) && add();
  }

 private:
  /// `{"a":1}` and `[1,2]`: nothing stands where people write a blank.
  bool is_compact() const {
    if (node_.is_mapping()) {
      const yaml::Entry first = node_.written(0);
      return first.value->span().begin == first.key->span().end + 1;
    }
    return count_ > 1 && node_.item(1).span().begin == node_.item(0).span().end + 1;
  }

  /// Only blanks and one comma stand between children `index` and `index` + 1.
  bool has_plain_gap(std::uint32_t index) const {
    const std::uint32_t begin = end_of(child_of(node_, index));
    const std::uint32_t end = begin_of(child_of(node_, index + 1));
    if (begin > end) return false;
    const std::string_view gap = layout_.text({.begin = begin, .end = end});
    const auto comma = gap.find_first_not_of(" \t\r\n");
    return comma != gap.npos && gap[comma] == ',' &&
           gap.find_first_not_of(" \t\r\n", comma + 1) == gap.npos;
  }

  bool remove() {
    if (order_.removes_all()) {
      const std::string_view all = layout_.text(node_.span());
      if (all.find('#') != all.npos) return false;  // perhaps a comment
      erase(node_.span().begin + 1, node_.span().end - 1);
      return true;
    }
    for (std::size_t i = 0; i < order_.removed.size();) {
      std::size_t last = i;
      while (last + 1 < order_.removed.size() &&
             order_.removed[last + 1] == order_.removed[last] + 1) {
        ++last;
      }
      if (!remove_run(order_.removed[i], order_.removed[last])) return false;
      i = last + 1;
    }
    return true;
  }

  /// The comma behind goes too; of the last children the one before.
  bool remove_run(std::uint32_t first, std::uint32_t last) {
    const bool to_end = last + 1 == count_;
    for (std::uint32_t i = to_end ? first - 1 : first; i < (to_end ? last : last + 1); ++i) {
      if (!has_plain_gap(i)) return false;
    }
    if (to_end) {
      erase(end_of(child_of(node_, first - 1)), end_of(child_of(node_, last)));
    } else {
      erase(begin_of(child_of(node_, first)), begin_of(child_of(node_, last + 1)));
    }
    return true;
  }

  bool add() {
    const Node& last = child_of(node_, count_ - 1);
    const std::uint32_t end = end_of(last);
    if (last.span().empty()) return false;  // `{a, b: }`: where it ends is not plain
    const auto behind = layout_.skip_blanks(end, node_.span().end);
    if (!behind || *behind == node_.span().end) return false;
    const bool trailing = layout_.source()[*behind] == ',';
    const std::uint32_t content_end = trailing ? *behind + 1 : end;
    const auto column = own_line(last);
    if (!column) return add_inline(end);
    const auto rest = layout_.rest_of_line(content_end);
    const std::uint32_t at = rest ? rest->end : content_end;
    style_.line_break = rest ? layout_.line_break(*rest) : "\n";
    if (!trailing) insert(end, ",");
    for (std::size_t i = 0; i < order_.added.items.size(); ++i) {
      const auto text = added_text(i);
      if (!text) return false;
      const bool comma = trailing || i + 1 < order_.added.items.size();
      insert(at, new_line(*column, style_) + *text + (comma ? "," : ""));
    }
    return true;
  }

  bool add_inline(std::uint32_t at) {
    for (std::size_t i = 0; i < order_.added.items.size(); ++i) {
      const auto text = added_text(i);
      if (!text) return false;
      insert(at, (style_.compact ? "," : ", ") + *text);
    }
    return true;
  }

  /// The column of a child on a line of its own.
  std::optional<std::uint32_t> own_line(const Node& child) const {
    const std::uint32_t begin = begin_of(child);
    const auto line = layout_.line_start(begin);
    if (!line || *line <= node_.span().begin) return std::nullopt;
    return begin - *line;
  }

  std::optional<std::string> added_text(std::size_t i) const {
    const Value& value = order_.added.items[i];
    return node_.is_mapping() ? inline_entry(order_.added.keys[i], value, style_)
                              : inline_text(value, style_);
  }

  void insert(std::uint32_t at, std::string text) {
    out_.push_back(
        {.span = {.begin = at, .end = at}, .text = std::move(text), .depth = depth_});
  }

  void erase(std::uint32_t begin, std::uint32_t end) {
    out_.push_back({.span = {.begin = begin, .end = end}, .text = {}, .depth = depth_});
  }

  const Layout& layout_;
  const Order& order_;
  const Node& node_;
  PlacedEdits& out_;
  std::uint32_t depth_;
  std::uint32_t count_;
  WritingStyle style_;
};

}  // namespace

bool edit_flow(const Layout& layout, const Order& order, bool json, PlacedEdits& out) {
  return FlowEditor(layout, order, json, out).edit();
}

}  // namespace tidewaiter::fix
