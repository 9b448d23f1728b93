#ifndef TIDEWAITER_YAML_ARENA_H_
#define TIDEWAITER_YAML_ARENA_H_

#include <cstddef>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <vector>

namespace tidewaiter::yaml {

/// Memory that is given out in order and freed all at once. What it holds is never moved and
/// never destroyed, so only trivially destructible types belong in it. Not for several threads.
class Arena {
 public:
  /// `count` objects of `T`, value-initialized; null for none.
  template <class T>
  T* make(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count == 0) return nullptr;
    T* const objects = static_cast<T*>(room(count * sizeof(T), alignof(T)));
    for (std::size_t i = 0; i < count; ++i) new (objects + i) T();
    return objects;
  }

  /// Room for objects that the caller constructs.
  void* room(std::size_t size, std::size_t alignment);

  /// A copy of `text` that lives as long as the arena.
  std::string_view copy(std::string_view text);

  /// How many bytes were reserved from the system.
  std::size_t reserved() const { return reserved_; }

 private:
  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  std::byte* free_ = nullptr;
  std::size_t left_ = 0;
  std::size_t reserved_ = 0;
};

}  // namespace tidewaiter::yaml

#endif  // TIDEWAITER_YAML_ARENA_H_
