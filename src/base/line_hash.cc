#include "base/line_hash.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "base/utf8.h"

namespace tidewaiter {
namespace {

constexpr std::size_t kWindow = 100;
constexpr std::uint64_t kFactor = 37;
constexpr std::uint64_t kEndOfFile = 0xFFFF;
constexpr std::uint32_t kCheapCalls = 16;

constexpr std::uint64_t power_of_factor(std::size_t exponent) {
  std::uint64_t power = 1;
  for (std::size_t i = 0; i < exponent; ++i) power *= kFactor;
  return power;
}

/// A rolling hash over the last kWindow units that remembers which of them begin a line.
class RollingHash {
 public:
  explicit RollingHash(std::vector<std::uint64_t>& hashes) : hashes_(hashes) {}

  void push(std::uint64_t unit) {
    constexpr std::uint64_t kLeaving = power_of_factor(kWindow);
    hash_ = hash_ * kFactor + unit - units_[next_] * kLeaving;
    units_[next_] = unit;
    starts_[next_] = at_line_start_;
    at_line_start_ = unit == '\n';
    next_ = next_ + 1 == kWindow ? 0 : next_ + 1;
    // `next_` is now the oldest unit: the window is complete for a line that begins there.
    if (starts_[next_]) hashes_.push_back(hash_);
    starts_[next_] = false;
  }

  void finish() {
    push(kEndOfFile);
    at_line_start_ = false;
    for (std::size_t i = 0; i < kWindow; ++i) push(0);
  }

 private:
  std::vector<std::uint64_t>& hashes_;
  std::array<std::uint64_t, kWindow> units_{};
  std::array<bool, kWindow> starts_{};
  std::size_t next_ = 0;
  std::uint64_t hash_ = 0;
  bool at_line_start_ = true;
};

std::size_t count_lines(std::string_view text) {
  std::size_t lines = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))) ++lines;
  }
  return lines;
}

}  // namespace

LineHashes::LineHashes(std::string_view text) {
  hashes_.reserve(count_lines(text));
  RollingHash hash(hashes_);
  bool after_cr = false;
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCharacter character = decode_utf8(text, i);
    i += character.size;
    const char32_t unit = character.code_point;
    const bool of_crlf = unit == '\n' && after_cr;
    after_cr = unit == '\r';
    if (of_crlf || unit == ' ' || unit == '\t') continue;
    if (unit == '\r') {
      hash.push('\n');
    } else if (unit <= 0xFFFF) {
      hash.push(unit);
    } else {  // a surrogate pair
      hash.push(0xD800U + ((unit - 0x10000U) >> 10U));
      hash.push(0xDC00U + ((unit - 0x10000U) & 0x3FFU));
    }
  }
  hash.finish();
}

std::uint32_t LineHashes::occurrence(std::uint32_t index) {
  const std::uint64_t hash = hashes_[index];
  if (asked_ < kCheapCalls) {
    ++asked_;
    const auto end = hashes_.begin() + index + 1;
    return static_cast<std::uint32_t>(std::count(hashes_.begin(), end, hash));
  }
  const auto before = [this](std::uint32_t a, std::uint32_t b) {
    return std::tie(hashes_[a], a) < std::tie(hashes_[b], b);
  };
  if (by_hash_.empty()) {
    by_hash_.resize(hashes_.size());
    std::iota(by_hash_.begin(), by_hash_.end(), 0U);
    std::ranges::sort(by_hash_, before);
  }
  const auto self = std::ranges::lower_bound(by_hash_, index, before);
  const auto first =
      std::ranges::lower_bound(by_hash_, hash, {}, [this](auto i) { return hashes_[i]; });
  return static_cast<std::uint32_t>(self - first) + 1;
}

std::string LineHashes::of(std::uint32_t line) {
  if (line == 0 || line > line_count()) return {};
  return fmt::format("{:x}:{}", hashes_[line - 1], occurrence(line - 1));
}

}  // namespace tidewaiter
