#ifndef TIDEWAITER_CEL_FUNCTIONS_QUANTITY_AMOUNT_H_
#define TIDEWAITER_CEL_FUNCTIONS_QUANTITY_AMOUNT_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/quantity.h"
#include "cel/arena.h"

namespace tidewaiter::cel {

/// A quantity in the two forms that k8s.io/apimachinery keeps it in, because what expressions
/// see depends on which it is: small amounts are value × 10^scale (and only those can be
/// "integers": `1500m` and `1Pi` are not), others digits of any number. Exact; plain data.
struct QuantityAmount {
  Quantity::Format format = Quantity::Format::kDecimalSi;
  bool is_small = true;
  /// Made by add or sub. Upstream's `==` does not know such a value on its right side.
  bool is_computed = false;
  std::int32_t scale = 0;  ///< Small.
  std::int64_t value = 0;  ///< Small.

  bool negative = false;         ///< Large, as Quantity's.
  std::string_view digits = {};  ///< Large: borrowed.
  std::int64_t exponent = 0;     ///< Large: of the digits.
  /// Large: how many decimal places upstream keeps; its double depends on them.
  std::int64_t places = 0;

  /// The text that was read, where upstream keeps it; empty = the canonical form.
  std::string_view text = {};
};

/// Reads a text as resource.ParseQuantity does. Borrows the text; digits lie in the arena.
/// Allocates nothing for amounts that are small.
Result<QuantityAmount> read_quantity(Arena& arena, std::string_view text);

/// The number, for everything that need not be fast.
Quantity quantity_of(const QuantityAmount& amount);

/// -1, 0, 1.
int compare(const QuantityAmount& left, const QuantityAmount& right);

/// left ± right, with upstream's choice of form and format. Nothing when it would need more
/// than 10,000 digits.
std::optional<QuantityAmount> add(Arena& arena, const QuantityAmount& left,
                                  const QuantityAmount& right, bool subtract);

/// The amount as an integer, if upstream thinks that it is one.
std::optional<std::int64_t> integer_of(const QuantityAmount& amount);

/// Upstream's AsApproximateFloat64: the nearest double or the one beside it.
double approximate(const QuantityAmount& amount);

/// As upstream prints it.
std::string_view text_of(Arena& arena, const QuantityAmount& amount);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_FUNCTIONS_QUANTITY_AMOUNT_H_
