#ifndef TIDEWAITER_CEL_FUNCTION_H_
#define TIDEWAITER_CEL_FUNCTION_H_

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/type.h"
#include "cel/value.h"

namespace tidewaiter::cel {

class Arena;

/// A pure function depends on its arguments only and may be folded at compile time; a context
/// function also reads what Activation::context() gives (the scope, the file) and never is.
enum class Purity : std::uint8_t { kPure, kContext };

/// What a function may use besides its arguments.
struct CallContext {
  Arena& arena;
  const void* context = nullptr;     ///< Activation::context(); null while folding.
  std::uint64_t budget = 1'000'000;  ///< Units of work that the evaluation may still do.
  bool exceeded = false;             ///< The budget was not enough.
  /// The last patterns whose compilation was paid for, as hashes: a loop uses few of them
  /// often.
  std::array<std::uint64_t, 8> patterns = {};
  std::uint32_t next_pattern = 0;

  /// Takes `units` (about one for each item or 16 bytes looked at) from the budget. When it
  /// answers false the evaluation ends with an error whatever the caller returns: stop working.
  /// The evaluator takes what one look at each text among the arguments costs; functions that
  /// do more, or go over the items of a list, call this.
  bool spend(std::uint64_t units) {
    if (units > budget) {
      budget = 0;
      exceeded = true;
      return false;
    }
    budget -= units;
    return true;
  }
};

using Callback = Value (*)(CallContext& call, std::span<const Value> args);

/// One overload. The callback is called with arguments whose run-time kinds fit the parameter
/// types (`dyn` takes all) and never with an error among them.
struct Function {
  std::string name;
  bool member = false;  ///< receiver.name(args): args[0] and params[0] are the receiver's.
  std::vector<Type> params;
  Type result;
  Purity purity = Purity::kPure;
  Callback callback = nullptr;
  std::uint32_t since = 0;  ///< Kubernetes minor from which it exists; 0 = always.
  std::string doc;          ///< One sentence for the function reference.
  std::string_view topic;   ///< See FunctionRegistry::begin_topic.
};

/// "list(T).max() -> T": the signature that add() would read again.
std::string to_string(const Function& function);

/// All functions that expressions may call. Filled once at start, then read-only.
class FunctionRegistry {
 public:
  /// Adds an overload from its signature: "quantity(string) -> kubernetes.Quantity" for a
  /// global function, "string.matches(string) -> bool" for a member, "list(T).max() -> T" with
  /// type parameters (one capital letter), "strings.quote(string) -> string" for a function in
  /// a namespace. What stands before the last dot is a receiver when it is a type: a type word,
  /// a type parameter, or a dotted name whose last part begins with a capital letter. A
  /// signature that does not parse is a programming error.
  void add(std::string_view signature, Purity purity, Callback callback, std::string_view doc,
           std::uint32_t since = 0);

  /// Puts what is added from now on under a heading of the function reference; `topic` is
  /// static.
  void begin_topic(std::string_view topic) {
    if (topics_.empty() || topics_.back() != topic) topics_.push_back(topic);
  }
  /// The topics in the order in which they were begun.
  const std::vector<std::string_view>& topics() const { return topics_; }

  /// The overloads of a name; empty when there is none.
  std::span<const Function> overloads(std::string_view name) const;
  /// Every name, sorted.
  std::vector<std::string_view> names() const;

 private:
  std::map<std::string, std::vector<Function>, std::less<>> by_name_;
  std::vector<std::string_view> topics_;
};

/// Adds the standard library of CEL and the libraries that Kubernetes gives to policies.
void add_standard_functions(FunctionRegistry& registry);
/// As above without jsonpatch.escapeKey, which mutating policies alone may call.
void add_validation_functions(FunctionRegistry& registry);

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_FUNCTION_H_
