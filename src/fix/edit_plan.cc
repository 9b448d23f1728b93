#include "fix/edit_plan.h"

#include <algorithm>
#include <utility>

#include "fix/layout.h"
#include "fix/node_edits.h"

namespace tidewaiter::fix {
namespace {

using yaml::Node;
using yaml::Style;
using Action = Change::Action;

constexpr std::uint32_t kMostCompared = 1000;  // items of a sequence, against new ones

/// `keys` from the outside in, with the value in the innermost.
Value nested(std::span<const std::string> keys, Value value) {
  for (std::size_t i = keys.size(); i-- > 0;) {
    Value outer = Value::mapping();
    outer.add(keys[i], std::move(value));
    value = std::move(outer);
  }
  return value;
}

/// An anchor may stand in the text: `&` where a node begins.
bool may_hold_anchor(std::string_view text) {
  constexpr std::string_view kBefore = " \t\r\n[{,:-";
  for (std::size_t at = text.find('&'); at != text.npos; at = text.find('&', at + 1)) {
    if (at == 0 || kBefore.find(text[at - 1]) != kBefore.npos) {
      const char next = at + 1 < text.size() ? text[at + 1] : ' ';
      if ((next >= '0' && next <= '9') || (next >= 'a' && next <= 'z') ||
          (next >= 'A' && next <= 'Z') || next == '_' || next == '-') {
        return true;
      }
    }
  }
  return false;
}

/// Collects changes into one order a node, then makes their edits.
class Planner {
 public:
  Planner(std::string_view source, bool json) : layout_(source), json_(json) {}

  bool take(const Change& change) {
    if (change.node == nullptr) return false;
    const bool of_entry = change.node->is_key() && change.action != Action::kQuote;
    const Node& node = of_entry ? *change.node->value_of_key() : *change.node;
    const bool exists = change.missing.empty();
    switch (change.action) {
      case Action::kAdd: return exists ? add(node, change.value, 0) : add_below(node, change);
      case Action::kSet: return exists ? set(node, change.value) : add_below(node, change);
      case Action::kRemove: return !exists || remove(node);
      case Action::kQuote:
        if (exists) order_for(node).quoted = true;
        return true;
    }
    return false;
  }

  std::optional<std::vector<Edit>> edits() {
    PlacedEdits placed;
    for (Order& order : orders_) {
      if (!is_free(order) || !edit(order, placed)) return std::nullopt;
    }
    return joined(std::move(placed));
  }

 private:
  Order& order_for(const Node& node) {
    const auto it = std::ranges::find(orders_, &node, &Order::node);
    return it != orders_.end() ? *it : orders_.emplace_back(Order{.node = &node});
  }

  bool add_below(const Node& node, const Change& change) {
    Value entries = nested(change.missing, change.value);
    return (node.is_mapping() || node.is_null()) && add_entries(node, entries);
  }

  bool add_entries(const Node& node, const Value& entries) {
    Order& order = order_for(node);
    order.added.kind = yaml::Kind::kMapping;
    return merge(order.added, entries);
  }

  /// Writes what `node`, which exists, lacks of the value.
  bool add(const Node& node, const Value& value, int depth) {
    if (depth > Value::kMostDepth) return false;
    if (node.is_null()) {
      if (value.is_mapping() && !value.items.empty()) return add_entries(node, value);
      return assign(node, value);
    }
    if (node.is_mapping() && value.is_mapping()) {
      for (std::size_t i = 0; i < value.keys.size(); ++i) {
        const Node* const child = node.find(value.keys[i]);
        if (child != nullptr) {
          if (!add(*child, value.items[i], depth + 1)) return false;
          continue;
        }
        Value entry = Value::mapping();
        entry.add(value.keys[i], value.items[i]);
        if (!add_entries(node, entry)) return false;
      }
      return true;
    }
    return !node.is_sequence() || !value.is_sequence() || append(node, value);
  }

  bool append(const Node& node, const Value& value) {
    if (node.size() > kMostCompared || value.items.size() > kMostCompared) return false;
    for (const Value& item : value.items) {
      bool present = false;
      for (std::uint32_t i = 0; i < node.size() && !present; ++i) {
        present = reads_as(node.item(i), item);
      }
      if (present) continue;
      Order& order = order_for(node);
      order.added.kind = yaml::Kind::kSequence;
      if (std::ranges::find(order.added.items, item) == order.added.items.end()) {
        order.added.items.push_back(item);
      }
    }
    return true;
  }

