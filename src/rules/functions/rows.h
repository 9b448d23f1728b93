#ifndef TIDEWAITER_RULES_FUNCTIONS_ROWS_H_
#define TIDEWAITER_RULES_FUNCTIONS_ROWS_H_

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "cel/arena.h"
#include "cel/value.h"
#include "cel/value_build.h"
#include "rules/functions/field_adapter.h"

// Lists of maps that a function makes and that may be as long as a manifest: the facts of each
// item lie side by side in the arena, and become values when an expression reads them.

namespace tidewaiter::rules {

/// An item in the arena, where what is read of it may be made too.
template <class T>
struct Row {
  T facts;
  cel::Arena* arena;
};

template <class T>
struct RowTable {
  std::span<const Row<T>> rows;
  const FieldAdapter<Row<T>>* adapter;
};

template <class T>
std::uint32_t count_of_rows(const RowTable<T>& table) {
  return static_cast<std::uint32_t>(table.rows.size());
}
template <class T>
cel::Value row_at(const RowTable<T>& table, std::uint32_t index) {
  return cel::Value::foreign_map(&table.rows[index], table.adapter);
}

/// The list of `items`, which are copied, each read through `adapter`, which must be static.
/// Takes sizeof(Row<T>) of the arena for each, once.
template <class T>
cel::Value row_list(cel::Arena& arena, const std::vector<T>& items,
                    const FieldAdapter<Row<T>>& adapter) {
  static const ItemAdapter<RowTable<T>, count_of_rows<T>, row_at<T>> kListAdapter;
  const auto rows = arena.make_array<Row<T>>(items.size());
  if (rows.size() != items.size()) return cel::memory_error();
  std::ranges::transform(items, rows.begin(),
                         [&](const T& item) { return Row<T>{.facts = item, .arena = &arena}; });
  return cel::Value::foreign_list(arena.make<RowTable<T>>(rows, &adapter), &kListAdapter);
}

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_FUNCTIONS_ROWS_H_
