#include "cel/value_build.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "cel/value_compare.h"
#include "cel/value_read.h"

namespace tidewaiter::cel {
namespace {

// Below this a walk over the entries beats a table.
constexpr std::size_t kSmallMap = 8;
constexpr std::size_t kFirstCapacity = 8;

constexpr ErrorData kMemoryError{
    .message = "The expression needs more memory than an evaluation may have.",
    .cause = ErrorCause::kLimit};
constexpr ErrorData kCostError{
    .message = "The expression needs more steps than an evaluation may take.",
    .cause = ErrorCause::kLimit};

// Makes room for one more item in an array of the arena; false when there is none.
template <class T>
bool grow(Arena& arena, std::span<T>& storage, std::size_t size) {
  if (size < storage.size()) return true;
  const std::span<T> larger = arena.make_array<T>(std::max(kFirstCapacity, size * 2));
  if (larger.size() <= size) return false;
  std::copy_n(storage.begin(), size, larger.begin());
  storage = larger;
  return true;
}

std::size_t bucket_count(std::size_t entries) {
  std::size_t count = 16;
  while (count < entries * 2) count *= 2;
  return count;
}

// Puts the entries into a table, dropping equal keys; returns how many remain.
std::uint32_t index_entries(std::span<MapEntry> entries, std::span<std::uint32_t> buckets) {
  const std::size_t mask = buckets.size() - 1;
  std::uint32_t kept = 0;
  for (const MapEntry& entry : entries) {
    std::size_t at = hash_of(entry.key) & mask;
    while (buckets[at] != 0 && !equals(entries[buckets[at] - 1].key, entry.key)) {
      at = (at + 1) & mask;
    }
    if (buckets[at] != 0) {
      entries[buckets[at] - 1].value = entry.value;
    } else {
      entries[kept] = entry;
      buckets[at] = ++kept;
    }
  }
  return kept;
}

std::uint32_t drop_repeated(std::span<MapEntry> entries) {
  std::uint32_t kept = 0;
  for (const MapEntry& entry : entries) {
    const auto same = std::find_if(
        entries.begin(), entries.begin() + kept,
        [&entry](const MapEntry& earlier) { return equals(earlier.key, entry.key); });
    if (same != entries.begin() + kept) {
      same->value = entry.value;
    } else {
      entries[kept++] = entry;
    }
  }
  return kept;
}

// A map over entries that already lie in the arena and may be rearranged.
Value adopt_map(Arena& arena, std::span<MapEntry> entries) {
  MapData* map = arena.make<MapData>();
  map->entries = entries.data();
  if (entries.size() <= kSmallMap) {
    map->size = drop_repeated(entries);
    return Value::map(map);
  }
  const auto buckets = arena.make_array<std::uint32_t>(bucket_count(entries.size()));
  if (buckets.empty()) return memory_error();
  map->size = index_entries(entries, buckets);
  map->buckets = buckets.data();
  map->bucket_mask = static_cast<std::uint32_t>(buckets.size() - 1);
  return Value::map(map);
}

}  // namespace

Value make_error(Arena& arena, std::string_view message, ErrorCause cause, Origin origin) {
  return Value::error(arena.make<ErrorData>(arena.copy(message), cause)).with_origin(origin);
}

Value make_type_error(Arena& arena, std::string_view operation,
                      std::span<const Value> operands) {
  std::string types;
  Origin origin = nullptr;
  for (const Value& operand : operands) {
    if (!types.empty()) types += ", ";
    types += type_name(operand);
    if (origin == nullptr) origin = operand.origin();
  }
  return make_error(arena, fmt::format("'{}' cannot be applied to ({}).", operation, types),
                    ErrorCause::kType, origin);
}

Value memory_error() {
  return Value::error(&kMemoryError);
}
Value cost_error() {
  return Value::error(&kCostError);
}

Value make_string(Arena& arena, std::string_view text) {
  return Value::string(arena.copy(text));
}

Value make_bytes(Arena& arena, std::string_view bytes) {
  return Value::bytes(arena.copy(bytes));
}

Value make_list(Arena& arena, std::span<const Value> items) {
  const std::span<Value> copies = arena.make_array<Value>(items.size());
  if (copies.size() != items.size()) return memory_error();
  std::copy(items.begin(), items.end(), copies.begin());
  return Value::list(
      arena.make<ListData>(copies.data(), static_cast<std::uint32_t>(copies.size())));
}

Value make_map(Arena& arena, std::span<const MapEntry> entries) {
  const std::span<MapEntry> copies = arena.make_array<MapEntry>(entries.size());
  if (copies.size() != entries.size()) return memory_error();
  std::copy(entries.begin(), entries.end(), copies.begin());
  return adopt_map(arena, copies);
}

Value make_optional(Arena& arena, const Value& value) {
  return Value::optional(arena.make<OptionalData>(value, true)).with_origin(value.origin());
}

Value optional_none() {
  static constexpr OptionalData kNone;
  return Value::optional(&kNone);
}

Value make_opaque(Arena& arena, const OpaqueType& type, const void* payload) {
  return Value::opaque(arena.make<OpaqueData>(&type, payload));
}

Value make_type(Arena& arena, std::string_view name) {
  return Value::type(arena.make<TypeData>(arena.copy(name)));
}

ListBuilder::ListBuilder(Arena& arena, std::size_t expected)
    : arena_(arena), storage_(arena.make_array<Value>(expected)) {}

void ListBuilder::add(const Value& item) {
  if (grow(arena_, storage_, size_)) storage_[size_++] = item;
}

Value ListBuilder::build() {
  if (arena_.exhausted()) return memory_error();
  return Value::list(arena_.make<ListData>(storage_.data(), static_cast<std::uint32_t>(size_)));
}

void MapBuilder::add(const Value& key, const Value& value) {
  if (grow(arena_, storage_, size_)) storage_[size_++] = {.key = key, .value = value};
}

Value MapBuilder::build() {
  if (arena_.exhausted()) return memory_error();
  return adopt_map(arena_, storage_.first(size_));
}

}  // namespace tidewaiter::cel
