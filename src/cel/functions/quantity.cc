#include "cel/functions/quantity.h"

#include <fmt/format.h>

#include <limits>

#include "base/utf8.h"
#include "cel/functions/libraries.h"
#include "cel/value_build.h"

// Quantities of resources (Kubernetes' quantity library, since 1.28). The arithmetic is exact;
// isInteger and asInteger are as narrow as upstream's.

namespace tidewaiter::cel {
namespace {

using Args = std::span<const Value>;

// What lies behind a value. Kubernetes keeps small amounts as value × 10^scale, and only those
// can be "integers": `1500m` and `1Pi` are not.
struct Payload {
  std::string_view canonical;
  bool is_small;
  std::int64_t value;
  std::int32_t scale;
  /// Made by add or sub. Upstream's `==` does not know such a value on its right side.
  bool is_computed;
};

Equality equal_payloads(const void* a, const void* b) {
  if (static_cast<const Payload*>(b)->is_computed) return Equality::kError;
  const auto left = parse_quantity(static_cast<const Payload*>(a)->canonical);
  const auto right = parse_quantity(static_cast<const Payload*>(b)->canonical);
  return left && right && *left == *right ? Equality::kEqual : Equality::kUnequal;
}

std::string_view text_of(const void* payload, Arena&) {
  return static_cast<const Payload*>(payload)->canonical;
}

constexpr OpaqueType kQuantityType{.as_type = {"kubernetes.Quantity"},
                                   .equal = equal_payloads,
                                   .to_string = text_of,
                                   .strict_equality = true};

const Payload& payload_of(const Value& value) {
  return *static_cast<const Payload*>(value.as_opaque()->payload);
}

Quantity amount_of(const Value& value) {
  auto amount = parse_quantity(payload_of(value).canonical);
  return amount ? *std::move(amount) : Quantity();
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The 64-bit form that ParseQuantity gives the text, if it gives one. The text is valid.
void read_small(std::string_view text, Payload& payload) {
  struct Suffix {
    std::string_view name;
    int exponent;
  };
  static constexpr Suffix kDecimal[] = {{"", 0},  {"n", -9}, {"u", -6}, {"m", -3}, {"k", 3},
                                        {"M", 6}, {"G", 9},  {"T", 12}, {"P", 15}, {"E", 18}};
  static constexpr Suffix kBinary[] = {{"Ki", 10}, {"Mi", 20}, {"Gi", 30},
                                       {"Ti", 40}, {"Pi", 50}, {"Ei", 60}};
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
  std::int64_t digits = 0;
  int count = 0;
  int fraction = 0;
  bool after_point = false;
  while (!text.empty() && (is_digit(text.front()) || text.front() == '.')) {
    if (text.front() == '.') {
      after_point = true;
    } else if (++count <= 18) {
      digits = digits * 10 + (text.front() - '0');
      fraction += after_point ? 1 : 0;
    }
    text.remove_prefix(1);
  }
  if (count > 18) return;
  const auto accept = [&](std::int64_t value, std::int32_t scale) {
    payload.is_small = true;
    payload.value = negative ? -value : value;
    payload.scale = scale;
  };
  for (const Suffix& suffix : kBinary) {
    if (text != suffix.name) continue;
    const int whole = count == 0 ? 1 : count;
    if (fraction != 0 || 15 - whole - suffix.exponent * 3 / 10 - 1 < 0) return;
    return accept(digits << suffix.exponent, 0);
  }
  for (const Suffix& suffix : kDecimal) {
    if (text == suffix.name && suffix.exponent - fraction >= -9) {
      return accept(digits, suffix.exponent - fraction);
    }
  }
  // "1e3": exponents beyond the table leave the 64-bit range soon anyway.
  if (!text.empty() && (text.front() == 'e' || text.front() == 'E')) {
    text.remove_prefix(1);
    if (text.starts_with('+')) text.remove_prefix(1);
    const bool below = text.starts_with('-');
    if (below) text.remove_prefix(1);
    int exponent = 0;
    for (const char c : text.substr(0, 4)) exponent = exponent * 10 + (c - '0');
    const int scale = (below ? -exponent : exponent) - fraction;
    if (text.size() <= 4 && scale >= -9) accept(digits, scale);
  }
}

std::optional<std::int64_t> scaled_up(std::int64_t value, std::int32_t zeros) {
  if (value == 0) return 0;
  for (; zeros > 0; --zeros) {
    if (__builtin_mul_overflow(value, std::int64_t{10}, &value)) return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> integer_of(const Payload& payload) {
  if (!payload.is_small || payload.scale < 0) return std::nullopt;
  return scaled_up(payload.value, payload.scale);
}

Value make_value(Arena& arena, const Quantity& amount, Payload payload) {
  const auto canonical = amount.canonical();
  if (!canonical) return make_error(arena, "The quantity has too many digits.");
  payload.canonical = arena.copy(*canonical);
  return make_opaque(arena, kQuantityType, arena.make<Payload>(payload));
}

Value quantity(CallContext& call, Args args) {
  const std::string_view text = args[0].as_string();
  if (!call.spend(1 + text.size() / 16)) return cost_error();
  const auto amount = parse_quantity(text);
  if (!amount) {
    return make_error(
        call.arena,
        fmt::format("'{}' is no quantity; write '500m', '1.5', '128Mi' or the like.",
                    utf8_prefix(text, 100)));
  }
  Payload payload{};
  read_small(text, payload);
  return make_value(call.arena, *amount, payload).with_origin(args[0].origin());
}

Value is_quantity(CallContext& call, Args args) {
  if (!call.spend(1 + args[0].as_string().size() / 16)) return cost_error();
  return Value::boolean(static_cast<bool>(parse_quantity(args[0].as_string())));
}

Value sign(CallContext&, Args args) {
  return Value::integer(amount_of(args[0]).sign());
}

Value is_integer(CallContext&, Args args) {
  return Value::boolean(integer_of(payload_of(args[0])).has_value());
}

Value as_integer(CallContext& call, Args args) {
  const auto value = integer_of(payload_of(args[0]));
  if (value) return Value::integer(*value).with_origin(args[0].origin());
  return make_error(call.arena,
                    fmt::format("The quantity '{}' cannot be converted to an integer.",
                                payload_of(args[0]).canonical));
}

Value as_approximate_float(CallContext&, Args args) {
  return Value::floating(amount_of(args[0]).approximate()).with_origin(args[0].origin());
}

// The 64-bit sum, if both have that form and it fits (int64Amount.Add).
void add_small(const Payload& a, const Payload& b, bool subtract, Payload& sum) {
  if (!a.is_small || !b.is_small) return;
  const std::int32_t scale =
      b.value == 0 ? a.scale : (a.value == 0 ? b.scale : std::min(a.scale, b.scale));
  const auto left = scaled_up(a.value, a.value == 0 ? 0 : a.scale - scale);
  const auto right = scaled_up(b.value, b.value == 0 ? 0 : b.scale - scale);
  if (!left || !right) return;
  const bool overflow = subtract ? __builtin_sub_overflow(*left, *right, &sum.value)
                                 : __builtin_add_overflow(*left, *right, &sum.value);
  if (overflow) return;
  sum.is_small = true;
  sum.scale = scale;
}

Value combine(CallContext& call, const Value& left, const Quantity& right,
              const Payload& right_payload, bool subtract) {
  const Quantity base = amount_of(left);
  const auto result = subtract ? Quantity::difference(base, right) : Quantity::sum(base, right);
  if (!result) return make_error(call.arena, "The quantities are too far apart.");
  Payload payload{};
  payload.is_computed = true;
  add_small(payload_of(left), right_payload, subtract, payload);
  return make_value(call.arena, *result, payload);
}

template <bool kSubtract>
Value combine_quantities(CallContext& call, Args args) {
  return combine(call, args[0], amount_of(args[1]), payload_of(args[1]), kSubtract);
}

template <bool kSubtract>
Value combine_with_int(CallContext& call, Args args) {
  Payload payload{};
  payload.is_small = true;
  payload.value = args[1].as_int();
  return combine(call, args[0], Quantity(args[1].as_int()), payload, kSubtract);
}

int order(Args args) {
  const auto result = amount_of(args[0]) <=> amount_of(args[1]);
  return result < 0 ? -1 : (result > 0 ? 1 : 0);
}

Value is_less_than(CallContext&, Args args) {
  return Value::boolean(order(args) < 0);
}
Value is_greater_than(CallContext&, Args args) {
  return Value::boolean(order(args) > 0);
}
Value compare_to(CallContext&, Args args) {
  return Value::integer(order(args));
}

constexpr LibraryRow kRows[] = {
    {"quantity(string) -> kubernetes.Quantity", quantity,
     "The amount that the text is, such as '500m' or '1Gi'.", 28},
    {"isQuantity(string) -> bool", is_quantity, "Whether the text is a quantity.", 28},
    {"sign(kubernetes.Quantity) -> int", sign, "-1, 0 or 1.", 28},
    {"kubernetes.Quantity.isInteger() -> bool", is_integer, "Whether asInteger() works.", 28},
    {"kubernetes.Quantity.asInteger() -> int", as_integer, "The amount as an integer.", 28},
    {"kubernetes.Quantity.asApproximateFloat() -> double", as_approximate_float,
     "The nearest double.", 28},
    {"kubernetes.Quantity.add(kubernetes.Quantity) -> kubernetes.Quantity",
     combine_quantities<false>, "The sum.", 28},
    {"kubernetes.Quantity.add(int) -> kubernetes.Quantity", combine_with_int<false>, "The sum.",
     28},
    {"kubernetes.Quantity.sub(kubernetes.Quantity) -> kubernetes.Quantity",
     combine_quantities<true>, "The difference.", 28},
    {"kubernetes.Quantity.sub(int) -> kubernetes.Quantity", combine_with_int<true>,
     "The difference.", 28},
    {"kubernetes.Quantity.isLessThan(kubernetes.Quantity) -> bool", is_less_than,
     "Whether it is less.", 28},
    {"kubernetes.Quantity.isGreaterThan(kubernetes.Quantity) -> bool", is_greater_than,
     "Whether it is greater.", 28},
    {"kubernetes.Quantity.compareTo(kubernetes.Quantity) -> int", compare_to,
     "-1, 0 or 1: less, equal or greater.", 28},
};

}  // namespace

Value make_quantity(Arena& arena, const Quantity& amount) {
  Payload payload{};
  if (const auto canonical = amount.canonical()) read_small(*canonical, payload);
  return make_value(arena, amount, payload);
}

std::optional<Quantity> quantity_of(const Value& value) {
  if (!value.is(ValueKind::kOpaque) || value.as_opaque()->type != &kQuantityType) {
    return std::nullopt;
  }
  return amount_of(value);
}

void add_quantity_functions(FunctionRegistry& registry) {
  add_rows(registry, kRows);
}

}  // namespace tidewaiter::cel
