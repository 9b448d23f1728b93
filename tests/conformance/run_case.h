#ifndef TIDEWAITER_TESTS_CONFORMANCE_RUN_CASE_H_
#define TIDEWAITER_TESTS_CONFORMANCE_RUN_CASE_H_

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cel/function.h"

namespace tidewaiter::conformance {

/// Why a test failed.
struct Failure {
  std::string got;
  std::string expected;
};

/// Runs one test of the format; nothing when it passed. With `kubernetes` the environment and
/// the expectations are those of Kubernetes where they differ from the specification's.
std::optional<Failure> run_case(const nlohmann::json& test,
                                const cel::FunctionRegistry& functions, bool kubernetes);

}  // namespace tidewaiter::conformance

#endif  // TIDEWAITER_TESTS_CONFORMANCE_RUN_CASE_H_
