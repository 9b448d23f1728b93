#ifndef TIDEWAITER_CLI_FUNCTION_EXAMPLES_H_
#define TIDEWAITER_CLI_FUNCTION_EXAMPLES_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace tidewaiter::cli {

/// An expression that is true and shows what a function does, for the function reference.
struct FunctionExample {
  std::string_view signature;  ///< As signature_of writes it.
  std::string_view expression;
};
std::span<const FunctionExample> function_examples();

/// The `since` of what Kubernetes does not know.
inline constexpr std::uint32_t kNotInKubernetes = 0xFFFF'FFFFU;

/// A macro or an operator, neither of which is in the registry of functions.
struct Construct {
  std::string_view name;    ///< Of a macro; empty for an operator.
  std::string_view usage;   ///< "list.all(x, condition)"
  std::uint32_t since = 0;  ///< Kubernetes minor; 0: always.
  std::string_view doc;
  std::string_view example = {};  ///< Is true.
};
std::span<const Construct> macros();
std::span<const Construct> operators();

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_FUNCTION_EXAMPLES_H_
