#ifndef TIDEWAITER_CEL_TEXT_SCAN_H_
#define TIDEWAITER_CEL_TEXT_SCAN_H_

#include <cstddef>
#include <optional>
#include <string_view>

namespace tidewaiter::cel {

/// Reads a small format from left to right. Never reads past the end: there `peek` is NUL.
class TextScan {
 public:
  explicit TextScan(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  bool at_digit() const { return peek() >= '0' && peek() <= '9'; }
  std::string_view rest() const {
    return text_.substr(at_ < text_.size() ? at_ : text_.size());
  }

  /// The next byte, which it passes; NUL at the end.
  char next() {
    const char result = peek();
    ++at_;
    return result;
  }
  void skip(std::size_t count) { at_ += count; }
  /// Passes `expected` if it is next.
  bool take(char expected) {
    if (at_end() || text_[at_] != expected) return false;
    ++at_;
    return true;
  }
  /// Exactly `count` decimal digits, at most nine.
  std::optional<int> digits(int count) {
    int value = 0;
    for (int i = 0; i < count; ++i) {
      if (!at_digit()) return std::nullopt;
      value = value * 10 + (next() - '0');
    }
    return value;
  }
  /// A decimal number of one to nine digits.
  std::optional<int> number() {
    int value = 0;
    int count = 0;
    for (; at_digit() && count < 9; ++count) value = value * 10 + (next() - '0');
    if (count == 0 || at_digit()) return std::nullopt;
    return value;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_TEXT_SCAN_H_
