#ifndef TIDEWAITER_FIX_NODE_EDITS_H_
#define TIDEWAITER_FIX_NODE_EDITS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fix/layout.h"
#include "fix/value.h"
#include "fix/value_text.h"
#include "yaml/node.h"

// The edits of one node, by how it is written. All of these return false, with `out` in any
// state, when they cannot be made.
namespace tidewaiter::fix {

/// An edit that still has to find its place among others.
struct PlacedEdit {
  ByteSpan span;
  std::string text;
  /// Of the node that asked for it: of two insertions at one place the deeper comes first.
  std::uint32_t depth = 0;
};
using PlacedEdits = std::vector<PlacedEdit>;

/// What is to become of one node; at most one of `assigned`, `quoted` and the others.
struct Order {
  const yaml::Node* node = nullptr;
  std::optional<Value> assigned = {};
  bool quoted = false;
  Value added = {};                         ///< Entries or items that come behind the others.
  std::vector<std::uint32_t> removed = {};  ///< Children as index_of counts, ascending.

  bool removes(std::uint32_t index) const;
  bool removes_all() const { return removed.size() == count_of(*node); }
};

/// Of a collection in block style.
bool edit_block(const Layout& layout, const Order& order, PlacedEdits& out);
/// Of a collection in flow style that has children. `json`: see plan_edits.
bool edit_flow(const Layout& layout, const Order& order, bool json, PlacedEdits& out);

/// Gives a node another value.
bool assign(const Layout& layout, const yaml::Node& node, const Value& value, bool json,
            PlacedEdits& out);
/// Puts a plain scalar or key in quotes; one in quotes already stays.
bool quote(const Layout& layout, const yaml::Node& node, PlacedEdits& out);

/// Writes `inline_value` behind the `:` or `-` before the block collection `node`, and removes
/// its lines.
bool replace_block(const Layout& layout, const yaml::Node& node,
                   const std::string& inline_value, PlacedEdits& out);

/// The rest of the line on which the text of `child` ends; nothing where more follows than a
/// comment, or where lines below belong to a block scalar that ends there.
std::optional<LineRest> line_behind(const Layout& layout, const yaml::Node& child);

/// How far below the root a node lies.
std::uint32_t depth_of(const yaml::Node& node);

}  // namespace tidewaiter::fix

#endif  // TIDEWAITER_FIX_NODE_EDITS_H_
