#ifndef TIDEWAITER_CEL_ENVIRONMENT_H_
#define TIDEWAITER_CEL_ENVIRONMENT_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cel/function.h"
#include "cel/type.h"

namespace tidewaiter::cel {

/// A declared variable. The name may be qualified ("variables.replicas", "params.max"): the
/// longest declared prefix of `a.b.c` wins, as the specification's name resolution says.
struct Variable {
  std::string name;
  Type type;
};

/// A field of an object type.
struct Field {
  std::string name;
  Type type;
};

/// What expressions may cost.
struct CelLimits {
  std::uint32_t depth = 250;
  std::uint32_t code_points = 100'000;
  std::uint64_t cost = 1'000'000;  ///< Units of one evaluation; about one a visited node.
};

/// Which macros the parser expands; a call of another is a call of a function of that name.
struct MacroOptions {
  bool enabled = true;                 ///< false: none at all.
  bool bind = true;                    ///< cel.bind, which Kubernetes does not have.
  std::uint32_t kubernetes_minor = 0;  ///< Those that came after 1.N are left out; 0 = all.
};

/// What an expression may name: variables and functions. Cheap to copy and extend: a check with
/// `as:` adds one variable to its rule's environment.
class Environment {
 public:
  /// Borrows `functions`, which must outlive the environment and all programs.
  explicit Environment(const FunctionRegistry& functions) : functions_(&functions) {}

  /// Declares a variable and returns its slot: 0 for the first, then 1, 2 ... A name declared
  /// again hides the earlier one.
  std::uint32_t declare(std::string name, Type type);

  /// Gives the type Type::object(name) its fields: selecting another, also in has() or by `.?`,
  /// is a compile error ("undefined field 'x'"). At run time a value of the type is any map and
  /// each field may be absent. Without a declaration such a type has no fields.
  void declare_object(std::string name, std::vector<Field> fields);
  /// The fields of Type::object(name), or null.
  const std::vector<Field>* object_fields(std::string_view name) const;

  /// Makes the variables `prefix.x`, declared before or after, the fields of an object that
  /// exists only as them: `prefix.y` is the compile error "undefined field 'y'", as in
  /// has(prefix.y) and `prefix.?y`. has(prefix.x) asks for the variable: an error stays one, a
  /// value is true, kAbsent is false. A variable whose own expression does not compile is
  /// declared as dyn with an error as its value, so that only its use fails.
  void declare_prefix(std::string prefix);
  bool is_prefix(std::string_view name) const { return prefixes_.contains(name); }

  const std::vector<Variable>& variables() const { return variables_; }
  const FunctionRegistry& functions() const { return *functions_; }
  /// What parse() needs to know.
  MacroOptions macro_options() const { return {macros, bind_macro, kubernetes_minor}; }

  /// The specification allows `[1, 'a']`; Kubernetes does not.
  bool homogeneous_literals = true;
  /// Functions that came after this Kubernetes minor (1.N) are undeclared; 0 = all.
  std::uint32_t kubernetes_minor = 0;
  CelLimits limits;
  /// false: macros are not expanded (conformance tests).
  bool macros = true;
  /// false: names are resolved but types are not looked at (conformance tests).
  bool check_types = true;
  /// Where Kubernetes and the specification differ in what an expression gives, follow
  /// Kubernetes: it takes `{1: 2, 1: 3}` (the last of equal keys wins) and `{1.5: 2}`, refuses
  /// the constant index of `m[b'x']` before it is evaluated, and does not order NaN. false:
  /// the specification (conformance tests).
  bool kubernetes_rules = true;
  /// has(x.f) and `x.?f` of an x that has no fields at all (a number, a text): false and none,
  /// as in Kubernetes; true: an error of kind kType, which says that x is not what it should
  /// be.
  bool strict_presence = false;
  /// false: cel.bind is not expanded, as in Kubernetes' own environment.
  bool bind_macro = true;
  /// The container of qualified names ("a.b"), for conformance tests; usually empty.
  std::string container;

 private:
  const FunctionRegistry* functions_;
  std::vector<Variable> variables_;
  std::map<std::string, std::shared_ptr<const std::vector<Field>>, std::less<>> objects_;
  std::set<std::string, std::less<>> prefixes_;
};

}  // namespace tidewaiter::cel

#endif  // TIDEWAITER_CEL_ENVIRONMENT_H_
