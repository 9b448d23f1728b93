#ifndef TIDEWAITER_TESTS_RULES_JSON_SCHEMA_H_
#define TIDEWAITER_TESTS_RULES_JSON_SCHEMA_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace tidewaiter::testing {

/// What is wrong with `value` by a JSON Schema of draft 7, each as "/path: keyword"; empty when
/// it is valid. Throws std::logic_error on a keyword that it does not know.
std::vector<std::string> schema_faults(const nlohmann::json& schema,
                                       const nlohmann::json& value);

}  // namespace tidewaiter::testing

#endif  // TIDEWAITER_TESTS_RULES_JSON_SCHEMA_H_
