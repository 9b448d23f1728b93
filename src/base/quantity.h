#ifndef TIDEWAITER_BASE_QUANTITY_H_
#define TIDEWAITER_BASE_QUANTITY_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tidewaiter/result.h"

namespace tidewaiter {

/// An amount such as `500m` or `1Gi`, as k8s.io/apimachinery's resource.Quantity holds it: an
/// exact decimal number. It lies in base/ because CEL's Kubernetes library and k8s/ share it.
class Quantity {
 public:
  /// How the amount was written; Kubernetes prints it in the same way.
  enum class Format : std::uint8_t { kDecimalSi, kBinarySi, kDecimalExponent };

  Quantity() = default;  ///< 0
  explicit Quantity(std::int64_t value);

  /// The number that `digits` are, times 10^exponent.
  static Quantity make(bool negative, std::string_view digits, std::int64_t exponent,
                       Format format) {
    return Quantity(negative, std::string(digits), exponent, format);
  }

  Format format() const { return format_; }
  /// The number is digits() times 10^exponent(): no zero at either end, no digits for 0.
  std::string_view digits() const { return digits_; }
  std::int64_t exponent() const { return exponent_; }
  /// -1, 0 or 1.
  int sign() const { return digits_.empty() ? 0 : (negative_ ? -1 : 1); }

  /// Compares the numbers, however far apart their exponents are; the formats play no part.
  /// O(number of digits).
  friend std::strong_ordering operator<=>(const Quantity& left, const Quantity& right);
  friend bool operator==(const Quantity& left, const Quantity& right) {
    return left <=> right == 0;
  }

  /// A multiple of 10^exponent: 0 asks for an integer, -3 for whole thousandths.
  bool is_multiple_of_ten_to(std::int64_t exponent) const {
    return digits_.empty() || exponent_ >= exponent;
  }
  /// The amount in units of 10^exponent, rounded away from zero (Value() and MilliValue() of
  /// Go); nothing when it does not fit.
  std::optional<std::int64_t> scaled(std::int64_t exponent) const;
  /// The nearest double; infinite above its range.
  double approximate() const;

  /// Exact; the format is that of the left, unless that is 0. Nothing when the result would
  /// need more than 10,000 digits (1e1000000000 + 1).
  static std::optional<Quantity> sum(const Quantity& left, const Quantity& right);
  static std::optional<Quantity> difference(const Quantity& left, const Quantity& right);

  /// Exact, as above.
  static std::optional<Quantity> product(const Quantity& left, const Quantity& right);

  /// The canonical form of Kubernetes ("1Gi", "1500m", "1e3"). Nothing when it would need more
  /// than 10,000 digits.
  std::optional<std::string> canonical() const;

 private:
  friend Result<Quantity> parse_quantity(std::string_view text);
  Quantity(bool negative, std::string digits, std::int64_t exponent, Format format);

  std::string digits_;
  std::int64_t exponent_ = 0;
  bool negative_ = false;
  Format format_ = Format::kDecimalSi;
};

/// Reads a quantity exactly as resource.ParseQuantity does, what it rounds (up to a billionth)
/// and caps (binary suffixes, at 2^63-1) included. Linear in the text, whatever its exponent:
/// Kubernetes' own parser does not come back from `1e2147483648`.
Result<Quantity> parse_quantity(std::string_view text);

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_QUANTITY_H_
