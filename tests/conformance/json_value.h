#ifndef TIDEWAITER_TESTS_CONFORMANCE_JSON_VALUE_H_
#define TIDEWAITER_TESTS_CONFORMANCE_JSON_VALUE_H_

#include <nlohmann/json.hpp>
#include <string>

#include "cel/arena.h"
#include "cel/value.h"

namespace tidewaiter::conformance {

/// A value of the test format ({"int": "1"}) as a CEL value in the arena. Throws what nlohmann
/// throws when the JSON has another form.
cel::Value value_of(cel::Arena& arena, const nlohmann::json& json);

/// A value in the test format, for comparing and printing: maps sorted, doubles as shortest
/// text, NaN as "NaN"; an error as {"error": message}.
nlohmann::json json_of(cel::Arena& arena, const cel::Value& value);

/// The expectation as json_of() would write it.
nlohmann::json normalized(const nlohmann::json& json);

}  // namespace tidewaiter::conformance

#endif  // TIDEWAITER_TESTS_CONFORMANCE_JSON_VALUE_H_