  bool set(const Node& node, const Value& value) {
    return reads_as(node, value) || assign(node, value);
  }

  bool assign(const Node& node, const Value& value) {
    Order& order = order_for(node);
    if (order.assigned && *order.assigned != value) return false;
    order.assigned = value;
    return true;
  }

  bool remove(const Node& child) {
    const Node* const parent = child.parent();
    if (parent == nullptr || !is_written(child)) return false;
    // Another entry of that key would come to light.
    if (parent->is_mapping() && parent->written_size() != parent->size()) return false;
    std::vector<std::uint32_t>& removed = order_for(*parent).removed;
    const std::uint32_t index = index_of(child);
    const auto at = std::ranges::lower_bound(removed, index);
    if (at == removed.end() || *at != index) removed.insert(at, index);
    return true;
  }

  /// Nothing else may be changed by the edits of an order: its node is written where it counts
  /// and nowhere else, and no other order takes it away.
  bool is_free(const Order& order) const {
    const bool inside = !order.assigned && !order.quoted;
    if (inside && order.node->is_alias()) return false;
    const Node* at = order.node->is_key() ? order.node->value_of_key() : order.node;
    if (!is_written(*at)) return false;
    for (bool own = true; at->parent() != nullptr; at = at->parent(), own = false) {
      if ((!own || inside) && is_marked(*at)) return false;
      for (const Order& other : orders_) {
        if (!own && other.node == at && other.assigned) return false;
        if (other.node == at->parent() && other.removes(index_of(*at))) return false;
      }
    }
    return true;
  }

  bool is_marked(const Node& node) const {
    if (node.is_alias()) return true;
    const Gap gap = layout_.gap_before(node);
    return !gap.known || gap.has_properties;
  }

  bool edit(const Order& order, PlacedEdits& placed) const {
    const Node& node = *order.node;
    const int kinds = (order.assigned ? 1 : 0) + (order.quoted ? 1 : 0) +
                      (!order.added.items.empty() || !order.removed.empty() ? 1 : 0);
    if (kinds == 0) return true;
    if (kinds > 1) return false;
    if (order.quoted) return quote(layout_, node, placed);
    if (order.assigned) return replace(node, *order.assigned, placed);
    for (const std::uint32_t index : order.removed) {
      const Node& child = child_of(node, index);
      if (may_hold_anchor(layout_.text({.begin = begin_of(child), .end = end_of(child)}))) {
        return false;
      }
    }
    if (node.is_scalar() || count_of(node) == 0) return replace(node, order.added, placed);
    return node.style() == Style::kFlow ? edit_flow(layout_, order, json_, placed)
                                        : edit_block(layout_, order, placed);
  }

  bool replace(const Node& node, const Value& value, PlacedEdits& placed) const {
    const bool holds_anchor =
        !node.is_scalar() && !node.is_alias() && may_hold_anchor(layout_.text(node.span()));
    return !holds_anchor && fix::assign(layout_, node, value, json_, placed);
  }

  /// In order, those that touch as one; nothing if two overlap.
  static std::optional<std::vector<Edit>> joined(PlacedEdits placed) {
    std::ranges::stable_sort(placed, [](const PlacedEdit& a, const PlacedEdit& b) {
      if (a.span != b.span) return a.span < b.span;
      return a.span.empty() && a.depth > b.depth;
    });
    std::vector<Edit> edits;
    for (PlacedEdit& edit : placed) {
      if (edit.span.empty() && edit.text.empty()) continue;
      if (!edits.empty() && edits.back().span.end >= edit.span.begin) {
        if (edits.back().span.end > edit.span.begin) return std::nullopt;
        edits.back().span.end = edit.span.end;
        edits.back().text += edit.text;
      } else {
        edits.push_back({.span = edit.span, .text = std::move(edit.text)});
      }
    }
    return edits;
  }

  Layout layout_;
  bool json_;
  std::vector<Order> orders_;
};

}  // namespace

std::optional<std::vector<Edit>> plan_edits(std::string_view source, bool json,
                                            std::span<const Change> changes) {
  Planner planner(source, json);
  for (const Change& change : changes) {
    if (!planner.take(change)) return std::nullopt;
  }
  return planner.edits();
}

}  // namespace tidewaiter::fix
