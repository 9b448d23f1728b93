#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
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

Value grouped(CallContext& call, std::span<const Value> args) {
  const std::uint32_t size = cel::size_of(args[0]);
  if (size != cel::size_of(args[1])) {
    return cel::make_error(call.arena, "grouped() needs as many keys as items.");
  }
  if (!call.spend(size)) return cel::cost_error();
  std::unordered_map<std::string_view, std::size_t> known;
  std::vector<std::pair<std::string_view, std::vector<Value>>> groups;
  for (std::uint32_t i = 0; i < size; ++i) {
    const Value key = cel::item_at(args[1], i);
    if (!key.is(cel::ValueKind::kString) || key.as_string().empty()) continue;
    const auto [at, is_first] = known.try_emplace(key.as_string(), groups.size());
    if (is_first) groups.push_back({key.as_string(), {}});
    groups[at->second].second.push_back(cel::item_at(args[0], i));
  }
  cel::MapBuilder map(call.arena);
  for (const auto& [key, items] : groups) {
    map.add(Value::string(key), cel::make_list(call.arena, items));
  }
  return map.build();
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
      "grouped(list(dyn), list(dyn)) -> map(string, list(dyn))", cel::Purity::kPure, grouped,
      "The items of a list by their key; keys as in repeats(). To ask the map for a key costs "
      "the same however many there are, while a list is read from its start.");
  registry.add("nearest(string, list(string)) -> string", cel::Purity::kPure, nearest_of,
               "The text of the list that a word was probably meant to be, or ''.");
}

}  // namespace tidewaiter::rules
