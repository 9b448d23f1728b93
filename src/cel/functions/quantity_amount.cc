#include "cel/functions/quantity_amount.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <span>
#include <string>

#include <fmt/core.h>

// k8s.io/apimachinery pkg/api/resource: quantity.go, amount.go, math.go.

namespace tidewaiter::cel {
namespace {

using Format = Quantity::Format;

constexpr int kMostDigits = 18;         // maxInt64Factors
constexpr int kNano = -9;               // the finest scale
constexpr std::int64_t kPlaces = 9;     // what ParseQuantity rounds a large amount to
constexpr int kLargestDoubleTen = 308;  // math.Pow10 is infinite above
constexpr int kSmallestDoubleTen = -323;

struct Suffix {
  std::string_view name;
  int exponent;
};
constexpr Suffix kDecimal[] = {{"", 0},   {"m", -3}, {"k", 3},  {"M", 6},  {"G", 9},
                               {"T", 12}, {"P", 15}, {"E", 18}, {"n", -9}, {"u", -6}};
constexpr Suffix kBinary[] = {{"Ki", 10}, {"Mi", 20}, {"Gi", 30},
                              {"Ti", 40}, {"Pi", 50}, {"Ei", 60}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The number of a text before its suffix.
struct Mantissa {
  bool negative = false;
  std::int64_t value = 0;  ///< Its digits without the point, if there are at most 18.
  int digits = 0;          ///< How many, leading zeros of the whole part excepted; at most 19.
  int whole = 0;           ///< How many of them before the point.
  bool starts_with_zero = false;  ///< The first of them is 0.
  int fraction() const { return digits - whole; }
};

Mantissa take_mantissa(std::string_view& text) {
  Mantissa result;
  result.negative = text.starts_with('-');
  if (result.negative || text.starts_with('+')) text.remove_prefix(1);
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
  const auto take_digits = [&] {
    for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1)) {
      if (result.digits > kMostDigits) continue;
      if (result.digits == 0) result.starts_with_zero = text.front() == '0';
      if (++result.digits <= kMostDigits)
        result.value = result.value * 10 + (text.front() - '0');
    }
  };
  take_digits();
  result.whole = result.digits;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    take_digits();
  }
  return result;
}

const Suffix* find_suffix(std::span<const Suffix> suffixes, std::string_view name) {
  const auto found = std::find_if(suffixes.begin(), suffixes.end(),
                                  [&](const Suffix& each) { return each.name == name; });
  return found == suffixes.end() ? nullptr : &*found;
}

/// "e3", "E-3": the exponent, if it is one that a small amount can have.
std::optional<int> small_exponent(std::string_view suffix) {
  if (suffix.size() < 2 || (suffix[0] != 'e' && suffix[0] != 'E')) return {};
  suffix.remove_prefix(1);
  if (suffix.starts_with('+')) suffix.remove_prefix(1);
  int exponent = 0;
  const char* const end = suffix.data() + suffix.size();
  const auto [stop, code] = std::from_chars(suffix.data(), end, exponent);
  const bool twice_signed = suffix.starts_with('-') && suffix.data()[-1] == '+';
  if (code != std::errc() || stop != end || twice_signed) return {};
  return exponent;
}

/// The small form of a text, where ParseQuantity gives it one ("fast path").
std::optional<QuantityAmount> read_small(std::string_view text) {
  if (text.empty()) return {};
  if (text == "0") return QuantityAmount{.text = text};
  std::string_view suffix = text;
  const Mantissa number = take_mantissa(suffix);
  // An empty whole part counts as the digit 0.
  const int whole = std::max(number.whole, 1);
  const bool leading_zero = number.whole == 0 || number.starts_with_zero;
  QuantityAmount amount;
  bool is_kept = false;  // the text is in canonical form already, or so upstream thinks
  if (const Suffix* const binary = find_suffix(kBinary, suffix)) {
    if (number.fraction() != 0 || 15 - whole - binary->exponent * 3 / 10 - 1 < 0) return {};
    amount.format = Format::kBinarySi;
    amount.value = number.value << binary->exponent;
    is_kept = (number.value & 7) != 0;
  } else {
    const Suffix* const decimal = find_suffix(kDecimal, suffix);
    const std::optional<int> exponent = decimal ? decimal->exponent : small_exponent(suffix);
    if (!exponent || whole + number.fraction() > kMostDigits) return {};
    if (*exponent < kNano || *exponent - number.fraction() < kNano) return {};
    amount.format = decimal ? Format::kDecimalSi : Format::kDecimalExponent;
    amount.value = number.value;
    amount.scale = *exponent - number.fraction();
    is_kept = amount.scale % 3 == 0 && number.value % 1000 != 0 && !leading_zero;
  }
  if (number.negative) amount.value = -amount.value;
  if (is_kept) amount.text = text;
  return amount;
}

QuantityAmount large(Arena& arena, const Quantity& number, std::int64_t places) {
  return {.format = number.format(),
          .is_small = false,
          .negative = number.sign() < 0,
          .digits = arena.copy(number.digits()),
          .exponent = number.exponent(),
          .places = places};
}

