#include "base/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace tidewaiter {
namespace {

constexpr std::int64_t kNano = -9;
constexpr std::string_view kMaxBinary = "9223372036854775807";
constexpr std::size_t kMaxDigits = 10'000;  // of a sum, a difference or a canonical form

struct Suffix {
  std::string_view text;
  std::int32_t base;
  std::int32_t exponent;
};

constexpr Suffix kSuffixes[] = {
    {"n", 10, -9}, {"u", 10, -6}, {"m", 10, -3}, {"", 10, 0},   {"k", 10, 3},  {"M", 10, 6},
    {"G", 10, 9},  {"T", 10, 12}, {"P", 10, 15}, {"E", 10, 18}, {"Ki", 2, 10}, {"Mi", 2, 20},
    {"Gi", 2, 30}, {"Ti", 2, 40}, {"Pi", 2, 50}, {"Ei", 2, 60},
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The text taken apart; nothing here is converted yet.
struct Parts {
  bool negative = false;
  std::string_view whole;     ///< Digits before the point, without leading zeros.
  std::string_view fraction;  ///< Digits after it.
  bool has_digits = false;    ///< At least one digit is written, zeros included.
  std::string_view suffix;
};

std::string_view take_digits(std::string_view& text) {
  const auto end = std::ranges::find_if_not(text, is_digit);
  const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  return digits;
}

/// Nothing where the text has not the form of a quantity.
std::optional<Parts> take_apart(std::string_view text) {
  Parts parts;
  if (text.starts_with('-') || text.starts_with('+')) {
    parts.negative = text.starts_with('-');
    text.remove_prefix(1);
  }
  parts.whole = take_digits(text);
  parts.has_digits = !parts.whole.empty();
  parts.whole.remove_prefix(std::min(parts.whole.find_first_not_of('0'), parts.whole.size()));
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    parts.fraction = take_digits(text);
    parts.has_digits = parts.has_digits || !parts.fraction.empty();
  }
  parts.suffix = text;
  text.remove_prefix(std::min(text.find_first_not_of("eEinumkKMGTP"), text.size()));
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  take_digits(text);
  if (!text.empty()) return std::nullopt;
  return parts;
}

struct Scale {
  std::int32_t base = 10;
  std::int32_t exponent = 0;
  Quantity::Format format = Quantity::Format::kDecimalSi;
};

std::optional<Scale> scale_of(std::string_view suffix) {
  for (const Suffix& row : kSuffixes) {
    if (row.text != suffix) continue;
    const auto format =
        row.base == 2 ? Quantity::Format::kBinarySi : Quantity::Format::kDecimalSi;
    return Scale{.base = row.base, .exponent = row.exponent, .format = format};
  }
  if (suffix.size() < 2 || (suffix[0] != 'e' && suffix[0] != 'E')) return std::nullopt;
  std::string_view number = suffix.substr(1);
  if (number.starts_with('+')) number.remove_prefix(1);  // from_chars takes no plus
  if (number.empty() || (number != suffix.substr(1) && !is_digit(number[0]))) {
    return std::nullopt;
  }
  std::int64_t exponent = 0;
  const auto [end, code] =
      std::from_chars(number.data(), number.data() + number.size(), exponent);
  if (code != std::errc() || end != number.data() + number.size()) return std::nullopt;
  // Go's int32(parsed) keeps the low 32 bits, so 1e4294967296 is 1.
  return Scale{.base = 10,
               .exponent = static_cast<std::int32_t>(static_cast<std::uint32_t>(exponent)),
               .format = Quantity::Format::kDecimalExponent};
}

/// Whether ParseQuantity would use its 64-bit path, which needs no written digit ("k" is 0);
/// the other one does.
bool takes_fast_path(const Parts& parts, const Scale& scale) {
  const auto whole = static_cast<std::int64_t>(std::max<std::size_t>(parts.whole.size(), 1));
  const auto fraction = static_cast<std::int64_t>(parts.fraction.size());
  if (scale.base == 2) {
    return fraction == 0 && 15 - whole - scale.exponent * 3 / 10 - 1 >= 0;
  }
  return whole + fraction <= 18 && scale.exponent - fraction >= kNano;
}

// Large numbers for multiplications: digits nine at a time, least significant first.
constexpr std::size_t kLimbDigits = 9;
constexpr std::uint64_t kLimb = 1'000'000'000;

std::vector<std::uint64_t> limbs_of(std::string_view digits) {
  std::vector<std::uint64_t> limbs;
  for (std::size_t end = digits.size(); end > 0;) {
    const std::size_t begin = end > kLimbDigits ? end - kLimbDigits : 0;
    std::uint64_t limb = 0;
    for (std::size_t i = begin; i < end; ++i) {
      limb = limb * 10 + static_cast<std::uint64_t>(digits[i] - '0');
    }
    limbs.push_back(limb);
    end = begin;
  }
  return limbs;
}

std::string digits_of(const std::vector<std::uint64_t>& limbs) {
  std::string digits;
  digits.reserve(limbs.size() * kLimbDigits);
  for (auto limb = limbs.rbegin(); limb != limbs.rend(); ++limb) {
    fmt::format_to(std::back_inserter(digits), "{:09}", *limb);
  }
  return digits;
}

/// Multiplies the number that the digits are by 2^exponent; `exponent` is a multiple of 10.
std::string times_power_of_two(std::string_view digits, std::int32_t exponent) {
  std::vector<std::uint64_t> limbs = limbs_of(digits);
  for (; exponent > 0; exponent -= 10) {
    std::uint64_t carry = 0;
    for (std::uint64_t& limb : limbs) {
      const std::uint64_t product = limb * 1024 + carry;
      limb = product % kLimb;
      carry = product / kLimb;
    }
    if (carry != 0) limbs.push_back(carry);
  }
  return digits_of(limbs);
}

std::string multiply_digits(std::string_view left, std::string_view right) {
  const std::vector<std::uint64_t> a = limbs_of(left);
  const std::vector<std::uint64_t> b = limbs_of(right);
  std::vector<std::uint64_t> product(a.size() + b.size(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::uint64_t total = product[i + j] + a[i] * b[j] + carry;
      product[i + j] = total % kLimb;
      carry = total / kLimb;
    }
    product[i + b.size()] = carry;
  }
  return digits_of(product);
}

/// Adds one in the last place.
void increment(std::string& digits) {
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    if (*digit != '9') {
      ++*digit;
      return;
    }
    *digit = '0';
  }
  digits.insert(digits.begin(), '1');
}

