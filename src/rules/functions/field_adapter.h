#ifndef TIDEWAITER_RULES_FUNCTIONS_FIELD_ADAPTER_H_
#define TIDEWAITER_RULES_FUNCTIONS_FIELD_ADAPTER_H_

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>

#include "cel/adapter.h"
#include "cel/value.h"

// Structs as CEL maps and lists that are read where they lie: nothing is copied but what an
// expression asks for.

namespace tidewaiter::rules {

/// An entry of the map that a struct is read as; `read` answers kAbsent where it has none.
template <class T>
struct Field {
  std::string_view name;
  cel::Value (*read)(const T&);
};

/// A map that is read field by field from a T.
template <class T>
class FieldAdapter final : public cel::Adapter {
 public:
  /// The fields must be static.
  explicit FieldAdapter(std::span<const Field<T>> fields) : fields_(fields) {}

  std::uint32_t size(const void* map) const override {
    return static_cast<std::uint32_t>(std::ranges::count_if(
        fields_, [&](const Field<T>& f) { return !read(f, map).is(cel::ValueKind::kAbsent); }));
  }
  cel::Value at(const void*, std::uint32_t) const override { return cel::Value::absent(); }
  cel::Value get(const void* map, std::string_view key) const override {
    const auto field = std::ranges::find(fields_, key, &Field<T>::name);
    return field == fields_.end() ? cel::Value::absent() : read(*field, map);
  }
  bool next(const void* map, std::uint32_t& cursor, cel::Value& key,
            cel::Value& value) const override {
    while (cursor < fields_.size()) {
      const Field<T>& field = fields_[cursor++];
      value = read(field, map);
      if (value.is(cel::ValueKind::kAbsent)) continue;
      key = cel::Value::string(field.name);
      return true;
    }
    return false;
  }
  cel::Origin hidden(const void*, std::string_view) const override { return nullptr; }

 private:
  static cel::Value read(const Field<T>& field, const void* map) {
    return field.read(*static_cast<const T*>(map));
  }

  std::span<const Field<T>> fields_;
};

/// A list that is read item by item from a T.
template <class T, std::uint32_t (*count)(const T&),
          cel::Value (*item)(const T&, std::uint32_t)>
class ItemAdapter final : public cel::Adapter {
 public:
  std::uint32_t size(const void* list) const override {
    return count(*static_cast<const T*>(list));
  }
  cel::Value at(const void* list, std::uint32_t index) const override {
    return item(*static_cast<const T*>(list), index);
  }
  cel::Value get(const void*, std::string_view) const override { return cel::Value::absent(); }
  bool next(const void*, std::uint32_t&, cel::Value&, cel::Value&) const override {
    return false;
  }
  cel::Origin hidden(const void*, std::string_view) const override { return nullptr; }
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_FUNCTIONS_FIELD_ADAPTER_H_
