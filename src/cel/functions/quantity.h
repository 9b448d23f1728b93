#ifndef TIDEWAITER_CEL_FUNCTIONS_QUANTITY_H_
#define TIDEWAITER_CEL_FUNCTIONS_QUANTITY_H_

#include <optional>

#include "base/quantity.h"
#include "cel/arena.h"
#include "cel/value.h"

namespace tidewaiter::cel {

/// A kubernetes.Quantity for expressions, as if its canonical text had been read; an error
/// value if it has too many digits.
Value make_quantity(Arena& arena, const Quantity& quantity);
/// The amount of a kubernetes.Quantity; nothing for any other value.
std::optional<Quantity> quantity_of(const Value& value);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_FUNCTIONS_QUANTITY_H_
