#include "base/line_hash.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "base/utf8.h"

namespace tidewaiter {
namespace {

constexpr std::size_t kWindow = 100;
constexpr std::uint64_t kFactor = 37;
constexpr std::uint16_t kEndOfFile = 0xFFFF;
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

  void push(std::uint16_t unit) {
    constexpr std::uint64_t kLeaving = power_of_factor(kWindow);
    if (at_line_start_) begin_line();
    at_line_start_ = unit == '\n';
    hash_ = hash_ * kFactor + unit - units_[next_] * kLeaving;
    units_[next_] = unit;
    next_ = next_ + 1 == kWindow ? 0 : next_ + 1;
    if (++count_ == due_) end_line();
  }

  void finish() {
    push(kEndOfFile);
    at_line_start_ = false;
    for (std::size_t i = 0; i < kWindow; ++i) push(0);
  }

 private:
  static constexpr std::uint64_t kNever = ~std::uint64_t{0};

  /// The hash of the line that begins now is known after kWindow units.
  void begin_line() {
    dues_[(first_due_ + dues_count_++) % kWindow] = count_ + kWindow;
    due_ = dues_[first_due_];
  }
  void end_line() {
    hashes_.push_back(hash_);
    first_due_ = (first_due_ + 1) % kWindow;
    due_ = --dues_count_ > 0 ? dues_[first_due_] : kNever;
  }

  std::vector<std::uint64_t>& hashes_;
  std::array<std::uint16_t, kWindow> units_{};
  std::size_t next_ = 0;     // of units_: the oldest
  std::uint64_t count_ = 0;  // units so far
  std::uint64_t hash_ = 0;
  bool at_line_start_ = true;
  // When the lines that began in the window are due: a ring, since each has a unit at least.
  std::array<std::uint64_t, kWindow> dues_{};
  std::size_t first_due_ = 0;
  std::size_t dues_count_ = 0;
  std::uint64_t due_ = kNever;  // the first of them
};

/// As UTF-16 units.
void push_character(RollingHash& hash, char32_t code_point) {
  if (code_point <= 0xFFFF) {
    hash.push(static_cast<std::uint16_t>(code_point));
    return;
  }
  const char32_t offset = code_point - 0x10000U;
  hash.push(static_cast<std::uint16_t>(0xD800U + (offset >> 10U)));
  hash.push(static_cast<std::uint16_t>(0xDC00U + (offset & 0x3FFU)));
}

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
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x80) {
      const DecodedCharacter character = decode_utf8(text, i);
      push_character(hash, character.code_point);
      i += character.size;
      after_cr = false;
      continue;
    }
    ++i;
    const bool of_crlf = byte == '\n' && after_cr;
    after_cr = byte == '\r';
    if (!of_crlf && byte != ' ' && byte != '\t') hash.push(byte == '\r' ? '\n' : byte);
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
