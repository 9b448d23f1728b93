#ifndef TIDEWAITER_CEL_ARENA_H_
#define TIDEWAITER_CEL_ARENA_H_

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tidewaiter::cel {

/// Memory for what an evaluation makes: handed out by moving a pointer, given back all at once.
/// One for each thread; reset() after each evaluation. Never throws for lack of room: past its
/// limit it hands out nothing and is exhausted(), which the evaluator turns into an error.
class Arena {
 public:
  static constexpr std::size_t kDefaultLimit = std::size_t{64} << 20;

  /// `limit`: bytes that may be handed out between two resets.
  explicit Arena(std::size_t limit = kDefaultLimit) : limit_(limit) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// `size` bytes, aligned to `alignment` (a power of two, at most that of max_align_t); null
  /// when the limit is reached. Valid until reset().
  void* allocate(std::size_t size, std::size_t alignment) {
    const std::size_t start = (used_ + alignment - 1) & ~(alignment - 1);
    if (current_ != nullptr && start <= current_size_ && size <= current_size_ - start) {
      used_ = start + size;
      return current_ + start;
    }
    return allocate_slowly(size);
  }

  /// A new T; never null: a small object is made even past the limit, so it needs no check (the
  /// evaluation still ends with an error). T must be trivially destructible.
  template <class T, class... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    static_assert(sizeof(T) <= 256);
    void* memory = allocate(sizeof(T), alignof(T));
    if (memory == nullptr) memory = allocate_block(sizeof(T));
    return ::new (memory) T{std::forward<Args>(args)...};
  }

  /// `count` value-initialized items. Empty, whatever `count`, when the limit is reached: look
  /// at the span's size, not at `count`, before writing.
  template <class T>
  std::span<T> make_array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count > limit_ / sizeof(T)) {
      exhausted_ = true;
      return {};
    }
    void* memory = allocate(count * sizeof(T), alignof(T));
    if (memory == nullptr) return {};
    T* items = static_cast<T*>(memory);
    std::uninitialized_value_construct_n(items, count);
    return {items, count};
  }

  /// A copy of the bytes; empty when the limit is reached.
  std::string_view copy(std::string_view text);

  /// Another limit for what is handed out from now on.
  void set_limit(std::size_t limit) { limit_ = limit; }

  /// The limit was reached since the last reset(): what was made since may be incomplete.
  bool exhausted() const { return exhausted_; }
  /// Room for `size` more bytes. Ask before building something large elsewhere.
  bool has_room(std::size_t size) const { return size <= limit_ && total_ <= limit_ - size; }

  /// A moment to go back to.
  struct Mark {
    std::byte* current = nullptr;
    std::size_t current_size = 0;
    std::size_t used = 0;
    std::size_t next = 0;
    std::size_t total = 0;
    bool exhausted = false;
  };
  Mark mark() const {
    return {.current = current_,
            .current_size = current_size_,
            .used = used_,
            .next = next_,
            .total = total_,
            .exhausted = exhausted_};
  }
  /// Takes back what was made since, which was after the last reset() or rewind() to an earlier
  /// moment.
  void rewind(const Mark& mark);

  /// Takes everything back and keeps some of the memory for the next evaluation.
  void reset();

 private:
  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size;
  };

  void* allocate_slowly(std::size_t size);
  void* allocate_block(std::size_t size);

  std::vector<Block> blocks_;
  std::byte* current_ = nullptr;
  std::size_t current_size_ = 0;
  std::size_t used_ = 0;   // of the current block
  std::size_t next_ = 0;   // index of the first block not in use
  std::size_t total_ = 0;  // bytes of all blocks in use
  std::size_t limit_;
  bool exhausted_ = false;
};

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_ARENA_H_