/// Drops the last `count` digits, whose last is no zero, and rounds up.
void round_up(std::string& digits, std::int64_t count) {
  const auto size = static_cast<std::int64_t>(digits.size());
  digits.resize(static_cast<std::size_t>(std::max<std::int64_t>(size - count, 0)));
  increment(digits);
}

/// left + right of digit strings of one length; one digit longer if need be.
std::string add_digits(std::string left, std::string_view right) {
  int carry = 0;
  for (std::size_t i = left.size(); i-- > 0;) {
    const int total = (left[i] - '0') + (right[i] - '0') + carry;
    left[i] = static_cast<char>('0' + total % 10);
    carry = total / 10;
  }
  if (carry != 0) left.insert(left.begin(), '1');
  return left;
}

/// left - right of digit strings of one length; left is not the smaller.
std::string subtract_digits(std::string left, std::string_view right) {
  int borrow = 0;
  for (std::size_t i = left.size(); i-- > 0;) {
    int rest = (left[i] - '0') - (right[i] - '0') - borrow;
    borrow = rest < 0 ? 1 : 0;
    if (rest < 0) rest += 10;
    left[i] = static_cast<char>('0' + rest);
  }
  return left;
}

/// Divides the number that the digits are, which has no leading zeros, by 1024; false, and
/// nothing changed, when there is a remainder.
bool divide_by_1024(std::string& digits) {
  std::string quotient;
  quotient.reserve(digits.size());
  unsigned rest = 0;
  for (const char digit : digits) {
    rest = rest * 10 + static_cast<unsigned>(digit - '0');
    if (rest >= 1024 || !quotient.empty()) quotient += static_cast<char>('0' + rest / 1024);
    rest %= 1024;
  }
  if (rest != 0) return false;
  digits = std::move(quotient);
  return true;
}

