#include "cel/arena.h"

#include <algorithm>
#include <cstring>

namespace tidewaiter::cel {
namespace {

constexpr std::size_t kFirstBlock = std::size_t{16} << 10;
constexpr std::size_t kLargestBlock = std::size_t{1} << 20;
// What a reset keeps: one unusually large evaluation must not weigh on the whole run.
constexpr std::size_t kKept = std::size_t{1} << 20;

}  // namespace

void* Arena::allocate_slowly(std::size_t size) {
  if (!has_room(size)) {
    exhausted_ = true;
    return nullptr;
  }
  return allocate_block(size);
}

void* Arena::allocate_block(std::size_t size) {
  while (next_ < blocks_.size() && blocks_[next_].size < size) ++next_;
  if (next_ == blocks_.size()) {
    const std::size_t doubled = blocks_.empty() ? kFirstBlock : blocks_.back().size * 2;
    const std::size_t block_size =
        std::max(size, std::clamp(doubled, kFirstBlock, kLargestBlock));
    blocks_.push_back(
        {.bytes = std::make_unique_for_overwrite<std::byte[]>(block_size), .size = block_size});
  }
  Block& block = blocks_[next_++];
  total_ += block.size;
  current_ = block.bytes.get();
  current_size_ = block.size;
  used_ = size;
  return current_;
}

std::string_view Arena::copy(std::string_view text) {
  if (text.empty()) return {};
  void* memory = allocate(text.size(), 1);
  if (memory == nullptr) return {};
  std::memcpy(memory, text.data(), text.size());
  return {static_cast<const char*>(memory), text.size()};
}

void Arena::rewind(const Mark& mark) {
  current_ = mark.current;
  current_size_ = mark.current_size;
  used_ = mark.used;
  next_ = mark.next;
  total_ = mark.total;
  exhausted_ = mark.exhausted;
}

void Arena::reset() {
  if (next_ <= 1 && !exhausted_) {  // most evaluations stay in the first block
    used_ = 0;
    return;
  }
  std::size_t kept = 0;
  std::erase_if(blocks_, [&kept](const Block& block) {
    kept += block.size;
    return kept > kKept;
  });
  next_ = 0;
  total_ = 0;
  current_ = nullptr;
  current_size_ = 0;
  used_ = 0;
  exhausted_ = false;
  if (!blocks_.empty()) {
    current_ = blocks_[0].bytes.get();
    current_size_ = blocks_[0].size;
    total_ = current_size_;
    next_ = 1;
  }
}

}  // namespace tidewaiter::cel
