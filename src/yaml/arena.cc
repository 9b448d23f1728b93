#include "yaml/arena.h"

#include <algorithm>
#include <cstring>

namespace tidewaiter::yaml {
namespace {

constexpr std::size_t kSmallestChunk = 2048;
constexpr std::size_t kLargestChunk = std::size_t{256} * 1024;

}  // namespace

std::string_view Arena::copy(std::string_view text) {
  if (text.empty()) return {};
  auto* bytes = static_cast<char*>(room(text.size(), 1));
  std::memcpy(bytes, text.data(), text.size());
  return {bytes, text.size()};
}

void* Arena::room(std::size_t size, std::size_t alignment) {
  const auto misaligned = reinterpret_cast<std::uintptr_t>(free_) % alignment;
  const std::size_t padding = misaligned == 0 ? 0 : alignment - misaligned;
  if (padding + size <= left_) {
    std::byte* const place = free_ + padding;
    free_ = place + size;
    left_ -= padding + size;
    return place;
  }
  // Chunks grow with what was needed so far: a small file stays small, a large one has few.
  const std::size_t usual = std::clamp(reserved_, kSmallestChunk, kLargestChunk);
  const std::size_t chunk = std::max(size, usual);
  chunks_.emplace_back(new std::byte[chunk]);
  reserved_ += chunk;
  std::byte* const place = chunks_.back().get();
  if (chunk - size > left_) {  // else the rest of the old chunk is the better one to go on with
    free_ = place + size;
    left_ = chunk - size;
  }
  return place;
}

}  // namespace tidewaiter::yaml