/// The integer digits × 10^exponent with the largest binary suffix; nothing below 1024, or when
/// it has more digits than a sum of quantities comes to.
std::optional<std::string> binary_form(std::string_view digits, std::int64_t exponent) {
  static constexpr std::int64_t kMostBinaryDigits = 1000;
  if (static_cast<std::int64_t>(digits.size()) + exponent > kMostBinaryDigits) return {};
  std::string number(digits);
  number.append(static_cast<std::size_t>(exponent), '0');
  if (number.size() < 4 || (number.size() == 4 && number < "1024")) return {};
  std::int32_t twos = 0;
  while (divide_by_1024(number)) twos += 10;
  for (const Suffix& row : kSuffixes) {
    if (row.base == 2 && row.exponent == twos) return number + std::string(row.text);
  }
  return number;  // above 1024^6 Kubernetes has no suffix either, and prints none
}

Error invalid(std::string_view text, std::string_view reason) {
  static constexpr std::size_t kShown = 80;
  const std::string shown =
      text.size() > kShown ? std::string(text.substr(0, kShown)) + "..." : std::string(text);
  return {.code = ErrorCode::kInvalidInput,
          .message = fmt::format("'{}' is no quantity: {}.", shown, reason)};
}

}  // namespace

Quantity::Quantity(bool negative, std::string digits, std::int64_t exponent, Format format)
    : digits_(std::move(digits)), exponent_(exponent), negative_(negative), format_(format) {
  const std::size_t last = digits_.find_last_not_of('0');
  const std::size_t zeros = digits_.size() - (last + 1);  // npos + 1 is 0: all are zeros
  digits_.resize(last + 1);
  exponent_ += static_cast<std::int64_t>(zeros);
  digits_.erase(0, std::min(digits_.find_first_not_of('0'), digits_.size()));
  if (digits_.empty()) {
    exponent_ = 0;
    negative_ = false;
  }
}

Quantity::Quantity(std::int64_t value)
    : Quantity(value < 0,
               std::to_string(value < 0 ? 0 - static_cast<std::uint64_t>(value)
                                        : static_cast<std::uint64_t>(value)),
               0, Format::kDecimalSi) {}

std::strong_ordering operator<=>(const Quantity& left, const Quantity& right) {
  if (left.sign() != right.sign()) return left.sign() <=> right.sign();
  if (left.sign() == 0) return std::strong_ordering::equal;
  const auto top = [](const Quantity& quantity) {
    return quantity.exponent_ + static_cast<std::int64_t>(quantity.digits_.size());
  };
  auto order = top(left) <=> top(right);
  if (order == 0) order = left.digits_.compare(right.digits_) <=> 0;
  return left.negative_ ? 0 <=> order : order;
}

std::optional<std::int64_t> Quantity::scaled(std::int64_t exponent) const {
  const std::int64_t shift = exponent_ - exponent;
  std::string digits = digits_;
  if (digits.empty()) return 0;
  if (shift < 0) {
    round_up(digits, -shift);
  } else if (shift > 18) {
    return std::nullopt;
  } else {
    digits.append(static_cast<std::size_t>(shift), '0');
  }
  if (negative_) digits.insert(digits.begin(), '-');
  std::int64_t value = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (code != std::errc()) return std::nullopt;
  return value;
}

double Quantity::approximate() const {
  if (digits_.empty()) return 0;
  const std::int64_t top = exponent_ + static_cast<std::int64_t>(digits_.size());
  const double sign = negative_ ? -1 : 1;
  if (top > 310) return sign * std::numeric_limits<double>::infinity();
  const std::string text = fmt::format("{}e{}", digits_, exponent_);
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec == std::errc::result_out_of_range) {
    value = top > 0 ? std::numeric_limits<double>::infinity() : 0;
  }
  return sign * value;
}

