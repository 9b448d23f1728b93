#include "cel/functions/libraries.h"
#include "cel/value_build.h"
#include "cel/value_compare.h"
#include "cel/value_read.h"

// Lists as sets (cel-go's ext.Sets; in Kubernetes since 1.29). The work is the product of the
// sizes, so it is taken from the budget.

namespace tidewaiter::cel {
namespace {

using Args = std::span<const Value>;

bool has_item(CallContext& call, const Value& list, const Value& wanted) {
  const std::uint32_t size = size_of(list);
  for (std::uint32_t i = 0; i < size; ++i) {
    if (!call.spend(1)) return false;
    if (equal(item_at(list, i), wanted, call.budget) == Equality::kEqual) return true;
  }
  return false;
}

bool has_all(CallContext& call, const Value& list, const Value& wanted) {
  const std::uint32_t size = size_of(wanted);
  for (std::uint32_t i = 0; i < size; ++i) {
    if (!has_item(call, list, item_at(wanted, i))) return false;
  }
  return true;
}

Value contains(CallContext& call, Args args) {
  return Value::boolean(has_all(call, args[0], args[1]));
}

Value equivalent(CallContext& call, Args args) {
  return Value::boolean(has_all(call, args[0], args[1]) && has_all(call, args[1], args[0]));
}

Value intersects(CallContext& call, Args args) {
  const std::uint32_t size = size_of(args[1]);
  for (std::uint32_t i = 0; i < size; ++i) {
    if (has_item(call, args[0], item_at(args[1], i))) return Value::boolean(true);
  }
  return Value::boolean(false);
}

constexpr LibraryRow kRows[] = {
    {"sets.contains(list(T), list(T)) -> bool", contains,
     "Whether each item of the second list is in the first.", 29},
    {"sets.equivalent(list(T), list(T)) -> bool", equivalent,
     "Whether each list has all items of the other.", 29},
    {"sets.intersects(list(T), list(T)) -> bool", intersects,
     "Whether the lists share an item.", 29},
};

}  // namespace

void add_set_functions(FunctionRegistry& registry) {
  add_rows(registry, kRows);
}

}  // namespace tidewaiter::cel
