#ifndef TIDEWAITER_RULES_FUNCTIONS_ROWS_H_
#define TIDEWAITER_RULES_FUNCTIONS_ROWS_H_

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "cel/adapter.h"
#include "cel/arena.h"
#include "cel/value.h"
#include "cel/value_build.h"

// Lists of maps that a function makes and that may be as long as a manifest: the facts of each
// item lie side by side in the arena, and a field becomes a value when an expression reads it.
namespace tidewaiter::rules {

/// A field of the maps; `read` answers kAbsent where an item has none.
template <class Row>
struct RowField {
  std::string_view name;
  cel::Value (*read)(const Row& row, cel::Arena& arena);
};

/// An item in the arena.
template <class Row>
struct RowSlot {
  Row row;
  cel::Arena* arena;
};

/// Reads an item as a map.
template <class Row>
class RowAdapter final : public cel::Adapter {
 public:
  /// The fields must be static.
  explicit RowAdapter(std::span<const RowField<Row>> fields) : fields_(fields) {}

  std::uint32_t size(const void* node) const override {
    return static_cast<std::uint32_t>(std::ranges::count_if(fields_, [&](const auto& field) {
      return !read(node, field).is(cel::ValueKind::kAbsent);
    }));
  }
  cel::Value at(const void*, std::uint32_t) const override { return cel::Value::absent(); }
  cel::Value get(const void* node, std::string_view key) const override {
    const auto found = std::ranges::find(fields_, key, &RowField<Row>::name);
    return found == fields_.end() ? cel::Value::absent() : read(node, *found);
  }
  bool next(const void* node, std::uint32_t& cursor, cel::Value& key,
            cel::Value& value) const override {
    while (cursor < fields_.size()) {
      const RowField<Row>& field = fields_[cursor++];
      value = read(node, field);
      if (value.is(cel::ValueKind::kAbsent)) continue;
      key = cel::Value::string(field.name);
      return true;
    }
    return false;
  }
  cel::Origin hidden(const void*, std::string_view) const override { return nullptr; }

 private:
  static cel::Value read(const void* node, const RowField<Row>& field) {
    const auto& slot = *static_cast<const RowSlot<Row>*>(node);
    return field.read(slot.row, *slot.arena);
  }

  std::span<const RowField<Row>> fields_;
};

/// All items in the arena, and how to read one.
template <class Row>
struct RowTable {
  std::span<const RowSlot<Row>> slots;
  const RowAdapter<Row>* adapter;
};

/// Reads the items as a list.
template <class Row>
class RowListAdapter final : public cel::Adapter {
 public:
  std::uint32_t size(const void* node) const override {
    return static_cast<std::uint32_t>(table(node).slots.size());
  }
  cel::Value at(const void* node, std::uint32_t index) const override {
    return cel::Value::foreign_map(&table(node).slots[index], table(node).adapter);
  }
  cel::Value get(const void*, std::string_view) const override { return cel::Value::absent(); }
  bool next(const void*, std::uint32_t&, cel::Value&, cel::Value&) const override {
    return false;
  }
  cel::Origin hidden(const void*, std::string_view) const override { return nullptr; }

 private:
  static const RowTable<Row>& table(const void* node) {
    return *static_cast<const RowTable<Row>*>(node);
  }
};

/// The list of the rows, which are copied; `adapter` must be static. Takes sizeof(Row) and a
/// pointer of the arena for each, once.
template <class Row>
cel::Value row_list(cel::Arena& arena, const std::vector<Row>& rows,
                    const RowAdapter<Row>& adapter) {
  static const RowListAdapter<Row> kListAdapter;
  const auto slots = arena.make_array<RowSlot<Row>>(rows.size());
  if (slots.size() != rows.size()) return cel::memory_error();
  std::ranges::transform(rows, slots.begin(), [&](const Row& row) {
    return RowSlot<Row>{.row = row, .arena = &arena};
  });
  return cel::Value::foreign_list(arena.make<RowTable<Row>>(slots, &adapter), &kListAdapter);
}

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_FUNCTIONS_ROWS_H_
