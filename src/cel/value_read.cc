#include "cel/value_read.h"

#include <array>

#include "cel/adapter.h"
#include "cel/value_compare.h"

namespace tidewaiter::cel {
namespace {

constexpr std::array<TypeData, 16> kTypes{{{"null_type"},
                                           {"bool"},
                                           {"int"},
                                           {"uint"},
                                           {"double"},
                                           {"string"},
                                           {"bytes"},
                                           {"google.protobuf.Duration"},
                                           {"google.protobuf.Timestamp"},
                                           {"list"},
                                           {"map"},
                                           {"type"},
                                           {"optional_type"},
                                           {"opaque"},
                                           {"error"},
                                           {"absent"}}};

const TypeData& type_data(ValueKind kind) {
  return kTypes[static_cast<std::size_t>(kind)];
}

// The entry of a map that an expression made.
Value find_entry(const MapData& map, const Value& key) {
  if (map.buckets == nullptr) {
    for (std::uint32_t i = 0; i < map.size; ++i) {
      if (equals(map.entries[i].key, key)) return map.entries[i].value;
    }
    return Value::absent();
  }
  auto at = static_cast<std::uint32_t>(hash_of(key)) & map.bucket_mask;
  while (map.buckets[at] != 0) {
    const MapEntry& entry = map.entries[map.buckets[at] - 1];
    if (equals(entry.key, key)) return entry.value;
    at = (at + 1) & map.bucket_mask;
  }
  return Value::absent();
}

}  // namespace

std::uint32_t size_of(const Value& collection) {
  if (collection.is(ValueKind::kList)) {
    if (!collection.is_foreign()) return collection.as_list()->size;
  } else if (collection.is(ValueKind::kMap)) {
    if (!collection.is_foreign()) return collection.as_map()->size;
  } else {
    return 0;
  }
  return collection.adapter()->size(collection.node());
}

Value item_at(const Value& list, std::uint32_t index) {
  if (list.is_foreign()) return list.adapter()->at(list.node(), index);
  return list.as_list()->items[index];
}

Value find_key(const Value& map, std::string_view key) {
  if (!map.is(ValueKind::kMap)) return Value::absent();
  if (map.is_foreign()) return map.adapter()->get(map.node(), key);
  return find_entry(*map.as_map(), Value::string(key));
}

Value find_key(const Value& map, const Value& key) {
  if (!map.is(ValueKind::kMap)) return Value::absent();
  if (!map.is_foreign()) return find_entry(*map.as_map(), key);
  if (!key.is(ValueKind::kString)) return Value::absent();
  return map.adapter()->get(map.node(), key.as_string());
}

bool MapCursor::next(Value& key, Value& value) {
  if (!map_.is(ValueKind::kMap)) return false;
  if (map_.is_foreign()) return map_.adapter()->next(map_.node(), position_, key, value);
  const MapData& data = *map_.as_map();
  if (position_ >= data.size) return false;
  key = data.entries[position_].key;
  value = data.entries[position_].value;
  ++position_;
  return true;
}

std::string_view type_name(const Value& value) {
  if (value.is(ValueKind::kOpaque)) return value.as_opaque()->type->as_type.name;
  return type_data(value.kind()).name;
}

Value type_of(const Value& value) {
  if (value.is(ValueKind::kOpaque)) return Value::type(&value.as_opaque()->type->as_type);
  return Value::type(&type_data(value.kind()));
}

bool is_zero(const Value& value) {
  // Go's zero time: 0001-01-01T00:00:00Z.
  static constexpr std::int64_t kFirstSecond = -62'135'596'800;
  switch (value.kind()) {
    case ValueKind::kNull: return true;
    case ValueKind::kBool: return !value.as_bool();
    case ValueKind::kInt: return value.as_int() == 0;
    case ValueKind::kUint: return value.as_uint() == 0;
    case ValueKind::kDouble: return value.as_double() == 0;
    case ValueKind::kString:
    case ValueKind::kBytes: return value.as_string().empty();
    case ValueKind::kDuration: return value.seconds() == 0 && value.nanoseconds() == 0;
    case ValueKind::kTimestamp:
      return value.seconds() == kFirstSecond && value.nanoseconds() == 0;
    case ValueKind::kList:
    case ValueKind::kMap: return size_of(value) == 0;
    default: return false;
  }
}

}  // namespace tidewaiter::cel
