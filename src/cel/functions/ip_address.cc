#include "cel/functions/ip_address.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <span>

#include <fmt/core.h>

namespace tidewaiter::cel {

namespace {

constexpr std::size_t kLength = 16;

/// Reads "a.b.c.d" into the first four of `out`.
bool read_dotted(std::string_view text, std::span<std::uint8_t> out) {
  for (std::size_t field = 0; field < 4; ++field) {
    const auto end = field == 3 ? text.size() : text.find('.');
    if (end == std::string_view::npos) return false;
    const std::string_view digits = text.substr(0, end);
    const bool leading_zero = digits.size() > 1 && digits.front() == '0';
    if (digits.empty() || digits.size() > 3 || leading_zero) return false;
    const auto [last, problem] =
        std::from_chars(digits.data(), digits.data() + digits.size(), out[field]);
    if (problem != std::errc{} || last != digits.data() + digits.size()) return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

/// How many hexadecimal digits `text` begins with, at most 5.
std::size_t hex_digits(std::string_view text) {
  const auto end = text.find_first_not_of("0123456789abcdefABCDEF");
  return std::min<std::size_t>(std::min(end, text.size()), 5);
}

/// Reads the fields of an IPv6 address one by one; `gap_` is where "::" stands.
class V6Reader {
 public:
  explicit V6Reader(std::string_view text) : text_(text) {}

  std::optional<IpAddress> read() {
    if (text_.starts_with("::")) {
      gap_ = 0;
      text_.remove_prefix(2);
    }
    while (size_ < kLength && !text_.empty()) {
      if (!read_field()) return {};
    }
    if (!text_.empty() || dangling_) return {};
    return spread();
  }

 private:
  bool read_field() {
    const std::size_t digits = hex_digits(text_);
    if (digits == 0 || digits > 4) return false;
    if (digits < text_.size() && text_[digits] == '.') return read_tail();
    unsigned value = 0;
    std::from_chars(text_.data(), text_.data() + digits, value, 16);
    address_.bytes[size_++] = static_cast<std::uint8_t>(value >> 8);
    address_.bytes[size_++] = static_cast<std::uint8_t>(value);
    text_.remove_prefix(digits);
    dangling_ = false;
    return text_.empty() || read_colon();
  }

  bool read_colon() {
    if (text_.front() != ':' || text_.size() == 1) return false;
    text_.remove_prefix(1);
    dangling_ = text_.front() != ':';
    if (dangling_) return true;
    if (gap_) return false;
    gap_ = size_;
    text_.remove_prefix(1);
    return true;
  }

  /// The last 32 bits may be written as an IPv4 address.
  bool read_tail() {
    if (size_ + 4 > kLength || (!gap_ && size_ != kLength - 4)) return false;
    if (!read_dotted(text_, std::span(address_.bytes).subspan(size_, 4))) return false;
    size_ += 4;
    text_ = {};
    dangling_ = false;
    return true;
  }

  /// Moves what was read behind "::" to the end.
  std::optional<IpAddress> spread() {
    if (gap_.has_value() == (size_ == kLength)) return {};
    if (gap_) {
      const auto begin = address_.bytes.begin();
      const auto from = begin + static_cast<std::ptrdiff_t>(*gap_);
      const auto to = begin + static_cast<std::ptrdiff_t>(size_);
      std::move_backward(from, to, address_.bytes.end());
      std::fill(from, from + static_cast<std::ptrdiff_t>(kLength - size_), std::uint8_t{0});
    }
    address_.is_v6 = true;
    return address_;
  }

  std::string_view text_;
  IpAddress address_;
  std::size_t size_ = 0;
  std::optional<std::size_t> gap_;
  bool dangling_ = false;  ///< A colon was read that a field must follow.
};

bool is_v4_mapped(const IpAddress& address) {
  return address.is_v6 &&
         std::all_of(address.bytes.begin(), address.bytes.begin() + 10,
                     [](std::uint8_t byte) { return byte == 0; }) &&
         address.bytes[10] == 0xFF && address.bytes[11] == 0xFF;
}

unsigned field_at(const IpAddress& address, std::size_t i) {
  return static_cast<unsigned>(address.bytes[2 * i]) << 8 | address.bytes[2 * i + 1];
}

}  // namespace

std::optional<IpAddress> parse_ip(std::string_view text) {
  const auto mark = text.find_first_of(".:%");
  if (mark == std::string_view::npos || text[mark] == '%') return {};
  if (text[mark] == '.') {
    IpAddress address;
    if (!read_dotted(text, address.bytes)) return {};
    return address;
  }
  auto address = V6Reader(text).read();
  if (address && is_v4_mapped(*address)) return {};
  return address;
}

std::optional<IpPrefix> parse_prefix(std::string_view text) {
  const auto slash = text.rfind('/');
  if (slash == std::string_view::npos) return {};
  const auto address = parse_ip(text.substr(0, slash));
  const std::string_view digits = text.substr(slash + 1);
  const bool leading_zero = digits.size() > 1 && digits.front() == '0';
  if (!address || digits.empty() || digits.size() > 3 || leading_zero) return {};
  unsigned length = 0;
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (problem != std::errc{} || end != digits.data() + digits.size()) return {};
  if (static_cast<int>(length) > address->bits()) return {};
  return IpPrefix{*address, static_cast<int>(length)};
}

std::string to_string(const IpAddress& address) {
  const auto& b = address.bytes;
  if (!address.is_v6) return fmt::format("{}.{}.{}.{}", b[0], b[1], b[2], b[3]);
  // The first of the longest runs of two or more zero fields is left out.
  std::size_t best = 8;
  std::size_t best_size = 1;
  for (std::size_t i = 0; i < 8;) {
    std::size_t end = i;
    while (end < 8 && field_at(address, end) == 0) ++end;
    if (end - i > best_size) {
      best = i;
      best_size = end - i;
    }
    i = std::max(end, i + 1);
  }
  std::string text;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == best) {
      text += "::";
      i += best_size - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    text += fmt::format("{:x}", field_at(address, i));
  }
  return text;
}

std::string to_string(const IpPrefix& prefix) {
  return fmt::format("{}/{}", to_string(prefix.address), prefix.length);
}

IpPrefix masked(const IpPrefix& prefix) {
  IpPrefix result = prefix;
  for (int byte = 0; byte < 16; ++byte) {
    const int kept = std::clamp(prefix.length - 8 * byte, 0, 8);
    auto& place = result.address.bytes[static_cast<std::size_t>(byte)];
    place = static_cast<std::uint8_t>(place & (0xFF00U >> kept));
  }
  return result;
}

bool contains(const IpPrefix& prefix, const IpAddress& address) {
  return prefix.address.is_v6 == address.is_v6 &&
         masked(prefix) == masked({address, prefix.length});
}

}  // namespace tidewaiter::cel