std::optional<Quantity> Quantity::sum(const Quantity& left, const Quantity& right) {
  if (left.digits_.empty()) return right;
  if (right.digits_.empty()) return left;
  const std::int64_t low = std::min(left.exponent_, right.exponent_);
  const auto top = [](const Quantity& quantity) {
    return quantity.exponent_ + static_cast<std::int64_t>(quantity.digits_.size());
  };
  const std::int64_t high = std::max(top(left), top(right));
  if (high - low > static_cast<std::int64_t>(kMaxDigits)) return std::nullopt;
  const auto aligned = [&](const Quantity& quantity) {
    std::string digits(static_cast<std::size_t>(high - top(quantity)), '0');
    digits += quantity.digits_;
    digits.append(static_cast<std::size_t>(quantity.exponent_ - low), '0');
    return digits;
  };
  std::string a = aligned(left);
  std::string b = aligned(right);
  if (left.negative_ == right.negative_) {
    return Quantity(left.negative_, add_digits(std::move(a), b), low, left.format_);
  }
  const bool left_is_larger = a >= b;
  const bool negative = left_is_larger ? left.negative_ : right.negative_;
  if (!left_is_larger) a.swap(b);
  return Quantity(negative, subtract_digits(std::move(a), b), low, left.format_);
}

std::optional<Quantity> Quantity::difference(const Quantity& left, const Quantity& right) {
  Quantity opposite = right;
  opposite.negative_ = !right.negative_ && !right.digits_.empty();
  return sum(left, opposite);
}

std::optional<Quantity> Quantity::product(const Quantity& left, const Quantity& right) {
  if (left.digits_.size() + right.digits_.size() > kMaxDigits) return std::nullopt;
  return Quantity(left.negative_ != right.negative_,
                  multiply_digits(left.digits_, right.digits_),
                  left.exponent_ + right.exponent_, left.format_);
}

std::optional<std::string> Quantity::canonical() const {
  if (digits_.empty()) return "0";
  if (digits_.size() > kMaxDigits) return std::nullopt;
  if (format_ == Format::kBinarySi && exponent_ >= 0) {
    if (auto binary = binary_form(digits_, exponent_)) return (negative_ ? "-" : "") + *binary;
  }
  // An exponent that is a multiple of three, by zeros at the end.
  const std::int64_t zeros = ((exponent_ % 3) + 3) % 3;
  const std::int64_t exponent = exponent_ - zeros;
  std::string text = negative_ ? "-" : "";
  text += digits_;
  text.append(static_cast<std::size_t>(zeros), '0');
  if (format_ == Format::kDecimalExponent) {
    return exponent == 0 ? text : fmt::format("{}e{}", text, exponent);
  }
  for (const Suffix& row : kSuffixes) {
    if (row.base == 10 && row.exponent == exponent) return text + std::string(row.text);
  }
  return fmt::format("{}e{}", text, exponent);  // where Kubernetes drops the exponent
}

Result<Quantity> parse_quantity(std::string_view text) {
  if (text.empty()) return invalid(text, "it is empty");
  const auto parts = take_apart(text);
  if (!parts) {
    return invalid(text,
                   "write a number and at most one suffix of m, k, M, G, T, P, E, Ki, Mi, Gi, "
                   "Ti, Pi, Ei, without blanks, as in '500m' or '1.5Gi'");
  }
  const auto scale = scale_of(parts->suffix);
  if (!scale) {
    return invalid(text, fmt::format("'{}' is none of the suffixes n, u, m, k, M, G, T, P, E, "
                                     "Ki, Mi, Gi, Ti, Pi, Ei and e3",
                                     parts->suffix.substr(0, 40)));
  }
  if (!parts->has_digits && !takes_fast_path(*parts, *scale)) {
    return invalid(text, "it has no digits");
  }
  auto format = scale->format;
  std::string digits(parts->whole);
  digits += parts->fraction;
  std::int64_t exponent = -static_cast<std::int64_t>(parts->fraction.size());
  if (scale->base == 10) {
    exponent += scale->exponent;
  } else {
    digits = times_power_of_two(digits, scale->exponent);
  }
  Quantity quantity(parts->negative, std::move(digits), exponent, format);
  if (quantity.digits_.empty()) return quantity;
  if (quantity.exponent_ < kNano) {
    round_up(quantity.digits_, kNano - quantity.exponent_);
    quantity = Quantity(quantity.negative_, std::move(quantity.digits_), kNano, format);
  }
  if (format == Quantity::Format::kBinarySi) {
    Quantity size = quantity;
    size.negative_ = false;
    const Quantity limit(false, std::string(kMaxBinary), 0, format);
    if (size > limit) quantity = Quantity(quantity.negative_, limit.digits_, 0, format);
    if (size < Quantity(1)) quantity.format_ = Quantity::Format::kDecimalSi;
  }
  return quantity;
}

}  // namespace tidewaiter
