#ifndef TIDEWAITER_RULES_CONSTANT_H_
#define TIDEWAITER_RULES_CONSTANT_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace tidewaiter::rules {

/// A value written in a rule file or a config: the JSON types, integers apart. A literal type,
/// so that the rules built into the program are constant tables; borrows its text and items.
struct Constant {
  enum class Kind : std::uint8_t { kNull, kBool, kInt, kDouble, kString, kList, kMap };

  Kind kind = Kind::kNull;
  bool boolean = false;
  std::int64_t integer = 0;
  double floating = 0;
  std::string_view text = {};
  std::span<const Constant> items = {};         ///< Of a list, or the values of a map.
  std::span<const std::string_view> keys = {};  ///< Of a map, as many as items.

  /// The value of a key; null when this is no map or has none.
  const Constant* find(std::string_view key) const {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i] == key) return &items[i];
    }
    return nullptr;
  }
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_CONSTANT_H_
