#include "cel/functions/quantity.h"

#include <fmt/core.h>

#include <cstddef>
#include <optional>

#include "base/utf8.h"
#include "cel/functions/libraries.h"
#include "cel/functions/quantity_amount.h"
#include "cel/value_build.h"

// Quantities of resources (Kubernetes' quantity library, since 1.28). The arithmetic is exact;
// isInteger and asInteger are as narrow as upstream's.

namespace tidewaiter::cel {
namespace {

using Args = std::span<const Value>;

// Arithmetic takes several looks at each digit.
constexpr std::size_t kWorkOfDigit = 4;

const QuantityAmount& amount_of(const Value& value) {
  return *static_cast<const QuantityAmount*>(value.as_opaque()->payload);
}

Equality equal_payloads(const void* left, const void* right) {
  const auto& a = *static_cast<const QuantityAmount*>(left);
  const auto& b = *static_cast<const QuantityAmount*>(right);
  if (b.is_computed) return Equality::kError;
  return compare(a, b) == 0 ? Equality::kEqual : Equality::kUnequal;
}

std::string_view text_of_payload(const void* payload, Arena& arena) {
  return text_of(arena, *static_cast<const QuantityAmount*>(payload));
}

std::size_t size_of_payload(const void* payload) {
  const auto& amount = *static_cast<const QuantityAmount*>(payload);
  return amount.is_small ? 0 : amount.digits.size() * kWorkOfDigit;
}

constexpr OpaqueType kQuantityType{.as_type = {"kubernetes.Quantity"},
                                   .equal = equal_payloads,
                                   .to_string = text_of_payload,
                                   .size = size_of_payload};

Value make_value(Arena& arena, const QuantityAmount& amount) {
  return make_opaque(arena, kQuantityType, arena.make<QuantityAmount>(amount));
}

// What an operation on large amounts costs; small ones cost a step like any other.
bool spend_on(CallContext& call, const QuantityAmount& amount) {
  return amount.is_small || call.spend(1 + amount.digits.size() / 4);
}

Value quantity(CallContext& call, Args args) {
  const std::string_view text = args[0].as_string();
  if (!call.spend(1 + text.size() / 4)) return cost_error();
  const auto amount = read_quantity(call.arena, text);
  if (!amount) {
    return make_error(
        call.arena,
        fmt::format("'{}' is no quantity; write '500m', '1.5', '128Mi' or the like.",
                    utf8_prefix(text, 100)));
  }
  return make_value(call.arena, *amount).with_origin(args[0].origin());
}

Value is_quantity(CallContext& call, Args args) {
  const std::string_view text = args[0].as_string();
  if (!call.spend(1 + text.size() / 4)) return cost_error();
  return Value::boolean(static_cast<bool>(read_quantity(call.arena, text)));
}

Value sign(CallContext&, Args args) {
  return Value::integer(compare(amount_of(args[0]), QuantityAmount()));
}

Value is_integer(CallContext&, Args args) {
  return Value::boolean(integer_of(amount_of(args[0])).has_value());
}

Value as_integer(CallContext& call, Args args) {
  const auto value = integer_of(amount_of(args[0]));
  if (value) return Value::integer(*value).with_origin(args[0].origin());
  return make_error(call.arena,
                    fmt::format("The quantity '{}' cannot be converted to an integer.",
                                text_of(call.arena, amount_of(args[0]))));
}

Value as_approximate_float(CallContext& call, Args args) {
  if (!spend_on(call, amount_of(args[0]))) return cost_error();
  return Value::floating(approximate(amount_of(args[0]))).with_origin(args[0].origin());
}

Value combine(CallContext& call, const Value& left, const QuantityAmount& right,
              bool subtract) {
  if (!spend_on(call, amount_of(left)) || !spend_on(call, right)) return cost_error();
  const auto result = add(call.arena, amount_of(left), right, subtract);
  if (!result) return make_error(call.arena, "The quantities are too far apart.");
  if (!spend_on(call, *result)) return cost_error();
  return make_value(call.arena, *result);
}

template <bool kSubtract>
Value combine_quantities(CallContext& call, Args args) {
  return combine(call, args[0], amount_of(args[1]), kSubtract);
}

template <bool kSubtract>
Value combine_with_int(CallContext& call, Args args) {
  const QuantityAmount amount{.format = Quantity::Format::kDecimalExponent,
                              .value = args[1].as_int()};
  return combine(call, args[0], amount, kSubtract);
}

// -1, 0, 1; nothing when the budget is used up.
std::optional<int> order(CallContext& call, Args args) {
  const QuantityAmount& left = amount_of(args[0]);
  const QuantityAmount& right = amount_of(args[1]);
  if (!spend_on(call, left) || !spend_on(call, right)) return std::nullopt;
  return compare(left, right);
}

Value is_less_than(CallContext& call, Args args) {
  const auto result = order(call, args);
  return result ? Value::boolean(*result < 0) : cost_error();
}
Value is_greater_than(CallContext& call, Args args) {
  const auto result = order(call, args);
  return result ? Value::boolean(*result > 0) : cost_error();
}
Value compare_to(CallContext& call, Args args) {
  const auto result = order(call, args);
  return result ? Value::integer(*result) : cost_error();
}

constexpr LibraryRow kRows[] = {
    {"quantity(string) -> kubernetes.Quantity", quantity,
     "The amount that the text is, such as '500m' or '1Gi'.", 28},
    {"isQuantity(string) -> bool", is_quantity, "Whether the text is a quantity.", 28},
    {"sign(kubernetes.Quantity) -> int", sign,
     "-1, 0 or 1: the amount is below, at or above zero.", 28},
    {"kubernetes.Quantity.isInteger() -> bool", is_integer,
     "Whether the amount is an integer of at most 64 bits.", 28},
    {"kubernetes.Quantity.asInteger() -> int", as_integer,
     "The amount as an integer; an error if it is none.", 28},
    {"kubernetes.Quantity.asApproximateFloat() -> double", as_approximate_float,
     "The double that is nearest to the amount.", 28},
    {"kubernetes.Quantity.add(kubernetes.Quantity) -> kubernetes.Quantity",
     combine_quantities<false>, "The sum of both amounts.", 28},
    {"kubernetes.Quantity.add(int) -> kubernetes.Quantity", combine_with_int<false>,
     "The sum of both amounts.", 28},
    {"kubernetes.Quantity.sub(kubernetes.Quantity) -> kubernetes.Quantity",
     combine_quantities<true>, "The amount less the argument.", 28},
    {"kubernetes.Quantity.sub(int) -> kubernetes.Quantity", combine_with_int<true>,
     "The amount less the argument.", 28},
    {"kubernetes.Quantity.isLessThan(kubernetes.Quantity) -> bool", is_less_than,
     "Whether the amount is less than the argument.", 28},
    {"kubernetes.Quantity.isGreaterThan(kubernetes.Quantity) -> bool", is_greater_than,
     "Whether the amount is greater than the argument.", 28},
    {"kubernetes.Quantity.compareTo(kubernetes.Quantity) -> int", compare_to,
     "-1, 0 or 1: the amount is less than the argument, equal or greater.", 28},
};

}  // namespace

Value make_quantity(Arena& arena, const Quantity& quantity) {
  const auto canonical = quantity.canonical();
  const auto amount =
      canonical
          ? read_quantity(arena, arena.copy(*canonical))
          : Result<QuantityAmount>(Error{.code = ErrorCode::kLimitExceeded, .message = {}});
  if (!amount) return make_error(arena, "The quantity has too many digits.");
  return make_value(arena, *amount);
}

std::optional<Quantity> quantity_of(const Value& value) {
  if (!value.is(ValueKind::kOpaque) || value.as_opaque()->type != &kQuantityType) {
    return std::nullopt;
  }
  return quantity_of(amount_of(value));
}

void add_quantity_functions(FunctionRegistry& registry) {
  add_rows(registry, kRows);
}

}  // namespace tidewaiter::cel
