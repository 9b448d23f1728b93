#include "cel/functions/libraries.h"
#include "cel/value_build.h"
#include "cel/value_read.h"

// Optional values (cel-go's OptionalTypes; in Kubernetes since 1.28).

namespace tidewaiter::cel {
namespace {

using Args = std::span<const Value>;

Value of(CallContext& call, Args args) {
  return make_optional(call.arena, args[0]);
}

Value of_non_zero(CallContext& call, Args args) {
  return is_zero(args[0]) ? optional_none() : make_optional(call.arena, args[0]);
}

Value none(CallContext&, Args) {
  return optional_none();
}

Value has_value(CallContext&, Args args) {
  return Value::boolean(args[0].as_optional()->has_value);
}

Value value(CallContext& call, Args args) {
  if (args[0].as_optional()->has_value) return args[0].as_optional()->value;
  return make_error(call.arena, "The optional has no value; use orValue(...).",
                    ErrorCause::kNoSuchKey);
}

Value unwrap(CallContext& call, Args args) {
  const std::uint32_t size = size_of(args[0]);
  if (!call.spend(size)) return cost_error();
  ListBuilder builder(call.arena);
  for (std::uint32_t i = 0; i < size; ++i) {
    const Value item = item_at(args[0], i);
    if (!item.is(ValueKind::kOptional)) {
      return make_type_error(call.arena, "unwrap", std::span(&item, 1));
    }
    if (item.as_optional()->has_value) builder.add(item.as_optional()->value);
  }
  return builder.build();
}

// or() and orValue() are the evaluator's own: they evaluate their argument only if need be.
constexpr LibraryRow kRows[] = {
    {"optional.of(T) -> optional_type(T)", of, "An optional with the argument as its value.",
     28},
    {"optional.ofNonZeroValue(T) -> optional_type(T)", of_non_zero,
     "An optional with the argument as its value, but without one if that is zero or empty.",
     28},
    {"optional.none() -> optional_type(T)", none, "An optional without a value.", 28},
    {"optional_type(T).hasValue() -> bool", has_value, "Whether there is a value.", 28},
    {"optional_type(T).value() -> T", value, "The value; an error if there is none.", 28},
    {"optional_type(T).or(optional_type(T)) -> optional_type(T)", nullptr,
     "This optional if it has a value, else the argument.", 28},
    {"optional_type(T).orValue(T) -> T", nullptr,
     "The value if there is one, else the argument.", 28},
    {"optional.unwrap(list(optional_type(T))) -> list(T)", unwrap,
     "The values of those that have one.", 28},
    {"list(optional_type(T)).unwrapOpt() -> list(T)", unwrap,
     "The values of those that have one.", 28},
};

}  // namespace

void add_optional_functions(FunctionRegistry& registry) {
  add_rows(registry, kRows);
}

}  // namespace tidewaiter::cel