/// value × 10^zeros, if it fits.
std::optional<std::int64_t> scaled_up(std::int64_t value, std::int64_t zeros) {
  if (value == 0) return 0;
  for (; zeros > 0; --zeros) {
    if (__builtin_mul_overflow(value, std::int64_t{10}, &value)) return std::nullopt;
  }
  return value;
}

std::int64_t places_of(const QuantityAmount& amount) {
  return amount.is_small ? -std::int64_t{amount.scale} : amount.places;
}

/// The sum in the small form, if both have it and it fits (int64Amount.Add).
bool add_small(const QuantityAmount& a, const QuantityAmount& b, bool subtract,
               QuantityAmount& sum) {
  if (!a.is_small || !b.is_small) return false;
  sum.scale = b.value == 0 ? a.scale : (a.value == 0 ? b.scale : std::min(a.scale, b.scale));
  const auto left = scaled_up(a.value, std::int64_t{a.scale} - sum.scale);
  const auto right = scaled_up(b.value, std::int64_t{b.scale} - sum.scale);
  if (!left || !right) return false;
  return subtract ? !__builtin_sub_overflow(*left, *right, &sum.value)
                  : !__builtin_add_overflow(*left, *right, &sum.value);
}

/// math.Pow10 of Go, with its two roundings.
double power_of_ten(std::int64_t exponent) {
  if (exponent > kLargestDoubleTen) return std::numeric_limits<double>::infinity();
  if (exponent < kSmallestDoubleTen) return 0;
  static constexpr double kSteps[] = {1,     1e32,  1e64,  1e96,  1e128,
                                      1e160, 1e192, 1e224, 1e256, 1e288};
  static constexpr double kDownSteps[] = {1,      1e-32,  1e-64,  1e-96,  1e-128, 1e-160,
                                          1e-192, 1e-224, 1e-256, 1e-288, 1e-320};
  static constexpr double kUnits[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                      1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                      1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22, 1e23,
                                      1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31};
  if (exponent >= 0) return kSteps[exponent / 32] * kUnits[exponent % 32];
  return kDownSteps[-exponent / 32] / kUnits[-exponent % 32];
}

}  // namespace

Result<QuantityAmount> read_quantity(Arena& arena, std::string_view text) {
  if (const auto small = read_small(text)) return *small;
  const auto number = parse_quantity(text);
  if (!number) return number.error();
  const bool is_capped = number->format() == Format::kBinarySi &&
                         number->digits() == "9223372036854775807" && number->exponent() == 0;
  return large(arena, *number, is_capped || number->sign() == 0 ? 0 : kPlaces);
}

Quantity quantity_of(const QuantityAmount& amount) {
  if (!amount.is_small) {
    return Quantity::make(amount.negative, amount.digits, amount.exponent, amount.format);
  }
  const auto magnitude = static_cast<std::uint64_t>(amount.value);
  const bool negative = amount.value < 0;
  return Quantity::make(negative, std::to_string(negative ? 0 - magnitude : magnitude),
                        amount.scale, amount.format);
}

int compare(const QuantityAmount& left, const QuantityAmount& right) {
  if (!left.is_small || !right.is_small) {
    const auto order = quantity_of(left) <=> quantity_of(right);
    return order < 0 ? -1 : (order > 0 ? 1 : 0);
  }
  const std::int64_t zeros = std::int64_t{left.scale} - right.scale;
  const auto a = scaled_up(left.value, zeros);
  const auto b = scaled_up(right.value, -zeros);
  // The one that does not fit is the larger one, or the smaller if it is negative.
  if (!a) return left.value < 0 ? -1 : 1;
  if (!b) return right.value < 0 ? 1 : -1;
  return *a < *b ? -1 : (*a > *b ? 1 : 0);
}

std::optional<QuantityAmount> add(Arena& arena, const QuantityAmount& left,
                                  const QuantityAmount& right, bool subtract) {
  QuantityAmount result{.is_computed = true};
  if (add_small(left, right, subtract, result)) {
    result.format = left.value == 0 ? right.format : left.format;
    return result;
  }
  const Quantity a = quantity_of(left);
  const Quantity b = quantity_of(right);
  const auto sum = subtract ? Quantity::difference(a, b) : Quantity::sum(a, b);
  if (!sum) return {};
  result = large(arena, *sum, std::max(places_of(left), places_of(right)));
  result.is_computed = true;
  return result;
}

std::optional<std::int64_t> integer_of(const QuantityAmount& amount) {
  if (!amount.is_small || amount.scale < 0) return std::nullopt;
  return scaled_up(amount.value, amount.scale);
}

double approximate(const QuantityAmount& amount) {
  if (amount.is_small) {
    const auto value = static_cast<double>(amount.value);
    return amount.scale == 0 ? value : value * power_of_ten(amount.scale);
  }
  const Quantity unscaled = Quantity::make(amount.negative, amount.digits,
                                           amount.exponent + amount.places, amount.format);
  const double value = unscaled.approximate();
  return amount.places == 0 ? value : value * power_of_ten(-amount.places);
}

std::string_view text_of(Arena& arena, const QuantityAmount& amount) {
  if (!amount.text.empty()) return amount.text;
  const auto canonical = quantity_of(amount).canonical();
  return canonical ? arena.copy(*canonical) : "(a quantity of too many digits)";
}

}  // namespace tidewaiter::cel
