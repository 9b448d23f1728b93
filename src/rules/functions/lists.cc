#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/suggest.h"
#include "cel/value_build.h"
#include "cel/value_read.h"
#include "rules/document_adapter.h"
#include "rules/functions/topics.h"

namespace tidewaiter::rules {
namespace {

using cel::CallContext;
using cel::Value;

/// An item and the text by which it is told from others.
struct Keyed {
  Value item;
  std::string_view key;
  std::uint32_t place;  ///< Where the item begins in the text.
};

Value repeats(CallContext& call, std::span<const Value> args) {
  const std::uint32_t size = cel::size_of(args[0]);
  if (size != cel::size_of(args[1])) {
    return cel::make_error(call.arena, "repeats() needs as many keys as items.");
  }
  call.spend(size);
  std::vector<Keyed> all;
  all.reserve(size);
  for (std::uint32_t i = 0; i < size; ++i) {
    const Value item = cel::item_at(args[0], i);
    const Value key = cel::item_at(args[1], i);
    if (!key.is(cel::ValueKind::kString) || key.as_string().empty()) continue;
    const yaml::Node* const node = node_of(item);
    all.push_back({item, key.as_string(), node == nullptr ? i : node->span().begin});
  }
  std::ranges::stable_sort(all, {}, &Keyed::place);
  std::unordered_map<std::string_view, const Keyed*> first;
  cel::ListBuilder list(call.arena);
  for (const Keyed& keyed : all) {
    const auto [known, is_first] = first.try_emplace(keyed.key, &keyed);
    if (is_first) continue;
    cel::MapBuilder facts(call.arena);
    facts.add(Value::string("again"), keyed.item);
    facts.add(Value::string("first"), known->second->item);
    list.add(facts.build());
  }
  return list.build();
}

Value unmatched(CallContext& call, std::span<const Value> args) {
  const std::uint32_t size = cel::size_of(args[0]);
  if (size != cel::size_of(args[1])) {
    return cel::make_error(call.arena, "unmatched() needs as many keys as items.");
  }
  const std::uint32_t known = cel::size_of(args[2]);
  call.spend(size + known);
  std::unordered_set<std::string_view> texts;
  for (std::uint32_t i = 0; i < known; ++i) {
    const Value text = cel::item_at(args[2], i);
    if (text.is(cel::ValueKind::kString)) texts.insert(text.as_string());
  }
  cel::ListBuilder list(call.arena);
  for (std::uint32_t i = 0; i < size; ++i) {
    const Value key = cel::item_at(args[1], i);
    if (!key.is(cel::ValueKind::kString) || key.as_string().empty()) continue;
    if (!texts.contains(key.as_string())) list.add(cel::item_at(args[0], i));
  }
  return list.build();
}

Value nearest_of(CallContext&, std::span<const Value> args) {
  std::vector<std::string_view> candidates;
  for (std::uint32_t i = 0; i < cel::size_of(args[1]); ++i) {
    const Value item = cel::item_at(args[1], i);
    if (item.is(cel::ValueKind::kString)) candidates.push_back(item.as_string());
  }
  return Value::string(nearest(args[0].as_string(), candidates));
}

}  // namespace

void add_lists_functions(cel::FunctionRegistry& registry) {
  registry.add(
      "repeats(list(dyn), list(dyn)) -> list(map(string, dyn))", cel::Purity::kPure, repeats,
      "The items of a list whose key stands there before, in the order of the text: "
      "again, the item, and first, the one it repeats. The keys are a list of texts of "
      "the same length; an item with an empty key or one that is no text repeats "
      "nothing.");
  registry.add(
      "unmatched(list(dyn), list(dyn), list(dyn)) -> list(dyn)", cel::Purity::kPure, unmatched,
      "The items of a list whose key is not among the texts of the third list: one pass over "
      "both, where `in` asked for each item takes as many as there are items. Keys as in "
      "repeats(); an item with an empty key or one that is no text is left out.");
  registry.add("nearest(string, list(string)) -> string", cel::Purity::kPure, nearest_of,
               "The text of the list that a word was probably meant to be, or ''.");
}

}  // namespace tidewaiter::rules
