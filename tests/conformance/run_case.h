#ifndef TIDEWAITER_TESTS_CONFORMANCE_RUN_CASE_H_
#define TIDEWAITER_TESTS_CONFORMANCE_RUN_CASE_H_

#include <cstdint>
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

/// How tests are run.
struct Mode {
  /// The environment and the expectations are those of Kubernetes where they differ from the
  /// specification's.
  bool kubernetes = false;
  std::uint32_t minor = 0;  ///< Of the Kubernetes that is the target; 0 = the newest.
};

/// Runs one test of the format; nothing when it passed.
std::optional<Failure> run_case(const nlohmann::json& test,
                                const cel::FunctionRegistry& functions, const Mode& mode);

/// The minor from which on the outcome of a test holds, as its `since` says; 0 if always.
std::uint32_t since_of(const nlohmann::json& test);

}  // namespace tidewaiter::conformance

#endif  // TIDEWAITER_TESTS_CONFORMANCE_RUN_CASE_H_
